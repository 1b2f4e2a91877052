"""Somebody is forgotten: nothing more leaves, nothing is left but the fingerprint, and it stays so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.person import Consent, Presence
from worker.domain.refusals import Lift
from worker.domain.sequence import Lane, Purpose
from worker.domain.suppression import Cause, Suppression
from worker.domain.table import Row, Table
from worker.services import campaign, own_data
from worker.services.consents import verify
from worker.services.deliver import deliver_batch
from worker.services.erase import erase, reapply
from worker.services.import_guests import import_guests
from worker.services.subject import subject
from worker.services.suppress import unsuppress
from worker.services.tools import Tools

HERE, AGREED = Presence.PRESENT, Consent.GIVEN
ANNE = guest("Anne", presence=HERE, introduced=AGREED)
BRUNO = guest("Bruno", presence=HERE, introduced=AGREED)


def _armed() -> Tools:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    return tools


def _of_anne(tools: Tools) -> set[str]:
    return {state for name, state in states(tools).items() if name.endswith(".anne")}


def test_what_waits_is_skipped_with_that_reason_and_stays_so_when_plans_are_drawn_again() -> None:
    tools = _armed()
    before = dict(tools.store.counts("cafe-12"))

    stopped = erase(tools, subject(tools, "anne@example.org"))
    campaign.reschedule(tools, "cafe-12")

    assert stopped == 3
    assert _of_anne(tools) == {"skipped erased"}
    assert sum(tools.store.counts("cafe-12").values()) == sum(before.values())


def test_nothing_more_leaves_and_what_left_stays_counted() -> None:
    tools = _armed()
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=3))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    assert "cafe-12.thank-you.anne" in sent(tools)

    erase(tools, subject(tools, "Anne Test"))

    assert states(tools)["thank-you.anne"] == "sent accepted"
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(days=5))
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass
    assert [key for key in sent(tools) if key.endswith(".anne")] == ["cafe-12.thank-you.anne"]


def test_nothing_is_held_any_more_and_the_chain_of_consents_still_holds() -> None:
    tools = _armed()

    erase(tools, subject(tools, "anne@example.org"))

    assert own_data.holding(tools, "anne") is None
    assert tools.store.consent_records(["anne"]) == {}
    verdict = verify(tools)
    assert verdict.holds
    assert verdict.erased == 3
    with pytest.raises(Refused, match="we hold nothing"):
        subject(tools, "Anne Test")


def test_a_list_does_not_bring_them_back() -> None:
    tools = _armed()
    erase(tools, subject(tools, "anne@example.org"))
    rows = (Row(2, ("Anne Test", "Anne@Example.org")), Row(3, ("Zoé Test", "zoe@example.org")))

    report = import_guests(tools, "cafe-12", Table("liste.csv", ("Nom", "E-mail"), rows))

    assert [added.person.id for added in report.added] == ["zoe"]
    assert "anne" not in tools.store.guests("cafe-12")
    assert tools.store.consent_records(["anne"]) == {}


def test_it_may_be_done_again_by_the_address() -> None:
    tools = _armed()
    erase(tools, subject(tools, "anne@example.org"))

    assert erase(tools, subject(tools, "ANNE@example.org")) == 0


def test_an_organizer_is_not_erased() -> None:
    tools = office()
    opened(tools)
    paule = guest("Paule")
    enlist(tools, "cafe-12", [replace(paule, person=replace(paule.person, address="paule@cafe.example.org"))])

    with pytest.raises(Refused, match="organizes cafe-12"):
        erase(tools, subject(tools, "paule@cafe.example.org"))


def test_namesakes_are_told_apart_by_their_address() -> None:
    tools = office()
    opened(tools, ANNE)
    other = guest("Bruno")
    enlist(tools, "cafe-12", [replace(other, person=replace(other.person, name="Anne Test"))])

    with pytest.raises(Refused, match="2 people"):
        subject(tools, "Anne Test")
    assert subject(tools, "bruno@example.org").person == "bruno"


def test_after_a_restore_they_are_gone_again() -> None:
    tools = _armed()
    since = tools.store.now()
    told = [
        Suppression("print-anne@example.org", Cause.ERASED, since),
        Suppression("print-bruno@example.org", Cause.UNSUBSCRIBED, since, "purpose:thanks"),
    ]

    assert reapply(tools, told) == 1
    assert reapply(tools, told) == 1

    assert _of_anne(tools) == {"skipped erased"}
    assert own_data.holding(tools, "anne") is None
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=3))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    assert sent(tools) == []


def test_a_restore_does_not_bring_back_what_was_lifted_nor_erase_who_came_back() -> None:
    tools = _armed()
    then = tools.store.now()
    tools.store.suppress(Suppression("print-bruno@example.org", Cause.BY_HAND, then))
    later = then + timedelta(hours=1)

    gone = reapply(
        tools,
        [
            Suppression("print-anne@example.org", Cause.ERASED, then),
            Lift("print-anne@example.org", "all", later),
            Lift("print-bruno@example.org", "all", later),
        ],
    )

    assert gone == 0
    assert set(tools.store.guests("cafe-12")) == {"anne", "bruno"}
    assert tools.store.standing(["print-bruno@example.org/all", "print-anne@example.org/all"]) == {}


def test_who_registers_again_may_be_written_to_again() -> None:
    tools = _armed()
    erase(tools, subject(tools, "anne@example.org"))

    unsuppress(tools, "anne@example.org", because="registered for cafe-13 herself")

    assert tools.store.standing(["print-anne@example.org/all"]) == {}
    assert [r for r in _records(tools, "anne") if r.reason != "erased"] == []


def test_every_purpose_is_asked_anew_after_that() -> None:
    tools = _armed()
    erase(tools, subject(tools, "anne@example.org"))
    unsuppress(tools, "anne@example.org", because="registered again")
    enlist(tools, "cafe-12", [guest("Anne", presence=HERE)])

    held = own_data.holding(tools, "anne")

    assert held is not None
    assert held.agreed == {Purpose.THANKS, Purpose.INVITATIONS}


def _records(tools: Tools, person: str) -> list[Record]:
    return [record for record in tools.store.records("cafe-12") if record.key.person == person]
