"""Two people of the rehearsal say yes to each other, by mail, as they would."""

from __future__ import annotations

from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parseaddr

from worker.demo.audit import key_of
from worker.domain.edition import Edition
from worker.mail.mail_view import MailView
from worker.services.tools import Tools


def yeses(tools: Tools, edition: Edition, mails: Iterable[MailView]) -> dict[str, bytes]:
    """The « oui » of the first two people who were asked about each other, by their names; nothing where none were.

    The answers are made of nothing but the mails they answer.
    """
    asked = {key.person: mail for mail in mails if (key := key_of(mail)) and key.step_name == "nudge"}
    plan = tools.store.introductions(edition.id)
    pairs = sorted(plan.pairs) if plan else []
    both = next((two for two in pairs if set(two) <= asked.keys()), ())
    people = [guest.person for guest in tools.store.guests(edition.id, both).values()]
    return {person.name: _yes(asked[person.id], person.address) for person in people}


def _yes(question: MailView, sender: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, parseaddr(str(message_from_bytes(question.raw)["Reply-To"]))[1]
    mail["Subject"] = f"Re: {question.subject}"
    mail["In-Reply-To"] = question.message_id
    mail["Message-ID"] = question.message_id.replace("<", "<re-", 1)
    mail.set_content("Oui, avec plaisir.\n")
    return mail.as_bytes()
