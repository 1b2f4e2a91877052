"""What a mail that comes in means: an answer, something for a person, or nothing. Every reading gives one of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from worker.domain.answer import Partstat
from worker.domain.message import MessageKey


class Why(StrEnum):
    """Why a mail is kept aside for a person; one sentence each in `services/answer_words`."""

    COUNTER = "counter"
    DELEGATED = "delegated"
    FORWARDED = "forwarded"
    CONTRADICTION = "contradiction"
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - a word about tokens
    ONE_INSTANCE = "one_instance"
    NEVER_SENT = "never_sent"
    TAKEN_BACK = "taken_back"
    WHICH_CAFE = "which_cafe"
    ASKS_AGAIN = "asks_again"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    WORDS = "words"
    UNREADABLE = "unreadable"


class Nothing(StrEnum):
    """Why a mail changes nothing and needs nobody."""

    AUTOMATIC = "automatic"
    NOT_A_REPLY = "not_a_reply"
    NO_ANSWER = "no_answer"
    DELAYED = "delayed"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Answered:
    """METHOD:REPLY that carries our secret. `meeting` is "" where only the address told who answers.

    `stamp` is its DTSTAMP in UTC, None where it has none that can be read; `comment` is untrusted plain text.
    `turn` is which of several invitations of one person is meant, None where no UID told.
    """

    meeting: str
    person: str
    partstat: Partstat
    sequence: int = 0
    stamp: datetime | None = None
    comment: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Bounced:
    """A report that came to the signed return path of this message: not delivered. `status` as RFC 3463 has it."""

    key: MessageKey
    status: str = ""


@dataclass(frozen=True, slots=True)
class AskedToStop:
    """A mail from the mailto of List-Unsubscribe: our signed token says who wants no more of what."""

    series: str
    purpose: str
    person: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a person wrote in their own words, without what they quote. Untrusted text.

    `person` is known by a secret of ours that the mail came with, "" without one. `about` is our message that it
    answers, as the mail says. `writer` is the address it says it is from, `claimed` the person who has that address.
    """

    words: str
    person: str = ""
    about: MessageKey | None = None
    writer: str = ""
    claimed: str = ""


@dataclass(frozen=True, slots=True)
class ForAPerson:
    """Somebody should look at this mail; who it is from and about what, as far as our secrets told."""

    why: Why
    meeting: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """It should have been an answer, and no sense can be made of it."""

    because: str


@dataclass(frozen=True, slots=True)
class NotForUs:
    """It changes nothing."""

    because: Nothing


@dataclass(frozen=True, slots=True)
class Aside:
    """A mail kept aside for a person. `mail` names it for good; `sender` and `subject` help to find it.

    `meeting` and `person` are "" where our secrets did not tell. `number` is that of its forward, 0 without one.
    """

    mail: str
    why: Why
    received: datetime
    meeting: str = ""
    person: str = ""
    sender: str = ""
    subject: str = ""
    number: int = 0


def writers(asides: Iterable[Aside]) -> frozenset[str]:
    """Who wrote to us in their own words, and waits for an answer."""
    return frozenset(aside.person for aside in asides if aside.person and aside.why is Why.WORDS)


Decision = Answered | Bounced | AskedToStop | Wrote | ForAPerson | Unreadable | NotForUs
