"""People, and what a person is to one edition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Presence(StrEnum):
    """Whether somebody was at the Café. Only `present` is ever thanked for coming."""

    PRESENT = "present"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Consent(StrEnum):
    """An answer to "may we?". Only a recorded yes opens the door."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


class Loyalty(StrEnum):
    """How often somebody has come, this edition included."""

    FIRST = "first"
    SECOND = "second"
    REGULAR = "regular"


def loyalty(earlier_editions: int) -> Loyalty:
    """The loyalty of a person present now who was present at so many earlier editions of the series."""
    return {0: Loyalty.FIRST, 1: Loyalty.SECOND}.get(earlier_editions, Loyalty.REGULAR)


@dataclass(frozen=True, slots=True)
class Person:
    """A mailbox owner. `id` comes from a keyed fingerprint of the address: one address is one person for ever.

    `language` is a two-letter code; `zone` an IANA name, or "" for the edition's own. With `own_words` they have put
    name and language right themselves.
    """

    id: str
    name: str
    first_name: str
    address: str
    language: str = "fr"
    zone: str = ""
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """A person on the list of one edition. `languages` are those they speak, fr and en as codes; blank is unknown."""

    person: Person
    presence: Presence = Presence.UNKNOWN
    introduced: Consent = Consent.NOT_ASKED
    organisation: str = ""
    sector: str = ""
    interests: tuple[str, ...] = ()
    table: str = ""
    languages: tuple[str, ...] = ()
