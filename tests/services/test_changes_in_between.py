"""A Café changes while its mails are just leaving, or was kept and not planned: everybody is told all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sample import PARIS, cafe
from tests.services.edition_changes import (
    armed,
    changes_sent,
    deliver_what_is_due,
    everybody_invited,
    got,
    half_an_hour_later,
    invited,
    meeting,
)
from tests.services.incoming import answer, mailbox_of
from tests.services.office import states, store_of
from worker.domain.change import Details
from worker.domain.delivery import Opening, Settlement
from worker.domain.errors import Refused
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.edition_changes import call_off, change, from_file, uninvite
from worker.services.receive import receive
from worker.services.tend import watch
from worker.services.tools import Tools


@pytest.fixture
def tools() -> Tools:
    return everybody_invited()


def test_an_update_never_overtakes_an_invitation_that_is_just_leaving() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="slow", limit=1, lease=lease)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)
    [person] = (claim.key.person for claim in claims)

    change(tools, invited(tools), half_an_hour_later(tools))

    [update] = [r for r in tools.store.records("cafe-12") if r.key.step == "update-1"]
    assert (update.key.person, update.state) == (person, State.SCHEDULED)
    assert update.due == tools.store.now() + lease
    tools.store.settle([Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in claims])
    assert states(tools)[f"update-1.{person}"].startswith("scheduled")


def test_an_invitation_that_is_greylisted_meanwhile_needs_no_update() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="slow", limit=1, lease=lease)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)

    change(tools, invited(tools), half_an_hour_later(tools))
    later = tools.store.now() + timedelta(minutes=5)
    tools.store.settle(
        [Settlement(claim, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=later) for claim in claims]
    )
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=1))
    deliver_what_is_due(tools)
    campaign.reschedule(tools, "cafe-12")
    deliver_what_is_due(tools)

    assert got(tools) == ["invitation.anne", "invitation.bruno"]


def test_who_slips_through_the_gate_while_the_plan_is_drawn_is_told_all_the_same() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="quick", limit=2, lease=lease)
    plan = tools.store.plan

    def meanwhile(*drawn: object, **why: object) -> int:
        tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)
        tools.store.settle([Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in claims])
        return plan(*drawn, **why)  # type: ignore[arg-type]

    store_of(tools).plan = meanwhile  # type: ignore[method-assign]
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_a_change_that_was_kept_but_not_planned_is_found_by_the_chore(tools: Tools) -> None:
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    later = replace(meeting(tools), start=meeting(tools).start + timedelta(minutes=30))

    tools.store.save_edition(from_file(tools, replace(edition, next=later)))
    watch(tools)
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_a_yes_to_the_old_hour_is_older_and_a_new_one_counts(tools: Tools) -> None:
    mailbox_of(tools).put(answer("anne"))
    receive(tools)
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    mailbox_of(tools).put(answer("anne", sequence=1))
    receive(tools)

    assert [a.sequence for a in tools.store.answers("cafe-13", ["anne"])] == [0, 1]
    assert states(tools)["update-1.anne"] == "sent accepted"


def test_the_file_of_an_edition_is_a_change_like_any_other(tools: Tools) -> None:
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    assert from_file(tools, edition) == edition

    moved = replace(cafe(12), next=replace(meeting(tools), start=meeting(tools).start + timedelta(hours=1)))
    kept = from_file(tools, moved)

    assert kept.next is not None
    assert (kept.next.revision, kept.next.version) == (1, 1)
    call_off(tools, invited(tools))
    assert from_file(tools, moved).next == meeting(tools)


def test_the_edition_that_was_moved_follows_when_it_is_known_itself(tools: Tools) -> None:
    tools.store.save_edition(cafe(13))

    change(tools, invited(tools), half_an_hour_later(tools))

    own = tools.store.edition("cafe-13")
    assert own is not None
    assert own.meeting.start == meeting(tools).start


def test_what_would_change_nothing_or_lies_in_the_past_is_refused(tools: Tools) -> None:
    with pytest.raises(Refused, match="is so already"):
        change(tools, invited(tools), Details(title=meeting(tools).title))
    with pytest.raises(Refused, match="must begin in the future"):
        change(tools, invited(tools), Details(start=cafe(12).meeting.start.replace(tzinfo=PARIS)))

    begun = invited(tools)
    store_of(tools).set_clock(begun.meeting.start)
    with pytest.raises(Refused, match="has begun"):
        uninvite(tools, begun, "anne")
