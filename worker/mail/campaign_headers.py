"""Which headers our mails carry (deliverability criteria W1, W2, W9 to W12), in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.sequence import CalendarPart, Purpose
from worker.mail.answers import calendar_organizer, reply_to
from worker.mail.encoded_word import phrase, unstructured
from worker.mail.headers import addr_spec, angle_list, date, header, mailbox, named, recipient_spec
from worker.mail.identity import Identity
from worker.mail.introduction_words import ASKING_LETTERS
from worker.mail.kinds import Kind
from worker.mail.links import Links
from worker.mail.tokens import Use, WayOut, introduction_token, signed, way_out_token

#: A name and words; none yet for a header that each person has for themselves.
Field = tuple[str, Sequence[str]]
_OWN: Sequence[str] = ()

#: What `quote` leaves as it is.
_SAFE = re.compile(r"[a-z0-9.-]+")


class Occasion(NamedTuple):
    """What the headers of one mail speak of."""

    key: MessageKey
    kind: Kind
    facts: Facts
    at: datetime


def links(identity: Identity, occasion: Occasion) -> Links:
    """Where this mail leads: the way out (https when we have pages), where answers go, the person's page."""
    way = WayOut(occasion.facts.edition.series.id, occasion.kind.purpose, occasion.key.person)
    token, answers = way_out_token(way, identity.secrets), reply_to(identity, occasion.facts)
    stop_mail = f"{_stop_mail(identity.unsubscribe_address or answers)}{_quoted(token)}"
    page = identity.page_url.rstrip("/")
    if not page:
        return Links(stop_mail, answers, "", stop_mail)
    own = signed(Use.PAGE, occasion.key.person, identity.secrets)
    return Links(
        f"{page}/stop/{token}",
        answers,
        f"{page}/me/{own}",
        stop_mail,
        _rsvp(page, identity, occasion),
        _page_to_answer(page, identity, occasion),
    )


def _rsvp(page: str, identity: Identity, occasion: Occasion) -> str:
    edition = occasion.facts.edition
    if edition.next is None or occasion.kind.purpose is Purpose.ORGANIZERS:
        return ""
    return f"{page}/rsvp/{signed(Use.ANSWER, f'{edition.id}.{occasion.key.person}', identity.secrets)}"


def _page_to_answer(page: str, identity: Identity, occasion: Occasion) -> str:
    if occasion.kind.purpose is not Purpose.INTRODUCTIONS:
        return ""
    token = introduction_token(occasion.key.edition, occasion.key.person, identity.secrets)
    return f"{page}/introduction/{token}"


@lru_cache(maxsize=64)
def _stop_mail(address: str) -> str:
    """A mailto (RFC 6068) but for the token that ends its subject and tells who, whatever address writes."""
    return f"mailto:{quote(addr_spec(address), safe='@')}?subject=stop%20"


def _quoted(token: str) -> str:
    return token if _SAFE.fullmatch(token) else quote(token)


def header_block(identity: Identity, occasion: Occasion, subject: str) -> bytes:
    """All headers but the MIME ones of the body, each exactly once. Raises ComposeFailed."""
    return shared_block(identity, occasion, subject) % own_headers(
        identity, occasion, links(identity, occasion)
    )


def shared_block(identity: Identity, occasion: Occasion, subject: str) -> bytes:
    """The headers of every mail of this step, moment and subject, with %b for each of `own_headers`."""
    fields = _always(identity, occasion, subject)
    if occasion.kind.purpose is not Purpose.ORGANIZERS:
        fields += _of_campaign(identity, occasion)
    return b"".join(header(name, words).replace(b"%", b"%%") if words else b"%b" for name, words in fields)


def own_headers(identity: Identity, occasion: Occasion, leads: Links) -> tuple[bytes, ...]:
    """The headers that are one person's, in the order of their places. `leads` are the `links` of this mail."""
    person = occasion.facts.guest.person
    own = (
        header("To", named(person.name, recipient_spec(person.address))),
        _reply_to(*_reader_of_answers(identity, occasion)),
        header("Message-ID", [occasion.key.message_id(identity.domain)]),
    )
    if occasion.kind.purpose is Purpose.ORGANIZERS:
        return own
    return *own, header("List-Unsubscribe", angle_list(_ways_out(identity, leads)))


# A host answers for all; an address for calendars is each person's own.
@lru_cache(maxsize=64)
def _reply_to(name: str, spec: str) -> bytes:
    return header("Reply-To", named(name, spec))


def _always(identity: Identity, occasion: Occasion, subject: str) -> list[Field]:
    return [
        ("Date", date(occasion.at)),
        ("From", mailbox(identity.sender_name, identity.sender_address)),
        ("To", _OWN),
        ("Reply-To", _OWN),
        ("Subject", unstructured(subject)),
        ("Message-ID", _OWN),
        ("MIME-Version", ["1.0"]),
        ("Auto-Submitted", ["auto-generated"]),
        ("X-Auto-Response-Suppress", ["OOF,", "AutoReply"]),
    ]


def _reader_of_answers(identity: Identity, occasion: Occasion) -> tuple[str, str]:
    """Whoever wrote a mail that is forwarded, else the host's name; and the addr-spec that answers go to."""
    forwarded = occasion.facts.forwarded
    if forwarded is not None and forwarded.writer:
        return "", addr_spec(forwarded.writer)
    return occasion.facts.edition.host.name, _answers(identity, occasion)


def _answers(identity: Identity, occasion: Occasion) -> str:
    # As ORGANIZER, because clients differ in which of the two they answer (research: calendar, section 1). An answer
    # in words is read where those of calendars are.
    asks = (occasion.facts.letter or occasion.key.step_name) in ASKING_LETTERS
    if identity.rsvp_address and (asks or occasion.kind.calendar is not CalendarPart.NONE):
        return calendar_organizer(identity, occasion.facts)
    return reply_to(identity, occasion.facts)


def _of_campaign(identity: Identity, occasion: Occasion) -> list[Field]:
    key, series = occasion.key, occasion.facts.edition.series
    fields: list[Field] = [
        ("List-Id", [*phrase(series.name), f"<{series.id}.{identity.domain}>"]),
        ("List-Unsubscribe", _OWN),
        *_one_click(identity),
        ("Feedback-ID", [f"{key.edition}:{series.id}:{key.step_name}:{identity.feedback_sender}"]),
    ]
    return [*fields, ("Precedence", ["bulk"])] if occasion.kind.is_bulk else fields


def _one_click(identity: Identity) -> list[Field]:
    return [("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"])] if _has_one_click(identity) else []


def _has_one_click(identity: Identity) -> bool:
    # RFC 8058 §3.1: one click is a POST to an https URI, and nothing else.
    return identity.page_url.startswith("https://")


def _ways_out(identity: Identity, leads: Links) -> list[str]:
    return [leads.unsubscribe, leads.stop_mail] if _has_one_click(identity) else [leads.stop_mail]
