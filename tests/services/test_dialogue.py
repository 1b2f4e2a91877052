"""People are asked about each other, and named after two yeses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.dialogues import DAY, NAMED, asked, came, later, of
from tests.services.office import office, opened, relay_of, sent, states
from tests.services.small_crowd import deliver_all
from worker.domain.dialogue import Said, Shown
from worker.domain.facts import Facts
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression
from worker.services import campaign
from worker.services.dialogue import answer, conversation
from worker.services.tend import watch
from worker.services.tools import Limits


def test_the_first_mail_asks_and_names_nobody() -> None:
    tools, said = asked("Anne", "Bruno")

    [asking] = of(said, "anne", "ask")
    assert asking.partners == ()
    assert [each.number for each in asking.described] == [1]
    assert asking.by == (tools.store.now() + 7 * DAY).date()
    assert {"nudge.anne": "sent accepted", "nudge.bruno": "sent accepted"}.items() <= states(tools).items()


def test_after_two_yeses_each_is_told_the_other_once() -> None:
    tools, said = asked("Anne", "Bruno")

    assert answer(tools, "cafe-12", "anne", Said.YES) == (1,)
    assert not [key for key in states(tools) if key.startswith("introduced")]
    answer(tools, "cafe-12", "bruno", Said.YES)
    answer(tools, "cafe-12", "bruno", Said.YES)
    deliver_all(tools)

    told = [key for key in sent(tools) if ".introduced-1." in key]
    assert sorted(told) == ["cafe-12.introduced-1.anne", "cafe-12.introduced-1.bruno"]
    names = [facts.partners for facts in of(said, "anne") if facts.partners]
    assert [[partner.person.id for partner in each] for each in names] == [["bruno"], ["bruno"]]


@pytest.mark.parametrize(
    "words", [(Said.YES, Said.NO), (Said.NO, Said.YES), (Said.NO, Said.NO), (Said.YES, None)]
)
def test_without_two_yeses_nothing_is_planned_and_nobody_can_tell_why(
    words: tuple[Said, Said | None],
) -> None:
    tools, said = asked("Anne", "Bruno")
    before = states(tools)

    for person, word in zip(("anne", "bruno"), words, strict=True):
        if word:
            answer(tools, "cafe-12", person, word)
    deliver_all(tools)

    assert states(tools).keys() == before.keys()
    assert not any(facts.partners for facts in said)
    seen = conversation(tools, "cafe-12", "anne")
    assert seen is not None
    assert [(each.shown, each.said) for each in seen.proposals] == [(Shown.OPEN, words[0])]


def test_a_yes_may_be_taken_back_until_a_name_has_left() -> None:
    tools, said = asked("Anne", "Bruno")
    for person in ("anne", "bruno"):
        answer(tools, "cafe-12", person, Said.YES)

    answer(tools, "cafe-12", "anne", Said.NO)

    assert states(tools)["introduced-1.bruno"] == f"skipped {Reason.WITHDRAWN}"
    deliver_all(tools)
    assert not any(facts.partners for facts in said)


def test_silence_is_over_after_a_week() -> None:
    tools, _ = asked("Anne", "Bruno")
    answer(tools, "cafe-12", "anne", Said.YES)
    later(tools, 8 * DAY)

    assert answer(tools, "cafe-12", "bruno", Said.YES) == ()
    seen = conversation(tools, "cafe-12", "bruno")
    assert seen is not None
    assert [each.shown for each in seen.proposals] == [Shown.OVER]
    assert not [key for key in states(tools) if key.startswith("introduced")]


def test_who_withdraws_before_the_names_leave_is_named_to_nobody() -> None:
    tools, said = asked("Anne", "Bruno")
    for person in ("anne", "bruno"):
        answer(tools, "cafe-12", person, Said.YES)
    tools.store.suppress(Suppression("print-anne@example.org", Cause.UNSUBSCRIBED, tools.store.now()))

    deliver_all(tools)

    assert not any(facts.partners for facts in said)
    assert states(tools)["introduced-1.bruno"] == f"skipped {Reason.WITHDRAWN}"


def test_who_withdraws_while_the_mail_with_their_name_is_written_is_caught_at_the_gate() -> None:
    withdrawn: list[str] = []

    def withdraw(facts: Facts) -> None:
        for partner in facts.partners:
            withdrawn.append(partner.person.id)
            address = f"print-{partner.person.id}@example.org"
            tools.store.suppress(Suppression(address, Cause.UNSUBSCRIBED, tools.store.now()))

    tools = office(meanwhile=withdraw, limits=Limits(undo=timedelta(0), batch=1))
    opened(tools, came("Anne"), came("Bruno"), edition=NAMED)
    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert withdrawn
    assert not [letter for letter in relay_of(tools).kept if ".nudge." in str(letter.key)]


def test_whoever_died_between_the_answer_and_the_plan_is_made_good_by_the_watch() -> None:
    tools, _ = asked("Anne", "Bruno")
    for person, other in (("anne", "bruno"), ("bruno", "anne")):
        tools.store.hear("cafe-12", person, other, Said.YES)

    watch(tools)

    assert states(tools)["introduced-1.anne"].startswith("scheduled")


def test_a_new_plan_keeps_what_answers_led_to() -> None:
    tools, _ = asked("Anne", "Bruno")
    for person in ("anne", "bruno"):
        answer(tools, "cafe-12", person, Said.YES)
    before = states(tools)

    campaign.reschedule(tools, "cafe-12")

    assert states(tools).keys() == before.keys()
    assert states(tools)["introduced-1.anne"].startswith("scheduled")
