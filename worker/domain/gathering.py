"""Whom an edition's introductions are made among: who was there and agreed, and what is known between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from worker.domain.introductions import Pair


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there, agreed, and may be written to. Blank is unknown.

    `earlier` are the editions before this one at which they were present.
    """

    id: str
    organisation: str = ""
    sector: str = ""
    interests: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    table: str = ""
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gathering:
    """The people and what binds or parts them. The order of `attendees` means nothing.

    `wishes` are (person, other); `apart` must never be introduced; `told` were suggested to each other before.
    """

    edition: str
    attendees: tuple[Attendee, ...] = ()
    wishes: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[Pair] = frozenset()
    told: frozenset[Pair] = frozenset()
    by_id: dict[str, Attendee] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Everybody once, in one order on every machine."""
        self.by_id.update((one.id, one) for one in sorted(self.attendees, key=lambda one: one.id))


_LEGAL_FORMS = frozenset("sa sas sasu sarl eurl sci scop ei ltd llc inc gmbh ag plc bv srl spa".split())  # noqa: SIM905


def likeness(text: str) -> str:
    """For comparing what people wrote of themselves: no accents, no case, no punctuation; "C++" is not "C#"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w+#]+|_", " ", plain.casefold()).split())


def firm(organisation: str) -> str:
    """An organisation for comparing: "Acme, S.A.S." and "ACME" are one."""
    words = likeness(organisation.replace(".", "")).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)
