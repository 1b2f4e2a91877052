"""Facts to a letter: words from the templates, the calendar where the step has one, headers, envelope."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Protocol

from worker.domain.errors import ComposeFailed
from worker.domain.facts import Facts
from worker.domain.message import Envelope, Letter, MessageKey
from worker.mail.campaign_headers import Occasion, header_block, links
from worker.mail.headers import addr_spec
from worker.mail.identity import Identity
from worker.mail.invite import REQUEST, Invitation, request
from worker.mail.links import Links
from worker.mail.mime import Part, calendar_attachment, calendar_part, multipart, text_part
from worker.mail.rendered import Rendered
from worker.mail.tokens import Use, return_path, tag


class Renderer(Protocol):
    """The words of a step for one person."""

    def render(self, step: str, facts: Facts, links: Links) -> Rendered:
        """Subject, text and HTML; raises ComposeFailed."""


class LetterWriter:
    """`ports.Composer`: the same key, facts and moment give the same bytes."""

    def __init__(
        self, identity: Identity, renderer: Renderer, *, inviting: Container[str] = ("invitation",)
    ) -> None:
        """Write as this identity; the steps named by `inviting` carry a calendar."""
        self._identity, self._renderer, self._inviting = identity, renderer, inviting

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """One letter with one recipient. `at` is the Date. Raises ComposeFailed; what it says names no person."""
        words = self._renderer.render(key.step_name, facts, links(self._identity, key, facts))
        occasion = Occasion(key, facts, words.subject, at)
        content = header_block(self._identity, occasion) + bytes(self._body(key, facts, words, at))
        return Letter(key, self._envelope(key, facts), content)

    def _envelope(self, key: MessageKey, facts: Facts) -> Envelope:
        bounces = f"{return_path(key, self._identity.secrets)}@{self._identity.bounce_domain}"
        return Envelope(bounces, addr_spec(facts.guest.person.address))

    def _body(self, key: MessageKey, facts: Facts, words: Rendered, at: datetime) -> Part:
        readable = [text_part("plain", words.text), text_part("html", words.html)]
        if key.step_name not in self._inviting:
            return multipart("alternative", readable, str(key))
        ics = request(self.invitation(facts, at))
        inner = multipart("alternative", [*readable, calendar_part(ics, REQUEST)], str(key))
        return multipart("mixed", [inner, calendar_attachment(ics)], str(key))

    def invitation(self, facts: Facts, at: datetime) -> Invitation:
        """The next Café for this guest's calendar. UID per (edition, person); ORGANIZER stable for the person."""
        meeting, person = facts.edition.next, facts.guest.person
        if meeting is None:
            raise ComposeFailed("there is no next edition to invite to: add [next] to the edition file")
        uid = f"{meeting.id}-{self._tag(Use.UID, f'{meeting.id}.{person.id}')}@{self._identity.domain}"
        series = facts.edition.series
        summary = f"{series.name} n° {meeting.number}" + (f" · {meeting.title}" if meeting.title else "")
        about = _about(facts.guest.person.language, summary)
        return Invitation(
            meeting, facts.guest, uid, self._organizer(facts), series.name, summary, about, at, series.url
        )

    def _organizer(self, facts: Facts) -> str:
        host = facts.edition.host.address
        if not self._identity.rsvp_address:
            # Calendars tell somebody who is the ORGANIZER that no answer is needed: never the recipient.
            return self._identity.sender_address if host == facts.guest.person.address else host
        local, _, domain = self._identity.rsvp_address.rpartition("@")
        return f"{local}+{self._tag(Use.RSVP, facts.guest.person.id)}@{domain}"

    def _tag(self, use: Use, text: str) -> str:
        return tag(use, text, self._identity.secrets[0])


def _about(language: str, summary: str) -> str:
    # Nothing personal, no token: people share their calendars.
    if language == "en":
        return f"{summary}\nAnswer Yes or No in your calendar; the organizer reads it."
    return f"{summary}\nRépondez Oui ou Non dans votre agenda : l’organisateur lit votre réponse."
