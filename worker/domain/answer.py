"""What people answer to an invitation, and which of their answers counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Partstat(StrEnum):
    """RFC 5545 §3.2.12, as far as it is an answer. Somebody who delegated does not come."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    DELEGATED = "delegated"


class Via(StrEnum):
    """How an answer reached us."""

    CALENDAR = "calendar"
    ORGANIZER = "organizer"
    PAGE = "page"


#: Who said this does not come.
NOT_COMING = frozenset({Partstat.DECLINED, Partstat.DELEGATED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said of one Café, about the date that `sequence` invited to.

    `mail` names the mail it came in, `stamp` is its DTSTAMP and `received` the ledger's clock when it was read, both
    UTC; a DTSTAMP from the future counts as received now. `comment` is plain text from outside: never trusted.
    `via` is how it came: from their calendar, told to an organizer, or on their page. `turn` is which of several
    invitations of this person it answers.
    """

    meeting: str
    person: str
    partstat: Partstat
    sequence: int
    stamp: datetime
    received: datetime
    mail: str
    comment: str = ""
    via: Via = Via.CALENDAR
    turn: int = 0

    def outranks(self, other: Answer | None) -> bool:
        """Whether this one, heard later, takes the other's place (RFC 5546 §2.1.5): SEQUENCE, then DTSTAMP.

        The same of both: the last one heard. Outlook for Mac repeats the DTSTAMP of a yes in the later no.
        """
        return other is None or (self.sequence, self.stamp) >= (other.sequence, other.stamp)

    def is_about_an_older_date(self, revision: int) -> bool:
        """Whether time or place have changed since the invitation that it answers; a no stays a no."""
        return self.sequence < revision and self.partstat not in NOT_COMING


class Stance(StrEnum):
    """What somebody's answer comes to. `older`: yes or maybe to a date that has moved since."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    OLDER = "older"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those invited said what; `older` said yes or maybe to a date that has moved since."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
    older: int = 0
    none: int = 0


def in_force(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The answer of each person that counts, from all answers to one meeting in the order they were heard."""
    kept: dict[str, Answer] = {}
    for answer in answers:
        if answer.outranks(kept.get(answer.person)):
            kept[answer.person] = answer
    return kept


def stance(answer: Answer | None, revision: int) -> Stance:
    """What an answer comes to, `revision` being the SEQUENCE that asked last."""
    if answer is None:
        return Stance.NONE
    if answer.partstat in NOT_COMING:
        return Stance.NO
    if answer.is_about_an_older_date(revision):
        return Stance.OLDER
    return Stance.YES if answer.partstat is Partstat.ACCEPTED else Stance.MAYBE
