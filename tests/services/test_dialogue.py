"""From the question to the names: through the schedule, the relay and whatever carries the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, relay_of, sent, states, store_of
from tests.services.test_deliver import deliver_all
from worker.domain.dialogue import Met, Said, Shown
from worker.domain.edition import Edition, Introductions, Naming
from worker.domain.facts import Facts
from worker.domain.person import Consent, Guest, Presence
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.dialogue import answer, answer_whether_met, come_back, conversation, rest
from worker.services.people_met import clear_up, note_people_met, unclear_named
from worker.services.tend import watch
from worker.services.tools import Limits, Tools

NAMED = replace(cafe(12), introductions=Introductions(Naming.NAMED))
DAY = timedelta(days=1)


def came(name: str, *, sector: str = "", interests: tuple[str, ...] = ()) -> Guest:
    known = guest(name, presence=Presence.PRESENT, introduced=Consent.GIVEN)
    return replace(known, sector=sector, interests=interests)


def house(*people: Guest | str, edition: Edition | None = None) -> tuple[Tools, list[Facts]]:
    """These people were there; gives the tools, and all that mails will be written from."""
    said: list[Facts] = []
    tools = office(meanwhile=said.append, limits=Limits(undo=timedelta(0)))
    guests = [came(one) if isinstance(one, str) else one for one in people]
    opened(tools, *guests, edition=edition)
    campaign.arm(tools, "cafe-12")
    return tools, said


def asked(*people: Guest | str) -> tuple[Tools, list[Facts]]:
    """And they have been asked about each other; the clock stands where the last question left."""
    tools, said = house(*people)
    deliver_until(tools, "nudge")
    return tools, said


def deliver_until(tools: Tools, step: str) -> None:
    """Go on until every mail of this step is sent."""
    while any(f"{r.key.step_name}" == step and r.due for r in tools.store.records("cafe-12")):
        store_of(tools).leap()
        for lane in ("urgent", "campaign"):
            while deliver_batch(tools, lane, go_on=lambda: True):  # type: ignore[arg-type]
                pass


def of(said: list[Facts], person: str, letter: str = "") -> list[Facts]:
    return [facts for facts in said if facts.guest.person.id == person and facts.letter == letter]


def later(tools: Tools, gap: timedelta) -> None:
    store_of(tools).set_clock(tools.store.now() + gap)


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


def test_ten_days_later_each_is_asked_whether_they_met_and_a_not_yet_once_more() -> None:
    tools, said = asked("Anne", "Bruno")
    for person in ("anne", "bruno"):
        answer(tools, "cafe-12", person, Said.YES)
    deliver_until(tools, "introduced")
    told_at = tools.store.now()

    deliver_until(tools, "met")
    assert tools.store.now() - told_at >= 10 * DAY
    assert answer_whether_met(tools, "cafe-12", "anne", Met.NOT_YET)
    assert answer_whether_met(tools, "cafe-12", "bruno", Met.YES)
    deliver_all(tools)

    again = [key for key in sent(tools) if "met-again" in key]
    assert again == ["cafe-12.met-again.anne"]
    following = cafe(12).next
    assert following is not None
    assert tools.store.now() < following.start
    assert of(said, "anne")[-1].partners[0].person.id == "bruno"


def test_where_people_are_named_at_once_they_are_asked_ten_days_after_the_nudge() -> None:
    tools, said = house("Anne", "Bruno", edition=NAMED)

    deliver_all(tools)

    assert [f.partners[0].person.id for f in of(said, "anne") if f.partners] == ["bruno", "bruno"]
    assert states(tools)["met.anne"] == "sent accepted"


def test_whoever_has_nobody_hears_from_the_host() -> None:
    tools, said = house("Anne")

    deliver_all(tools)

    assert [facts.letter for facts in said if facts.letter] == ["host"]


def test_two_rounds_of_silence_and_introductions_rest_until_they_come_back() -> None:
    tools, said = house("Anne", "Bruno", "Clara", "David")
    deliver_all(tools)
    for number in (13, 14):
        edition = cafe(number)
        people = [came(name) for name in ("Anne", "Bruno", "Clara", "David")]
        tools.store.save_edition(edition)
        enlist(tools, edition.id, people)
        store_of(tools).set_clock(edition.meeting.end)
        answer(tools, "cafe-12", "david", Said.YES)
        campaign.arm(tools, edition.id)
        deliver_all(tools)
        if number == 13:
            answer(tools, "cafe-13", "david", Said.NO)

    resting = [key for key in sent(tools) if ".resting." in key]
    assert sorted(resting) == [f"cafe-14.resting.{name}" for name in ("anne", "bruno", "clara")]
    assert states(tools, "cafe-14")["nudge.anne"] == f"skipped {Reason.RESTING}"
    assert not any(f.partners or f.described for f in said if f.edition.id == "cafe-14")

    come_back(tools, cafe(14), "anne")
    seen = conversation(tools, "cafe-14", "anne")
    assert seen is not None
    assert seen.rest.since is None


def test_who_wishes_to_rest_is_asked_nothing_and_told_nothing_of_it() -> None:
    tools, said = house("Anne", "Bruno")
    rest(tools, cafe(12), "anne")
    campaign.reschedule(tools, "cafe-12")

    deliver_all(tools)

    assert states(tools)["nudge.anne"] == f"skipped {Reason.RESTING}"
    assert [facts.letter for facts in of(said, "bruno", "host")] == ["host"]
    assert "resting.anne" not in states(tools)


def test_names_in_words_become_wishes_and_the_organizer_says_who_is_meant() -> None:
    tools, _ = house("Anne", "Bruno", "Clara")
    twin = replace(came("Clara").person, id="clara2", name="Clara Test-Roy", address="clara2@example.org")
    enlist(tools, "cafe-12", [replace(came("Clara"), person=twin)])

    assert note_people_met(tools, cafe(12), "anne", "J’ai vu Bruno, et Clara")
    assert tools.store.wishes(["cafe-12"]) == {("anne", "bruno")}
    [notice] = tools.store.open_notices()
    assert (notice.kind, notice.details) == ("unclear-names", {"names": "1"})

    waiting = unclear_named(tools, "cafe-12", "clara")
    clear_up(tools, "cafe-12", waiting, [came("Clara")])
    assert tools.store.wishes(["cafe-12"]) == {("anne", "bruno"), ("anne", "clara")}
    assert not tools.store.open_notices()
