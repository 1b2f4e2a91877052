"""A line to the relay that lasts: letters go in groups, and worn-out connections are replaced between two of them."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence

from worker.adapters.relay_address import RelayAddress
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_envelope import unsendable
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.message import Letter
from worker.domain.reply import ABOUT_ONE_LETTER, Phase, Reply
from worker.ports import Gate

#: Letters and their replies, and in the end whether the line may go on.
Answers = Generator[tuple[Letter, Reply], None, bool]


class SmtpLine:
    """`ports.Line` over SMTP."""

    def __init__(self, dialogue: Dialogue, address: RelayAddress, group: int) -> None:
        """Begin with an open dialogue; later ones are opened at the same address."""
        self._dialogue, self._address, self._group = dialogue, address, group

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """See the port. What no relay may be shown is refused here, before the gate."""
        rest = tuple(letters)
        while rest:
            if lost := self._renew():
                yield rest[0], lost
                return
            size = min(self._group, self._address.letters_per_line - self._dialogue.letters)
            if not (yield from self._submit_group(rest[:size], gate)):
                return
            rest = rest[size:]

    def is_quiet(self) -> bool:
        """Whether the connection is open, as far as one can see without asking."""
        return self._dialogue.is_quiet()

    def answers(self) -> bool:
        """Whether the relay answers."""
        return self._dialogue.answers()

    def hang_up(self) -> None:
        """Say goodbye; never raises."""
        self._dialogue.hang_up()

    def _submit_group(self, group: Sequence[Letter], gate: Gate) -> Answers:
        sendable = []
        for letter in group:
            refusal = unsendable(letter, self._dialogue.size_limit, self._dialogue.extensions)
            if refusal is None:
                sendable.append(letter)
            elif not (yield from _answer(letter, refusal)):
                return False
        if not sendable:
            return True
        until = time.monotonic() + self._address.patience.gate
        passed = gate(sendable)
        for letter in sendable:
            if letter.key not in passed:
                yield letter, Reply(Phase.GATE, text="our own gate kept it back")
        return (yield from self._hand_over([one for one in sendable if one.key in passed], until))

    def _hand_over(self, letters: Sequence[Letter], until: float) -> Answers:
        """Those past the gate, over another connection when one is worn out in their midst."""
        rest = letters
        while rest:
            if lost := self._renew():
                return (yield from _answer(rest[0], lost))
            for letter, reply in self._dialogue.transact(rest, until):
                if not (yield from _answer(letter, reply)):
                    return False
                rest = rest[1:]
            if self._dialogue.serves:
                break  # Nothing is left, or no time for it: their gate is too long ago.
        return True

    def _renew(self) -> Reply | None:
        if self._dialogue.serves and self._dialogue.letters < self._address.letters_per_line:
            return None
        self._dialogue.hang_up()
        opened = open_dialogue(self._address)
        if isinstance(opened, Reply):
            return opened
        self._dialogue = opened
        return None


def _answer(letter: Letter, reply: Reply) -> Answers:
    yield letter, reply
    return reply.verdict in ABOUT_ONE_LETTER
