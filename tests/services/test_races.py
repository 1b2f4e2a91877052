"""Two people, or a person and a worker, at the same moment: the later reader wins, and no decision is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import HOST, PARIS, cafe, guest, meeting
from tests.services.office import office, opened, sent, states, store_of
from tests.services.small_crowd import ANNE, BRUNO, deliver_all
from worker.domain.campaign import Campaign, Status
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.facts import Facts
from worker.domain.ledger import Policy
from worker.domain.message import Letter
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane, Sequence
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.mark_presence import mark_presence
from worker.services.notify import notify
from worker.services.tend import watch
from worker.services.tools import Limits, Tools

UNKNOWN = replace(ANNE, presence=Presence.UNKNOWN)


def just_before_the_plan_is_written(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]
) -> None:
    """Somebody else does this between reading and writing, once."""
    store = store_of(tools)
    written = store.plan

    def plan(drawn: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        monkeypatch.setattr(store, "plan", written)
        deed()
        return written(drawn, policies, reason=reason)

    monkeypatch.setattr(store, "plan", plan)


def just_before_a_decision(tools: Tools, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Somebody else decides between reading and deciding, once."""
    store = store_of(tools)
    written = store.steer

    def steer(decided: Campaign, *, after: Campaign | None = None) -> bool:
        monkeypatch.setattr(store, "steer", written)
        deed()
        return written(decided, after=after)

    monkeypatch.setattr(store, "steer", steer)


def armed(*, edition: Edition | None = None, limits: Limits | None = None) -> Tools:
    tools = office(limits=limits)
    opened(tools, ANNE, BRUNO, edition=edition)
    campaign.arm(tools, "cafe-12")
    return tools


def test_a_stale_plan_drops_no_latecomer(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = armed()

    def zoe_comes() -> None:
        enlist(tools, "cafe-12", [guest("Zoe", presence=Presence.PRESENT)])
        campaign.reschedule(tools, "cafe-12")

    just_before_the_plan_is_written(tools, monkeypatch, zoe_comes)
    campaign.reschedule(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["thank-you.zoe"] == "sent accepted"


def test_a_resume_does_not_undo_a_cancel(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = armed()
    campaign.pause(tools, "cafe-12")

    just_before_the_plan_is_written(tools, monkeypatch, lambda: campaign.cancel(tools, "cafe-12"))
    with suppress(Refused):
        campaign.resume(tools, "cafe-12")
    deliver_all(tools)

    assert (tools.store.campaign("cafe-12").status, sent(tools)) == (Status.CANCELLED, [])


def test_a_trigger_does_not_undo_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = armed()

    just_before_a_decision(tools, monkeypatch, lambda: campaign.pause(tools, "cafe-12"))
    with pytest.raises(Refused, match="somebody else"):
        campaign.trigger(tools, "cafe-12")

    assert tools.store.campaign("cafe-12").status is Status.PAUSED


def test_an_undo_forgets_the_trigger() -> None:
    tools = office(limits=Limits(undo=timedelta(minutes=1)))
    edition = opened(tools, UNKNOWN)
    store_of(tools).set_clock(edition.meeting.start - timedelta(days=7))
    campaign.arm(tools, "cafe-12")
    campaign.trigger(tools, "cafe-12")

    campaign.undo(tools, "cafe-12")
    campaign.arm(tools, "cafe-12")

    [invited] = [r for r in tools.store.records("cafe-12") if r.key.step == "invitation"]
    assert invited.due is not None
    assert invited.due > edition.meeting.end


def test_the_gate_closes_with_the_window() -> None:
    def slowly(_: Facts) -> None:
        store_of(tools).set_clock(datetime(2026, 12, 8, 19, 31, tzinfo=PARIS))

    tools = office(meanwhile=slowly)
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(datetime(2026, 12, 8, 19, 29, tzinfo=PARIS))

    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert sent(tools) == []


def friday() -> Edition:
    """A Café on a Friday morning."""
    start = datetime(2026, 5, 22, 8, 30, tzinfo=PARIS)
    return replace(cafe(12), meeting=meeting(12, start), next=meeting(13, start + timedelta(weeks=5)))


def test_presence_marked_over_a_long_weekend_still_brings_the_thank_you() -> None:
    holiday_monday = frozenset({datetime(2026, 5, 25, tzinfo=PARIS).date()})
    tools = replace(office(), holidays=lambda _country, _year: holiday_monday)
    opened(tools, UNKNOWN, edition=friday())
    campaign.arm(tools, "cafe-12")

    store_of(tools).set_clock(datetime(2026, 5, 23, 11, 0, tzinfo=PARIS))
    mark_presence(tools, "cafe-12", "présents : Anne Test")
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "sent accepted"


def test_organizers_are_told_a_day_before_even_after_a_friday() -> None:
    tools = office()
    edition = opened(tools, UNKNOWN, edition=friday())

    plan = campaign.preview_plan(tools, edition)

    due = {d.key.step: d.due for d in plan.decisions if isinstance(d, Wanted)}
    assert due["presence-due"] <= due["thank-you"] - timedelta(days=1)


def test_nobody_is_told_of_a_deadline_that_has_passed() -> None:
    tools = office()
    edition = opened(tools, UNKNOWN)
    store_of(tools).set_clock(edition.meeting.end + timedelta(days=2, hours=9))

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert not [key for key in sent(tools) if "presence-due" in key]


def test_a_broken_schedule_file_blames_no_message() -> None:
    tools = armed()
    tools.store.leap()

    def broken(_name: str) -> Sequence:
        raise Refused("cafe.toml, line 40: no such word")

    for _ in range(8):
        with pytest.raises(Refused):
            deliver_batch(replace(tools, sequence=broken), Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == "scheduled returned"


def test_a_letter_the_relay_hangs_up_on_does_not_starve_the_others() -> None:
    def hangs_up_on_anne(letter: Letter) -> Reply:
        return Reply(Phase.DATA) if letter.key.person == "anne" else Reply(Phase.DOT, 250, "ok")

    tools = office(hangs_up_on_anne)
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    for _ in range(30):
        deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
        store_of(tools).memory.real += timedelta(minutes=6)
        tools.store.leap()

    assert states(tools)["thank-you.bruno"] == "sent accepted"


def test_a_step_taken_out_of_the_sequence_waits_no_more() -> None:
    tools = armed()
    whole = tools.sequence("cafe")
    shorter = replace(whole, steps=tuple(step for step in whole.steps if step.name != "nudge"))

    campaign.reschedule(replace(tools, sequence=lambda _name: shorter), "cafe-12")

    assert states(tools)["nudge.anne"] == "skipped not_on_list"


def test_a_notice_whose_opener_died_is_mailed_by_the_next_who_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tools = replace(armed(), ops=HOST)

    def dies() -> None:
        raise KeyboardInterrupt

    just_before_the_plan_is_written(tools, monkeypatch, dies)
    with pytest.raises(KeyboardInterrupt):
        notify(tools, "cafe-12", NoticeKind.DOUBTS, {"messages": "1"})

    notify(tools, "cafe-12", NoticeKind.DOUBTS, {"messages": "1"})
    deliver_all(tools)

    assert [key for key in sent(tools) if ".notice-" in key] == ["apres.notice-1.paule"]


def test_a_plan_left_half_written_is_finished_by_the_watch() -> None:
    tools = armed()
    forgotten = next(kept for kept in store_of(tools).memory.messages.values() if kept.key.step == "nudge")
    forgotten.generation -= 1

    watch(tools)

    generation = tools.store.campaign("cafe-12").generation
    assert {r.generation for r in tools.store.records("cafe-12")} == {generation}
