"""What people answered, in memory: the same promises as `redis_answers`."""

from __future__ import annotations

from collections.abc import Iterable

from worker.adapters.memory_state import Memory
from worker.domain.answer import Answer
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside
from worker.ports.mailroom import MOST_ANSWERS


class MemoryAnswers:
    """`ports.mailroom.Answers` in memory."""

    memory: Memory

    def record_answer(self, answer: Answer) -> bool:
        """See the port."""
        kept = self.memory.answers.setdefault((answer.meeting, answer.person), [])
        if any(one.mail == answer.mail for one in kept):
            return False
        kept.append(answer)
        del kept[:-MOST_ANSWERS]
        return True

    def answers(self, meeting: str, people: Iterable[str] | None = None) -> tuple[Answer, ...]:
        """See the port."""
        known = sorted(person for about, person in self.memory.answers if about == meeting)
        wanted = known if people is None else people
        return tuple(one for person in wanted for one in self.memory.answers.get((meeting, person), ()))

    def keep_original(self, mail: str, raw: bytes) -> int:
        """See the port."""
        number = self.memory.original_numbers.setdefault(mail, len(self.memory.original_numbers) + 1)
        self.memory.originals[number] = Original(mail, raw)
        return number

    def original(self, number: int) -> Original | None:
        """See the port."""
        return self.memory.originals.get(number)

    def originals(self) -> tuple[int, ...]:
        """See the port."""
        return tuple(sorted(self.memory.originals))

    def drop_original(self, number: int) -> bool:
        """See the port."""
        return self.memory.originals.pop(number, None) is not None

    def keep_aside(self, aside: Aside) -> bool:
        """See the port."""
        return self.memory.aside.setdefault(aside.mail, aside) is aside

    def let_go(self, mail: str) -> bool:
        """See the port."""
        return self.memory.aside.pop(mail, None) is not None

    def kept_aside(self) -> tuple[Aside, ...]:
        """See the port."""
        return tuple(sorted(self.memory.aside.values(), key=lambda aside: (aside.received, aside.mail)))
