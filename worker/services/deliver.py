"""From due to sent: claim a batch, compose it, hand it over on one line, settle each message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from worker.domain.delivery import Claim, Settlement, judge
from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed, WouldTell
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import Letter
from worker.domain.notice import NoticeKind
from worker.domain.reason import Reason
from worker.domain.relay import Strain
from worker.domain.reply import Reply
from worker.domain.sequence import Lane
from worker.domain.share import together
from worker.services.aftermath import learn
from worker.services.circles import all_discreet
from worker.services.clocks import clocks_agree
from worker.services.handover import GoOn, Handover
from worker.services.material import AT_ANY_HOUR, Material, gather_material, wanted_facts
from worker.services.notify import notify
from worker.services.tools import Tools, window


class Shift(Protocol):
    """How long a worker stays at it, in real time."""

    def goes_on(self) -> bool:
        """Whether there is time for one more letter."""

    def wait_for(self, gap: timedelta) -> bool:
        """Sleep until something falls due; False when that is too far off to wait."""


def deliver(tools: Tools, lane: Lane, shift: Shift) -> int:
    """Send what is due, batch after batch; gives how many were claimed.

    Lingers for what falls due within seconds, and for a relay that opens again within seconds. One line serves batch
    after batch while there is work.
    """
    done = 0
    try:
        while shift.goes_on():
            taken = deliver_batch(tools, lane, go_on=shift.goes_on)
            done += taken
            if not taken:
                tools.transport.hang_up()  # an idle line would keep its place at the relay
            if not taken and not _more_is_coming(tools, lane, shift):
                break
    finally:
        tools.transport.hang_up()
        tools.store.leave_relay()
    return done


def _more_is_coming(tools: Tools, lane: Lane, shift: Shift) -> bool:
    closed = tools.store.relay_state().wait
    if closed:
        return shift.wait_for(closed)
    before, now = tools.store.now(), tools.store.leap()
    due = tools.store.next_due(lane)
    if due is None or due <= before:
        return False
    return due <= now or shift.wait_for(due - now)


def deliver_batch(tools: Tools, lane: Lane, *, go_on: GoOn) -> int:
    """Bring one batch of due messages to their next state; gives how many were claimed (0: nothing is due).

    When `go_on` turns false the letters past their gate are finished and the rest goes back to the schedule.
    """
    if not clocks_agree(tools):
        return 0
    limits = tools.limits
    claims = tools.store.claim(lane, token=tools.new_token(), limit=limits.batch, lease=limits.claim_lease)
    if not claims:
        return 0
    if not clocks_agree(tools):  # the server's may have jumped just before it said what is due
        _give_back(tools, claims)
        return 0
    now, material = tools.store.now(), _gather(tools, claims)
    facts = dict(wanted_facts(material))
    for claim in _outside_window(tools, material, facts, now):
        del facts[claim]
    letters = _compose(tools, facts, now)
    if letters:
        _hand_over(tools, letters, facts, now, go_on)
    return len(claims)


def _gather(tools: Tools, claims: tuple[Claim, ...]) -> Material:
    """What keeps the whole batch from being known blames no message: they go back, and the error is told."""
    try:
        return gather_material(tools, claims)
    except Exception:  # Left to their leases, one after the other would be taken for poison.
        _give_back(tools, claims)
        raise


def _give_back(tools: Tools, claims: tuple[Claim, ...]) -> None:
    tools.store.settle([Settlement(c, State.SCHEDULED, Reason.RETURNED, due=c.due) for c in claims])


def _outside_window(
    tools: Tools, material: Material, facts: Mapping[Claim, Facts], now: datetime
) -> list[Claim]:
    """Settle what must not be sent, for a reason or at this hour; gives the latter."""
    refused = [Settlement(c, State.SKIPPED, r) for c, r in material.items() if isinstance(r, Reason)]
    opens = _Opens(tools, now)
    early = [
        Settlement(claim, State.SCHEDULED, Reason.OUTSIDE_WINDOW, due=due)
        for claim, known in facts.items()
        if (due := opens.to(claim, known)) > now
    ]
    tools.store.settle([*refused, *early])
    return [settlement.claim for settlement in early]


class _Opens:
    """When mails may leave; found out once for a step of an edition."""

    def __init__(self, tools: Tools, now: datetime) -> None:
        self._tools, self._now = tools, now
        self._known: dict[tuple[str, str], datetime] = {}

    def to(self, claim: Claim, facts: Facts) -> datetime:
        key = facts.edition.id, claim.key.step
        if key not in self._known:
            self._known[key] = self._found(facts.edition, claim.key.step_name)
        return self._known[key]

    def _found(self, edition: Edition, step: str) -> datetime:
        return self._now if step in AT_ANY_HOUR else window(self._tools, edition).first_open(self._now)


def _compose(tools: Tools, facts: dict[Claim, Facts], now: datetime) -> dict[Claim, Letter]:
    letters: dict[Claim, Letter] = {}
    for claim, known in all_discreet(tools, facts).items():
        try:
            letters[claim] = tools.composer.compose(claim.key, known, now)
        except WouldTell as error:
            _set_aside(tools, claim, known, (Reason.LEAK, NoticeKind.LEAK), error)
        except ComposeFailed as error:
            _set_aside(tools, claim, known, (Reason.COMPOSE_FAILED, NoticeKind.COMPOSE_FAILED), error)
    return letters


def _set_aside(
    tools: Tools, claim: Claim, facts: Facts, told: tuple[Reason, NoticeKind], error: ComposeFailed
) -> None:
    reason, kind = told
    tools.store.settle([Settlement(claim, State.DEAD, reason, reply=str(error))])
    notify(tools, facts.edition.id, kind, {"key": str(claim.key), "because": str(error)})


def _hand_over(
    tools: Tools, letters: dict[Claim, Letter], facts: Mapping[Claim, Facts], now: datetime, go_on: GoOn
) -> None:
    with tools.transport.connect(_abreast(tools, len(letters))) as line:
        if isinstance(line, Reply):
            _no_line(tools, letters, line)
            return
        Handover(tools, letters, facts, now, go_on).run(line)
        if shortage := line.shortage():  # whatever it says, or nothing at all: there was room for fewer
            tools.store.relay_strained(Strain.CONNECTIONS, str(shortage))


def _abreast(tools: Tools, letters: int) -> int:
    """How many connections: more than one only for more than one group, or opening it takes longer than it saves."""
    wanted, group = tools.limits.abreast, together(letters, tools.limits.group)
    return 1 if wanted == 1 else tools.store.relay_lines(wanted if letters > group else 1)


def _no_line(tools: Tools, letters: Iterable[Claim], reply: Reply) -> None:
    now = tools.store.now()
    tools.store.settle([judge(claim, reply, now) for claim in letters])
    learn(tools, next(iter(letters)), reply)
