"""From due to sent: claim a batch, compose it, hand it over on one line, settle each message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from worker.domain.delivery import Claim, Opening, Settlement, judge
from worker.domain.errors import ApresError, ComposeFailed
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import Letter, MessageKey
from worker.domain.notice import NoticeKind
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.reply import Reply, Verdict
from worker.domain.sequence import Lane
from worker.ports import Line
from worker.services.aftermath import learn
from worker.services.material import Hours, Material, gather_material, hours, opening, wanted_facts
from worker.services.notify import notify
from worker.services.tools import Tools

GoOn = Callable[[], bool]


class Shift(Protocol):
    """How long a worker stays at it, in real time."""

    def goes_on(self) -> bool:
        """Whether there is time for one more letter."""

    def wait_for(self, gap: timedelta) -> bool:
        """Sleep until something falls due; False when that is too far off to wait."""


def deliver(tools: Tools, lane: Lane, shift: Shift) -> int:
    """Send what is due, batch after batch, lingering for what falls due within seconds; gives how many were claimed."""
    done = 0
    while shift.goes_on():
        taken = deliver_batch(tools, lane, go_on=shift.goes_on)
        done += taken
        if not taken and not _more_is_coming(tools, lane, shift):
            tools.transport.hang_up()
            break
    return done


def _more_is_coming(tools: Tools, lane: Lane, shift: Shift) -> bool:
    before, now = tools.store.now(), tools.store.leap()
    due = tools.store.next_due(lane)
    if due is None or due <= before:
        return False
    return due <= now or shift.wait_for(due - now)


def deliver_batch(tools: Tools, lane: Lane, *, go_on: GoOn) -> int:
    """Bring one batch of due messages to their next state; gives how many were claimed (0: nothing is due).

    When `go_on` turns false the letters past their gate are finished and the rest goes back to the schedule.
    """
    limits = tools.limits
    claims = tools.store.claim(lane, token=tools.new_token(), limit=limits.batch, lease=limits.claim_lease)
    if not claims:
        return 0
    now, material = tools.store.now(), _gather(tools, claims)
    open_hours = hours(tools, material, now)
    outside = _outside_window(tools, material, open_hours, now)
    letters = _compose(tools, {c: f for c, f in wanted_facts(material) if c not in outside}, now)
    if letters:
        _hand_over(tools, letters, _Handover(tools, letters, material, open_hours, go_on))
    return len(claims)


def _gather(tools: Tools, claims: tuple[Claim, ...]) -> Material:
    """A file that cannot be read blames no message: they go back, and the error is told."""
    try:
        return gather_material(tools, claims)
    except ApresError:
        tools.store.settle([Settlement(c, State.SCHEDULED, Reason.RETURNED, due=c.due) for c in claims])
        raise


def _outside_window(
    tools: Tools, material: Material, open_hours: dict[str, Hours], now: datetime
) -> frozenset[Claim]:
    """Settle what must not be sent: for a reason, or not at this hour."""
    refused = [Settlement(c, State.SKIPPED, r) for c, r in material.items() if isinstance(r, Reason)]
    early = [
        Settlement(claim, State.SCHEDULED, Reason.OUTSIDE_WINDOW, due=opens)
        for claim, facts in wanted_facts(material)
        if (opens := open_hours[facts.edition.id].opens) > now and claim.key.step_name not in ORGANIZER_STEPS
    ]
    tools.store.settle([*refused, *early])
    return frozenset(settlement.claim for settlement in early)


def _compose(tools: Tools, facts: dict[Claim, Facts], now: datetime) -> dict[Claim, Letter]:
    letters: dict[Claim, Letter] = {}
    for claim, known in facts.items():
        try:
            letters[claim] = tools.composer.compose(claim.key, known, now)
        except ComposeFailed as error:
            tools.store.settle([Settlement(claim, State.DEAD, Reason.COMPOSE_FAILED, reply=str(error))])
            details = {"key": str(claim.key), "because": str(error)}
            notify(tools, known.edition.id, NoticeKind.COMPOSE_FAILED, details)
    return letters


def _hand_over(tools: Tools, letters: Iterable[Claim], handover: _Handover) -> None:
    with tools.transport.connect() as line:
        if isinstance(line, Reply):
            _no_line(tools, letters, line)
        else:
            handover.run(line)


def _no_line(tools: Tools, letters: Iterable[Claim], reply: Reply) -> None:
    now = tools.store.now()
    tools.store.settle([judge(claim, reply, now) for claim in letters])
    learn(tools, next(iter(letters)), reply)


class _Handover:
    """One batch on one line, group by group: the gate of the next group opens in the turn that settles the last."""

    def __init__(
        self,
        tools: Tools,
        letters: dict[Claim, Letter],
        material: Material,
        open_hours: dict[str, Hours],
        go_on: GoOn,
    ) -> None:
        self._tools, self._open_hours, self._go_on = tools, open_hours, go_on
        self._claims = {claim.key: claim for claim in letters}
        self._letters = tuple(letters.values())
        self._facts = dict(wanted_facts(material))
        self._answered: list[tuple[Claim, Reply]] = []
        self._turned_back: dict[MessageKey, Reason] = {}

    def run(self, line: Line) -> None:
        left = set(self._claims)
        try:
            for letter, reply in line.submit(self._letters, self._gate):
                left.discard(letter.key)
                self._answered.append((self._claims[letter.key], reply))
        finally:
            self._record()
        back = [self._claims[key] for key in sorted(left)]
        self._tools.store.settle([Settlement(c, State.SCHEDULED, Reason.RETURNED, due=c.due) for c in back])

    def _gate(self, group: Sequence[Letter]) -> frozenset[MessageKey]:
        """Shut to everyone when the worker is to stop. What the last group taught is known before anyone passes."""
        if any(reply.verdict is not Verdict.ACCEPTED for _, reply in self._answered):
            self._record()
        if not self._go_on():
            return frozenset()
        openings = [self._opening(letter.key) for letter in group]
        ended = [judge(claim, reply, claim.due) for claim, reply in self._answered]
        _, answers = self._tools.store.turn(ended, openings, lease=self._tools.limits.gate_lease)
        self._answered.clear()
        self._turned_back |= {key: reason for key, reason in answers.items() if reason is not None}
        return frozenset(key for key, reason in answers.items() if reason is None)

    def _opening(self, key: MessageKey) -> Opening:
        claim = self._claims[key]
        facts = self._facts[claim]
        return opening(self._tools, claim, facts, self._open_hours[facts.edition.id].closes)

    def _record(self) -> None:
        """Settle what is answered, then learn from it."""
        if not self._answered:
            return
        now = self._tools.store.now()
        self._tools.store.settle([self._settlement(claim, reply, now) for claim, reply in self._answered])
        answered, self._answered = self._answered, []
        for claim, reply in answered:
            learn(self._tools, claim, reply, self._facts[claim])

    def _settlement(self, claim: Claim, reply: Reply, now: datetime) -> Settlement:
        if reply.verdict is Verdict.GATE_CLOSED:
            return _turned_back(claim, self._turned_back.get(claim.key, Reason.RETURNED))
        return judge(claim, reply, now)


#: A message turned back at the gate for one of these will never be wanted again as it is.
_FOR_GOOD = frozenset({Reason.SUPPRESSED, Reason.EXPIRED, Reason.CANCELLED})


def _turned_back(claim: Claim, reason: Reason) -> Settlement:
    if reason in _FOR_GOOD:
        return Settlement(claim, State.SKIPPED, reason)
    return Settlement(claim, State.SCHEDULED, reason, due=claim.due)
