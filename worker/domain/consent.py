"""What people agreed to: a mail of a purpose needs a recorded yes to that purpose. What counts is the last word.

Registering for a Café is the yes to its thanks and invitations; an introduction tells others who somebody is, so it
needs a yes of its own. Every word is kept, with the wording that was read and how it reached us.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from worker.domain.person import Consent
from worker.domain.reason import Reason
from worker.domain.sequence import Purpose

#: What a person may switch by themselves; mails to organizers are no concern of theirs.
PURPOSES = (Purpose.THANKS, Purpose.INVITATIONS, Purpose.INTRODUCTIONS)


#: What a registration form should say, where the organizer's own words are not set.
REGISTRATION = (
    "En m’inscrivant, j’accepte de recevoir après la rencontre un mot de remerciement et l’invitation à la suivante. "
    "Je peux refuser l’un ou l’autre à tout moment."
)

#: What registering says yes to.
BY_REGISTERING = (Purpose.THANKS, Purpose.INVITATIONS)


class Means(StrEnum):
    """How a word reached us."""

    IMPORT = "import"
    PAGE = "page"
    MAIL = "mail"
    ORGANIZER = "organizer"


#: The person's own hand: what it refused, only it takes back.
OWN_HAND = frozenset({Means.PAGE, Means.MAIL})


@dataclass(frozen=True, slots=True)
class Statement:
    """One word of one person about one purpose. `answer` is given or refused, never "not asked".

    `wording` names the exact text they read (`wording_version`), `detail` where it was read: a list and its column, a
    page, a mail's name. `edition` is "" for a word that holds for every edition. `at` is the ledger's clock, in UTC.
    """

    person: str
    purpose: Purpose
    answer: Consent
    wording: str
    at: datetime
    means: Means
    detail: str = ""
    edition: str = ""

    @property
    def field(self) -> str:
        """Where the last word on this is kept."""
        return f"{self.person}/{self.purpose}" + (f"/{self.edition}" if self.edition else "")


@dataclass(frozen=True, slots=True)
class Word:
    """What counts of a statement."""

    answer: Consent
    at: datetime


Kept = TypeVar("Kept", Statement, Word)


def fields(person: str, purpose: Purpose, edition: str) -> tuple[str, str]:
    """Where a word may stand that counts for this edition: for all of them, and for this one."""
    general = f"{person}/{purpose}"
    return general, f"{general}/{edition}"


def in_force(said: Iterable[Kept]) -> Kept | None:
    """The last word. Of two words of one moment the refusal counts."""
    return max(said, key=lambda one: (one.at, one.answer is Consent.REFUSED), default=None)


def answer(standing: Mapping[str, Kept], person: str, purpose: Purpose, edition: str) -> Consent:
    """What counts for this person, purpose and edition; NOT_ASKED where nothing was ever said."""
    return answers(standing, [person], purpose, edition)[person]


def answers(
    standing: Mapping[str, Kept], people: Iterable[str], purpose: Purpose, edition: str
) -> dict[str, Consent]:
    """The same for each of these people."""
    general, own = fields("", purpose, edition)
    said = ((person, standing.get(person + general), standing.get(person + own)) for person in people)
    return {person: _counting(everywhere, here) for person, everywhere, here in said}


def _counting(everywhere: Kept | None, here: Kept | None) -> Consent:
    last = in_force((everywhere, here)) if everywhere and here else everywhere or here
    return last.answer if last else Consent.NOT_ASKED


def lacking(given: Consent, purpose: Purpose) -> Reason | None:
    """Why nothing of this purpose may be sent after this answer; None after a yes."""
    if given is Consent.GIVEN:
        return None
    if purpose is Purpose.INTRODUCTIONS:
        return Reason.NO_CONSENT
    return Reason.OPTED_OUT if given is Consent.REFUSED else Reason.NO_RECORD


def changes(new: Statement, said: Iterable[Statement]) -> bool:
    """Whether to record a word: not the same twice, and no list and no organizer takes back what the person refused."""
    last = in_force(said)
    if last is None:
        return True
    refused_it_themselves = last.answer is Consent.REFUSED and last.means in OWN_HAND
    if refused_it_themselves and new.answer is Consent.GIVEN and new.means not in OWN_HAND:
        return False
    return new.answer is not last.answer


def wording_version(name: str, text: str) -> str:
    """The name of a text as it reads now: another comma, another version."""
    return f"{name}-{sha256(' '.join(text.split()).encode()).hexdigest()[:12]}"
