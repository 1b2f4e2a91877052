"""What people agreed to: a log that only grows, and the last word on each thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from worker.domain.consent import Statement
from worker.domain.consent_chain import Head, Link, Sealed


class Consents(Protocol):
    """The log of consents."""

    def consent_head(self) -> Head:
        """The end of the chain as it is now."""

    def append_consents(self, sealed: Sequence[Sealed], *, after: Head) -> bool:
        """Chain these on, records and last words together; False, and nothing done, when the chain has grown since."""

    def consents(self, fields: Iterable[str]) -> Mapping[str, Statement]:
        """The last words (`domain.consent.fields`), by field; what was never said is left out."""

    def consent_chain(self) -> tuple[Link, ...]:
        """Every link from the first on."""

    def consent_records(self, people: Iterable[str] | None = None) -> Mapping[str, Sealed]:
        """What the links speak of, by id, as far as it was not erased: of everybody or of these."""

    def erase_consents(self, person: str) -> int:
        """Forget a person's records, salts and last words, and keep the chain; gives how many records."""

    def keep_wordings(self, texts: Mapping[str, str]) -> None:
        """Keep the texts that people read, by version; one that is kept already stays as it is."""

    def wordings(self) -> Mapping[str, str]:
        """All texts that people read, by version."""
