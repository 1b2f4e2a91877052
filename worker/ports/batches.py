"""What must be known of the mails of one batch before they are written, in two looks at the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from worker.domain.answer import Answer
from worker.domain.change import Seat
from worker.domain.consent import Word
from worker.domain.edition import Edition
from worker.domain.inbound import Aside
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Guest


class Surroundings(NamedTuple):
    """The first look: what can be read by the names that messages have. `guests` are those on the list."""

    edition: Edition | None
    guests: Mapping[str, Guest]
    uninvited: Mapping[str, datetime]
    aside: tuple[Aside, ...]
    list_version: int
    drafts: Mapping[MessageKey, OwnDraft]


class Wanted(NamedTuple):
    """What to look for then: people, their fingerprints, fields of consents, and those whose answers matter."""

    people: Collection[str]
    fingerprints: Collection[str]
    consents: Collection[str]
    answering: Collection[str]


class Words(NamedTuple):
    """The second look: what these people said, as far as it was looked for, and how often they came before.

    `ever_suppressed` are the fingerprints of which a suppression was ever kept: of nobody else can one stand.
    """

    earlier_visits: Mapping[str, int]
    ever_suppressed: frozenset[str]
    consents: Mapping[str, Word]
    seats: Mapping[str, Seat]
    answers: tuple[Answer, ...]


class Batches(Protocol):
    """Each look tells what the single questions of the other rooms would, asked together."""

    def surroundings(self, edition_id: str, keys: Collection[MessageKey]) -> Surroundings:
        """What stands around these messages of an edition."""

    def words(self, edition: Edition, wanted: Wanted) -> Words:
        """What is wanted of the people of this edition; answers are those to the invitation to its next one."""
