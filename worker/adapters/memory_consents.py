"""The log of consents in memory: the same promises as `redis_consents.py` and `lua/consent.lua`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from worker.adapters.memory_state import Memory
from worker.domain.consent import Statement
from worker.domain.consent_chain import Head, Link, Sealed, chained


class MemoryConsents:
    """`ports.Consents` in memory."""

    memory: Memory

    def consent_head(self) -> Head:
        """See the port."""
        chain = self.memory.consent_chain
        return Head(chain[-1].number, chain[-1].hash) if chain else Head()

    def append_consents(self, sealed: Sequence[Sealed], *, after: Head) -> bool:
        """See the port."""
        if self.consent_head() != after:
            return False
        self.memory.consent_chain += chained(after, sealed)
        self.memory.consent_records |= {one.id: one for one in sealed}
        self.memory.consents |= {one.statement.field: one.statement for one in sealed}
        return True

    def consents(self, fields: Iterable[str]) -> dict[str, Statement]:
        """See the port."""
        return {field: self.memory.consents[field] for field in fields if field in self.memory.consents}

    def consent_chain(self) -> tuple[Link, ...]:
        """See the port."""
        return tuple(self.memory.consent_chain)

    def consent_records(self, people: Iterable[str] | None = None) -> dict[str, Sealed]:
        """See the port."""
        wanted = None if people is None else set(people)
        kept = self.memory.consent_records.items()
        return {name: one for name, one in kept if wanted is None or one.statement.person in wanted}

    def erase_consents(self, person: str) -> int:
        """See the port."""
        own = self.consent_records([person])
        for name, one in own.items():
            del self.memory.consent_records[name]
            self.memory.consents.pop(one.statement.field, None)
        return len(own)

    def keep_wordings(self, texts: Mapping[str, str]) -> None:
        """See the port."""
        self.memory.wordings = {**texts, **self.memory.wordings}

    def wordings(self) -> dict[str, str]:
        """See the port."""
        return dict(sorted(self.memory.wordings.items()))
