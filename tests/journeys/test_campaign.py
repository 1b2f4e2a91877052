"""Journeys through real Celery, Redis and SMTP: an edition ends, and three mails arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes

import pytest
from redis import Redis

from tests.enlisted import enlist
from tests.journeys.house import House, absent, people
from tests.relay import Moment, Relay, Rule
from worker.domain.lifecycle import State
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.services import campaign

NAMES = ("Anne", "Bruno", "Clara", "David", "Emma", "Farid", "Gaby", "Hugo", "Ines", "Jules", "Karim", "Lena")
STEPS = ("thank-you", "invitation", "nudge")


def steps_received(house: House) -> Counter[str]:
    return Counter(key.split(".")[1] for key in house.received())


def test_after_an_edition_ends_everyone_present_gets_three_mails(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    house.start("worker")
    house.start("beat")

    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    assert steps_received(house) == dict.fromkeys(STEPS, len(NAMES))
    assert len(set(house.received())) == len(house.received())


def test_the_calendar_invitation_says_the_next_cafe(house: House) -> None:
    edition = house.open_edition(*people(house.tools, NAMES[:2]))
    house.start("worker")
    house.start("beat")

    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    invitations = [m for m in house.relay.mails if b"cafe-12.invitation" in m.content]
    parts = list(message_from_bytes(invitations[0].content).walk())
    assert "text/calendar" in [part.get_content_type() for part in parts]
    assert edition.next is not None


def test_a_worker_killed_mid_batch_loses_nothing_and_doubles_nothing(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    worker = house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")

    house.wait_until(lambda: len(house.received()) >= 7)
    house.kill(worker)
    house.start("worker")
    house.wait_until_settled()

    received, doubts = (
        set(house.received()),
        {k for k, s in house.states().items() if s.startswith("in_doubt")},
    )
    planned = {k for k, s in house.states().items() if not s.startswith("skipped")}
    assert received | doubts == planned
    assert len(doubts) <= 2 * 2  # processes, and letters in a group
    doubled = [key for key, times in Counter(house.received()).items() if times > 1]
    assert all(".invitation." in key for key in doubled)


def test_redis_killed_and_restarted_goes_on_where_it_was(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")

    house.wait_until(lambda: len(house.received()) >= 5)
    house.restart_redis()
    house.start("beat")
    house.wait_until_settled()

    assert Counter(Counter(house.received()).values()) == {1: 3 * len(NAMES)}


def test_a_flushed_broker_costs_nothing(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")

    house.wait_until(lambda: len(house.received()) >= 5)
    client = Redis.from_url(house.server.url)
    client.delete("campaign", "urgent", "chores", *client.scan_iter("_kombu*"), *client.scan_iter("unacked*"))
    house.wait_until_settled()

    assert Counter(Counter(house.received()).values()) == {1: 3 * len(NAMES)}


def test_a_pause_holds_everything_and_resume_sends_the_rest(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: len(house.received()) >= 3)

    leaving = campaign.pause(house.tools, "cafe-12")
    in_hand = {State.CLAIMED, State.SENDING}
    house.wait_until(lambda: not any(r.state in in_hand for r in house.store.records("cafe-12")))
    held = len(house.received())
    assert len(leaving) <= 2 * 2
    assert held < 3 * len(NAMES)

    campaign.resume(house.tools, "cafe-12")
    house.wait_until_settled()
    assert Counter(Counter(house.received()).values()) == {1: 3 * len(NAMES)}


def test_planning_and_importing_twice_sends_once(house: House) -> None:
    guests = people(house.tools, NAMES[:4])
    house.open_edition(*guests)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")

    enlist(house.tools, "cafe-12", guests)
    for _ in range(3):
        campaign.reschedule(house.tools, "cafe-12")
    house.wait_until_settled()

    assert Counter(Counter(house.received()).values()) == {1: 12}


def test_a_latecomer_added_after_the_first_mails_still_gets_theirs(house: House) -> None:
    first = people(house.tools, NAMES[:4])
    house.open_edition(*first)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: steps_received(house)["thank-you"] == 4)

    [late] = people(house.tools, ["Zoe"])
    enlist(house.tools, "cafe-12", [late])
    campaign.reschedule(house.tools, "cafe-12")
    house.wait_until_settled()

    assert [key for key in house.received() if key == f"cafe-12.thank-you.{late.person.id}"]
    assert max(Counter(house.received()).values()) == 1


def test_the_absent_are_invited_and_not_thanked(house: House) -> None:
    there, away = people(house.tools, ["Anne", "Bruno"])
    house.open_edition(there, absent(away), *people(house.tools, ["Clara"]))
    house.start("worker")
    house.start("beat")

    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    assert f"cafe-12.invitation.{away.person.id}" in house.received()
    assert house.states()[f"cafe-12.thank-you.{away.person.id}"] == f"{State.SKIPPED} {Reason.ABSENT}"


def test_unknown_presence_is_asked_about_and_then_not_thanked(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES[:3], Presence.UNKNOWN))
    house.start("worker")
    house.start("beat")

    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    assert steps_received(house) == {"ask-presence": 1, "presence-due": 1, "invitation": 3}
    assert {s for k, s in house.states().items() if ".thank-you." in k} == {"skipped presence_unknown"}


def test_marking_presence_in_time_brings_the_thank_you(house: House) -> None:
    guests = people(house.tools, NAMES[:3], Presence.UNKNOWN)
    house.open_edition(*guests)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: steps_received(house)["ask-presence"] == 1)

    house.store.save_guests("cafe-12", [replace(g, presence=Presence.PRESENT) for g in guests])
    campaign.reschedule(house.tools, "cafe-12")
    house.wait_until_settled()

    assert steps_received(house)["thank-you"] == 3


class TestAtABadRelay:
    """Greylisting and a dead address, as any relay has them."""

    @pytest.fixture
    def relay(self) -> Iterator[Relay]:
        """Anne is put off once, Bruno does not exist."""
        rules = (
            Rule(Moment.RCPT, "450 4.7.1 greylisted", to="anne@example.org", times=1),
            Rule(Moment.RCPT, "550 5.1.1 no such user", to="bruno@example.org"),
        )
        with Relay(*rules) as relay:
            yield relay

    def test_one_is_tried_again_and_the_other_never_written_to_again(self, house: House) -> None:
        anne, bruno, clara = people(house.tools, ["Anne", "Bruno", "Clara"])
        house.open_edition(anne, bruno, clara)
        house.start("worker")
        house.start("beat")

        campaign.arm(house.tools, "cafe-12")
        house.wait_until_settled()

        states = house.states()
        assert states[f"cafe-12.thank-you.{anne.person.id}"] == "sent accepted"
        assert states[f"cafe-12.thank-you.{bruno.person.id}"] == "bounced refused"
        assert states[f"cafe-12.invitation.{bruno.person.id}"] == "skipped suppressed"
