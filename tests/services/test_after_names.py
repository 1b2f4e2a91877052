"""After the names: did you meet, who has nobody, and introductions that rest."""

from __future__ import annotations

from dataclasses import replace

from tests.enlisted import enlist
from tests.sample import cafe
from tests.services.dialogues import DAY, NAMED, asked, came, deliver_until, house, of
from tests.services.office import sent, states, store_of
from tests.services.small_crowd import deliver_all
from worker.domain.dialogue import Met, Said
from worker.domain.reason import Reason
from worker.services import campaign
from worker.services.dialogue import answer, answer_whether_met, come_back, conversation, rest
from worker.services.people_met import clear_up, note_people_met, unclear_named


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
