"""Which headers our mails carry (deliverability criteria W1, W2, W9 to W12), in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.reminders import ORGANIZER_STEPS
from worker.mail.encoded_word import phrase, unstructured
from worker.mail.headers import addr_spec, angle_list, date, header, mailbox
from worker.mail.identity import Identity
from worker.mail.links import Links
from worker.mail.tokens import Use, signed

#: Proactive mails to many; the thank-you answers an act of the person and is not bulk.
_BULK = frozenset({"invitation", "nudge"})

Field = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the headers of one mail speak of."""

    key: MessageKey
    facts: Facts
    subject: str
    at: datetime


def links(identity: Identity, key: MessageKey, facts: Facts) -> Links:
    """Where this mail leads: the way out (https when we have pages), where answers go, the person's page."""
    person = signed(Use.UNSUBSCRIBE, key.person, identity.secrets)
    page = identity.page_url.rstrip("/")
    unsubscribe = f"{page}/stop/{person}" if page else stop_mail(identity, key, facts)
    return Links(unsubscribe, reply_to(identity, facts), f"{page}/me/{person}" if page else "")


def reply_to(identity: Identity, facts: Facts) -> str:
    """A mailbox that a person reads."""
    return addr_spec(identity.reply_to or facts.edition.host.address)


def stop_mail(identity: Identity, key: MessageKey, facts: Facts) -> str:
    """The mailto of List-Unsubscribe (RFC 6068); the token in its subject tells who, whatever address writes."""
    address = addr_spec(identity.unsubscribe_address or reply_to(identity, facts))
    subject = f"stop {signed(Use.UNSUBSCRIBE, key.person, identity.secrets)}"
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"


def header_block(identity: Identity, occasion: Occasion) -> bytes:
    """All headers but the MIME ones of the body, each exactly once. Raises ComposeFailed."""
    fields = [*_always(identity, occasion)]
    if occasion.key.step_name not in ORGANIZER_STEPS:
        fields += _of_campaign(identity, occasion)
    return b"".join(header(name, words) for name, words in fields)


def _always(identity: Identity, occasion: Occasion) -> list[Field]:
    person = occasion.facts.guest.person
    return [
        ("Date", date(occasion.at)),
        ("From", mailbox(identity.sender_name, identity.sender_address)),
        ("To", mailbox(person.name, person.address)),
        ("Reply-To", mailbox(occasion.facts.edition.host.name, reply_to(identity, occasion.facts))),
        ("Subject", unstructured(occasion.subject)),
        ("Message-ID", [occasion.key.message_id(identity.domain)]),
        ("MIME-Version", ["1.0"]),
        ("Auto-Submitted", ["auto-generated"]),
        ("X-Auto-Response-Suppress", ["OOF,", "AutoReply"]),
    ]


def _of_campaign(identity: Identity, occasion: Occasion) -> list[Field]:
    key, series = occasion.key, occasion.facts.edition.series
    fields: list[Field] = [
        ("List-Id", [*phrase(series.name), f"<{series.id}.{identity.domain}>"]),
        *_way_out(identity, occasion),
        ("Feedback-ID", [f"{key.edition}:{key.step_name}:{series.id}:{identity.feedback_sender}"]),
    ]
    return [*fields, ("Precedence", ["bulk"])] if key.step_name in _BULK else fields


def _way_out(identity: Identity, occasion: Occasion) -> list[Field]:
    mail = stop_mail(identity, occasion.key, occasion.facts)
    if not identity.page_url:
        return [("List-Unsubscribe", angle_list([mail]))]
    page = links(identity, occasion.key, occasion.facts).unsubscribe
    one_click: Field = ("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"])
    return [("List-Unsubscribe", angle_list([page, mail])), one_click]
