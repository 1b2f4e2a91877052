"""Nothing leaves on a change that nobody approved: of the list, of who was there, of the sequence file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.change import Details
from worker.domain.errors import Refused
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.rule import parse_rule
from worker.domain.sequence import Lane, Sequence
from worker.domain.suppression import Cause, Suppression
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.edition_changes import change
from worker.services.invitations import invitation
from worker.services.tend import watch
from worker.services.tools import Tools

ANNE, LUC = guest("Anne", presence=Presence.PRESENT), guest("Luc", presence=Presence.PRESENT)


@pytest.fixture
def tools() -> Tools:
    """Anne came and all is armed."""
    tools = office()
    opened(tools, ANNE, guest("Bruno"))
    campaign.arm(tools, "cafe-12")
    return tools


def everything_leaves(tools: Tools, **gap: float) -> list[str]:
    store_of(tools).set_clock(tools.store.now() + timedelta(**gap))
    while sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane):
        pass
    return sorted(key.partition(".")[2] for key in sent(tools) if not key.endswith(".paule"))


def somebody_asks_to_stop(tools: Tools) -> None:
    tools.store.suppress(Suppression("print-bruno@example.org", Cause.UNSUBSCRIBED, tools.store.now()))
    campaign.follow(tools, "cafe-12")


def the_cafe_moves(tools: Tools) -> None:
    invited = invitation(tools.store, "cafe-13")
    change(tools, invited, Details(start=invited.meeting.start + timedelta(hours=1)))


def it_is_paused_and_resumed(tools: Tools) -> None:
    campaign.pause(tools, "cafe-12")
    campaign.resume(tools, "cafe-12")


@pytest.mark.parametrize("happens", [somebody_asks_to_stop, the_cafe_moves, it_is_paused_and_resumed, watch])
def test_a_newcomer_gets_nothing_until_somebody_says_yes(
    tools: Tools, happens: Callable[[Tools], object]
) -> None:
    enlist(tools, "cafe-12", [LUC])
    happens(tools)
    before = everything_leaves(tools, hours=28)

    campaign.reschedule(tools, "cafe-12")
    after = everything_leaves(tools, hours=1)

    assert [key for key in before if key.endswith(".luc")] == []
    assert {"thank-you.anne", "invitation.anne"} <= set(before)
    assert {"thank-you.luc", "invitation.luc"} <= set(after)


def test_a_mark_that_nobody_approved_moves_nothing(tools: Tools) -> None:
    before = {r.key: r.due for r in tools.store.records("cafe-12") if r.key.person == "bruno"}
    enlist(tools, "cafe-12", [guest("Bruno", presence=Presence.PRESENT)])
    campaign.follow(tools, "cafe-12")

    assert {r.key: r.due for r in tools.store.records("cafe-12") if r.key.person == "bruno"} == before


def test_who_turns_out_to_have_been_away_is_not_thanked_all_the_same(tools: Tools) -> None:
    enlist(tools, "cafe-12", [guest("Anne", presence=Presence.ABSENT)])
    campaign.follow(tools, "cafe-12")

    assert "thank-you.anne" not in everything_leaves(tools, hours=28)


def _other(tools: Tools, make: Callable[[Sequence], Sequence]) -> Tools:
    """As after a worker was started with another sequence file."""
    return replace(tools, sequence=lambda name: make(tools.sequence(name)))


def _at_once(sequence: Sequence) -> Sequence:
    steps = [replace(step, at=parse_rule("end + 1 min"), gates=()) for step in sequence.steps]
    extra = replace(sequence.steps[1], name="reminder", at=parse_rule("end + 2 min"))
    return replace(sequence, steps=(*steps, extra))


def _no_invitation(sequence: Sequence) -> Sequence:
    return replace(sequence, steps=tuple(step for step in sequence.steps if step.name != "invitation"))


@pytest.mark.parametrize("make", [_at_once, _no_invitation])
def test_a_sequence_that_nobody_approved_changes_nothing(
    tools: Tools, make: Callable[[Sequence], Sequence]
) -> None:
    before = {r.key: (r.state, r.due) for r in tools.store.records("cafe-12")}
    changed = _other(tools, make)

    watch(changed)
    campaign.follow(changed, "cafe-12")

    after = {r.key: (r.state, r.due) for r in tools.store.records("cafe-12") if r.key.edition == "cafe-12"}
    assert after == before


def test_who_may_not_be_written_to_is_dropped_from_it_all_the_same(tools: Tools) -> None:
    somebody_asks_to_stop(_other(tools, _at_once))

    assert states(tools)["invitation.bruno"] == "skipped suppressed"
    assert states(tools)["invitation.anne"].startswith("scheduled")


def test_the_worker_says_that_a_change_waits_and_no_more_once_it_is_approved(tools: Tools) -> None:
    enlist(tools, "cafe-12", [LUC])
    watch(tools)
    [told] = [notice for notice in tools.store.open_notices() if notice.kind is NoticeKind.UNAPPROVED]
    assert told.details == {"messages": "2"}

    campaign.reschedule(tools, "cafe-12")
    watch(tools)

    assert NoticeKind.UNAPPROVED not in {notice.kind for notice in tools.store.open_notices()}


def test_a_list_that_says_the_same_needs_no_yes(tools: Tools) -> None:
    enlist(tools, "cafe-12", [ANNE])

    assert campaign.unapproved(tools, "cafe-12") is None


def test_an_edition_is_not_declared_over_while_a_change_waits(tools: Tools) -> None:
    enlist(tools, "cafe-12", [LUC])

    with pytest.raises(Refused, match="approve that first, with apres reschedule cafe-12"):
        campaign.trigger(tools, "cafe-12")
