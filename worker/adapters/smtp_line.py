"""The way to the relay, over one connection or several: letters go in groups, worn-out connections are replaced."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence

from worker.adapters.relay_address import RelayAddress
from worker.adapters.smtp_abreast import side_by_side
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_envelope import unsendable
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.message import Letter
from worker.domain.reply import ABOUT_ONE_LETTER, Phase, Reply
from worker.domain.share import together
from worker.ports import Gate

#: Real seconds after which a connection that was not used is asked whether anybody is still there.
_IDLE = 1.0

#: Letters and their replies, and in the end whether the line may go on.
Answers = Generator[tuple[Letter, Reply], None, bool]


class SmtpLine:
    """`ports.Line` over SMTP. The letters of a group are dealt to all its connections, each to whichever is free."""

    def __init__(self, dialogue: Dialogue, address: RelayAddress, group: int, abreast: int = 1) -> None:
        """Begin with an open dialogue; those that come beside or after it are opened at the same address."""
        self._dialogues, self._address, self._group, self._abreast = [dialogue], address, group, abreast
        self._shortage: Reply | None = None

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """See the port. What no relay may be shown is refused here, before the gate."""
        rest, group = tuple(letters), together(len(letters), self._group)
        while rest:
            if lost := self._renew():
                yield rest[0], lost
                return
            size = min(group, sum(dialogue.room for dialogue in self._dialogues))
            if not (yield from self._submit_group(rest[:size], gate)):
                return
            rest = rest[size:]

    def shortage(self) -> Reply | None:
        """Told until more are asked for again."""
        return self._shortage

    def serves_again(self, abreast: int, idle: float) -> bool:
        """Whether a line that was kept for `idle` seconds still leads anywhere; from now on with so many connections.

        One that the relay has left, or does not answer on after a while, is closed; so are those too many.
        """
        quiet = [one for one in self._dialogues if one.is_quiet() and (idle < _IDLE or one.answers())]
        kept, self._abreast, self._shortage = quiet[:abreast], abreast, None
        for one in self._dialogues:
            if one not in kept:
                one.hang_up()
        self._dialogues = kept
        return bool(kept)

    def hang_up(self) -> None:
        """Say goodbye; never raises."""
        for dialogue in self._dialogues:
            dialogue.hang_up()

    def _submit_group(self, group: Sequence[Letter], gate: Gate) -> Answers:
        sendable = []
        size_limit, extensions = self._offer()
        for letter in group:
            refusal = unsendable(letter, size_limit, extensions)
            if refusal is None:
                sendable.append(letter)
            else:
                yield letter, refusal
                if refusal.verdict not in ABOUT_ONE_LETTER:
                    return False
        if not sendable:
            return True
        asked = time.monotonic()
        passed = gate(sendable)
        for letter in sendable:
            if letter.key not in passed:
                yield letter, Reply(Phase.GATE, text="our own gate kept it back")
        return (yield from self._hand_over(deque(one for one in sendable if one.key in passed), asked))

    def _offer(self) -> tuple[int, frozenset[str]]:
        """What all connections announced, for any of them may get a letter: the size limit, 0 = none; extensions."""
        limits = [one.size_limit for one in self._dialogues if one.size_limit]
        extensions = [one.extensions for one in self._dialogues]
        return min(limits, default=0), extensions[0].intersection(*extensions)

    def _hand_over(self, letters: deque[Letter], asked: float) -> Answers:
        """Those past the gate that was asked then (monotonic), over other connections when some wear out meanwhile."""
        open_for = self._address.patience.gate
        begin_by, until = asked + open_for / 2, asked + open_for
        while letters:
            if lost := self._renew():
                yield letters[0], lost
                return lost.verdict in ABOUT_ONE_LETTER
            goes_on = True
            for letter, reply in side_by_side(
                [one.transact(letters, begin_by, until) for one in self._dialogues]
            ):
                yield letter, reply
                if reply.verdict not in ABOUT_ONE_LETTER:
                    goes_on = False
                    letters.clear()
            if not goes_on or time.monotonic() >= begin_by:
                return goes_on
        return True

    def _renew(self) -> Reply | None:
        """Have as many connections as we may; the reply that says why there is none at all."""
        for worn in [one for one in self._dialogues if not one.serves]:
            worn.hang_up()
            self._dialogues.remove(worn)
        while len(self._dialogues) < self._abreast:
            opened = open_dialogue(self._address)
            if isinstance(opened, Reply):
                self._abreast, self._shortage = max(len(self._dialogues), 1), opened
                return None if self._dialogues else opened
            self._dialogues.append(opened)
        return None
