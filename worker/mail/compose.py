"""Facts to a letter: words from the templates, the calendar where the step has one, headers, envelope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed
from worker.domain.facts import Facts
from worker.domain.message import Envelope, Letter, MessageKey
from worker.domain.sequence import CalendarPart
from worker.mail.answers import calendar_organizer, calendar_uid
from worker.mail.calendar_cancel import CANCEL, cancellation
from worker.mail.calendar_frame import framed_request
from worker.mail.campaign_headers import Occasion, links, own_headers, shared_block
from worker.mail.discretion import keep_discreet, said
from worker.mail.headers import recipient_spec
from worker.mail.identity import Identity
from worker.mail.invite import REQUEST, Invitation
from worker.mail.kinds import KindOf, as_ours
from worker.mail.links import Links
from worker.mail.mime import Part, attached_mail, calendar_parts, multipart
from worker.mail.rendered import Readable
from worker.mail.tokens import return_path

#: Blocks of headers that are kept: one for each step, language and turn of a subject.
_BLOCKS = 64


@dataclass(frozen=True, slots=True)
class _Block:
    edition: Edition
    at: datetime
    octets: bytes


class Renderer(Protocol):
    """The words of a step for one person."""

    def readable(self, step: str, facts: Facts, links: Links) -> Readable:
        """Subject, text and HTML; raises ComposeFailed."""


class LetterWriter:
    """`ports.Composer`: the same key, facts and moment give the same bytes."""

    def __init__(
        self,
        identity: Identity,
        renderer: Renderer,
        kind_of: KindOf = as_ours,
        calendar: Callable[[Invitation], tuple[bytes, bytes]] = framed_request.pieces,
    ) -> None:
        """Write as this identity; `kind_of` tells which steps carry a calendar, and what each is for."""
        self._identity, self._renderer = identity, renderer
        self._kind_of, self._calendar = kind_of, calendar
        self._blocks: dict[tuple[str, str, str], _Block] = {}

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """One letter with one recipient. `at` is the Date. Raises ComposeFailed; what it says names no person."""
        occasion = Occasion(key, self._kind_of(facts.edition, key.step_name), facts, at)
        leads = links(self._identity, occasion)
        words = self._renderer.readable(facts.letter or key.step_name, facts, leads)
        keep_discreet(facts, words.told)
        own = own_headers(self._identity, occasion, leads)
        head, body = self._shared(occasion, words.subject) % own, self._body(occasion, words)
        pieces = head, body.head, b"\r\n", *body.body
        return Letter(key, self._envelope(key, facts), pieces, is_transparent=body.transparent)

    def _shared(self, occasion: Occasion, subject: str) -> bytes:
        """As `shared_block`; the one before is kept, for as long as it is of the very same edition and moment."""
        turn = occasion.key.edition, occasion.key.step, subject
        known = self._blocks.get(turn)
        if known and known.edition is occasion.facts.edition and known.at is occasion.at:
            return known.octets
        if len(self._blocks) >= _BLOCKS:
            self._blocks.clear()
        octets = shared_block(self._identity, occasion, subject)
        self._blocks[turn] = _Block(occasion.facts.edition, occasion.at, octets)
        return octets

    def _envelope(self, key: MessageKey, facts: Facts) -> Envelope:
        bounces = f"{return_path(key, self._identity.secrets)}@{self._identity.bounce_domain}"
        return Envelope(bounces, recipient_spec(facts.guest.person.address))

    def _body(self, occasion: Occasion, words: Readable) -> Part:
        # A mail for each guest, and no boundary for each: none of ours can stand in what we encode.
        readable, seed = [words.text, words.html], f"{occasion.key.edition}.{occasion.key.step}"
        forwarded = occasion.facts.forwarded
        if forwarded is not None and forwarded.content:
            attached = attached_mail(forwarded.content)
            return multipart("mixed", [multipart("alternative", readable, seed), attached], seed)
        if occasion.kind.calendar is CalendarPart.NONE:
            return multipart("alternative", readable, seed)
        invited = self.invitation(occasion.facts, occasion.at)
        keep_discreet(occasion.facts, said(invited.summary, invited.description))
        if occasion.kind.calendar is CalendarPart.CANCEL:
            calendar, attached = calendar_parts(cancellation(invited), CANCEL)
        else:
            before, own = self._calendar(invited)
            calendar, attached = calendar_parts(own, REQUEST, before)
        return multipart("mixed", [multipart("alternative", [*readable, calendar], seed), attached], seed)

    def invitation(self, facts: Facts, at: datetime) -> Invitation:
        """The next Café for this guest's calendar. UID per (edition, person); ORGANIZER stable for the person."""
        meeting, series = facts.edition.next, facts.edition.series
        if meeting is None:
            raise ComposeFailed("there is no next edition to invite to: add [next] to the edition file")
        summary, description = _about(series.name, meeting.number, meeting.title, facts.guest.person.language)
        return Invitation(
            meeting=meeting,
            guest=facts.guest,
            uid=calendar_uid(self._identity, facts, meeting.id),
            organizer=calendar_organizer(self._identity, facts),
            organizer_name=series.name,
            summary=summary,
            description=description,
            stamp=at,
            url=series.url,
        )


# All guests of an edition who read the same language have the same two texts.
@lru_cache(maxsize=64)
def _about(name: str, number: int, title: str, language: str) -> tuple[str, str]:
    """What the calendar says of the next Café, in a line and in two."""
    summary = f"{name} n° {number}" + (f" · {title}" if title else "")
    # Nothing personal, no token: people share their calendars.
    if language == "en":
        return summary, f"{summary}\nAnswer Yes or No in your calendar; the organizer reads it."
    return summary, f"{summary}\nRépondez Oui ou Non dans votre agenda : l’organisateur lit votre réponse."
