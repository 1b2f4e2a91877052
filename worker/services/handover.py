"""One batch on one line, group by group: the gate of the next group opens in the turn that settles the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from worker.domain.caps import next_turn
from worker.domain.delivery import Claim, Settlement, judge
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import Letter, MessageKey
from worker.domain.reason import Reason
from worker.domain.reply import ABOUT_ONE_LETTER, Reply, Verdict
from worker.ports import Line
from worker.services.aftermath import learn
from worker.services.material import Openings
from worker.services.tools import Tools, window

GoOn = Callable[[], bool]


class Handover:
    """What one batch knows of its letters while the relay takes them."""

    def __init__(
        self,
        tools: Tools,
        letters: dict[Claim, Letter],
        facts: Mapping[Claim, Facts],
        began: datetime,
        go_on: GoOn,
    ) -> None:
        self._tools, self._go_on = tools, go_on
        self._began, self._openings = began, Openings(tools, began)
        self._claims = {claim.key: claim for claim in letters}
        self._letters = tuple(letters.values())
        self._facts = facts
        self._answered: list[tuple[Claim, Reply]] = []
        self._turned_back: dict[MessageKey, Reason] = {}
        #: Whether what has no reply was never shown to the relay, as far as this worker can know.
        self._rest_is_ours = False

    def run(self, line: Line) -> None:
        """Bring every letter to its next state; what was not handed over goes back to the schedule."""
        left = set(self._claims)
        try:
            for letter, reply in line.submit(self._letters, self._gate):
                left.discard(letter.key)
                self._answered.append((self._claims[letter.key], reply))
            self._rest_is_ours = True
        finally:
            self._end(left)

    def _end(self, left: Iterable[MessageKey]) -> None:
        try:
            self._record()
        finally:
            if self._rest_is_ours:
                self._give_back(left)

    def _give_back(self, left: Iterable[MessageKey]) -> None:
        back = [self._claims[key] for key in sorted(left)]
        self._tools.store.settle([Settlement(c, State.SCHEDULED, Reason.RETURNED, due=c.due) for c in back])

    def _gate(self, group: Sequence[Letter]) -> frozenset[MessageKey]:
        """Shut to everyone when the worker is to stop. What the last group taught is known before anyone passes."""
        if not self._all_were_accepted():
            self._record()
        if not self._go_on():
            return frozenset()
        try:
            answers = self._turn(group)
        except BaseException:  # The gate may have opened, and its answer been lost: no dot follows.
            self._rest_is_ours = True
            raise
        self._turned_back |= {key: reason for key, reason in answers.items() if reason is not None}
        return frozenset(key for key, reason in answers.items() if reason is None)

    def _all_were_accepted(self) -> bool:
        return all(reply.verdict is Verdict.ACCEPTED for _, reply in self._answered)

    def _turn(self, group: Sequence[Letter]) -> Mapping[MessageKey, Reason | None]:
        claims = [self._claims[letter.key] for letter in group]
        openings = [self._openings.of(claim, self._facts[claim]) for claim in claims]
        ended = [judge(claim, reply, self._began) for claim, reply in self._answered]
        _, answers = self._tools.store.turn(ended, openings, lease=self._tools.limits.gate_lease)
        self._answered.clear()
        return answers

    def _record(self) -> None:
        """Settle what is answered, then learn from it."""
        if not self._answered:
            return
        # Only what waits again is dated.
        now = self._began if self._all_were_accepted() else self._tools.store.now()
        self._tools.store.settle([self._settlement(claim, reply, now) for claim, reply in self._answered])
        answered, self._answered = self._answered, []
        if any(reply.verdict in ABOUT_ONE_LETTER - {Verdict.ACCEPTED} for _, reply in answered):
            self._tools.store.relay_answered()
        for claim, reply in answered:
            learn(self._tools, claim, reply, self._facts[claim])

    def _settlement(self, claim: Claim, reply: Reply, now: datetime) -> Settlement:
        if reply.verdict is Verdict.GATE_CLOSED:
            return self._turn_back(claim, self._turned_back.get(claim.key, Reason.RETURNED))
        return judge(claim, reply, now)

    def _turn_back(self, claim: Claim, reason: Reason) -> Settlement:
        if reason is not Reason.ONE_A_DAY:
            return _turned_back(claim, reason)
        due = next_turn(claim.due, window(self._tools, self._facts[claim].edition), self._began)
        if claim.until is not None and due > claim.until:
            return Settlement(claim, State.SKIPPED, Reason.ENOUGH)
        return Settlement(claim, State.SCHEDULED, reason, due=due)


#: A message turned back at the gate for one of these will never be wanted again as it is.
_FOR_GOOD = frozenset({Reason.SUPPRESSED, Reason.EXPIRED, Reason.CANCELLED})


def _turned_back(claim: Claim, reason: Reason) -> Settlement:
    if reason in _FOR_GOOD:
        return Settlement(claim, State.SKIPPED, reason)
    return Settlement(claim, State.SCHEDULED, reason, due=claim.due)
