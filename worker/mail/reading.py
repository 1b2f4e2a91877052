"""A mail that came in, to what it means: pure, and never an exception.

In this order: what a mail server reports, what our own mailto of List-Unsubscribe asks, what a calendar answers, what
a program sent, and what a person wrote.
"""

from __future__ import annotations

import re

from worker.domain.inbound import (
    Answered,
    AskedToStop,
    Decision,
    ForAPerson,
    NotForUs,
    Nothing,
    Unreadable,
    Wrote,
)
from worker.domain.message import MessageKey
from worker.mail.automatic import is_automatic
from worker.mail.calendar_answers import is_ours, of_calendar
from worker.mail.own_words import own_words
from worker.mail.received_header import decoded_header
from worker.mail.received_mail import ReceivedMail, take_apart
from worker.mail.recognition import Recognition
from worker.mail.reports import reported

#: Whose decision a mail is when its parts and events say different things: the first of these that one says.
_TELLING = (Answered, ForAPerson, Unreadable, NotForUs)

_STOP = re.compile(r"\s*stop\s+(\S+)\s*", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<([^<>@\s]+)@[^<>\s]+>")


def read_answers(raw: bytes, known: Recognition) -> tuple[Decision, ...]:
    """What this mail means: one answer or more (one for each invitation), or a single other decision.

    Whatever the bytes are, there is a decision.
    """
    try:
        return _decisions(take_apart(raw), raw, known)
    except Exception as error:  # noqa: BLE001 - fuzzed MIME makes the parser raise anything, RecursionError included
        return (Unreadable(type(error).__name__),)


def _decisions(mail: ReceivedMail, raw: bytes, known: Recognition) -> tuple[Decision, ...]:
    certain = reported(mail, raw, known) or _asked_to_stop(mail, known)
    if certain is not None:  # a report may quote our own invitation
        return (certain,)
    asked = _people_asked(mail, known)
    found = [d for calendar in mail.calendars for d in of_calendar(calendar, asked, known)]
    if _only_quotes(mail, found, known):
        return (_wrote(mail, asked, known),)
    for kind in _TELLING:
        telling = tuple(dict.fromkeys(decision for decision in found if isinstance(decision, kind)))
        if telling:
            return _one_for_each_meeting(telling)
    return (_without_calendar(mail, asked, known),)


def _asked_to_stop(mail: ReceivedMail, known: Recognition) -> AskedToStop | None:
    """Whatever program sent it for them: the token stood in their own mail, and in the subject of no other."""
    told = (_STOP.fullmatch(decoded_header(value)) for value in mail.header("subject"))
    return next((way for found in told if found and (way := known.of_way_out(found[1]))), None)


def _one_for_each_meeting(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The same calendar stands in a mail twice, as alternative and as attachment; the first one counts."""
    kept: dict[str, Decision] = {}
    for decision in decisions:
        kept.setdefault(decision.meeting if isinstance(decision, Answered) else "", decision)
    return tuple(kept.values())


def _only_quotes(mail: ReceivedMail, found: list[Decision], known: Recognition) -> bool:
    """Somebody's own words beside a calendar that is no answer: our invitation, or any in an answer to us."""
    nothing = bool(found) and all(decision == NotForUs(Nothing.NOT_A_REPLY) for decision in found)
    if not nothing or mail.claims_an_answer or is_automatic(mail) or not own_words(mail):
        return False
    return _answered_message(mail, known) is not None or any(is_ours(each, known) for each in mail.calendars)


def _without_calendar(mail: ReceivedMail, asked: frozenset[str], known: Recognition) -> Decision:
    if mail.claims_an_answer:
        return Unreadable("a reply without a calendar that can be read")
    return NotForUs(Nothing.AUTOMATIC) if is_automatic(mail) else _wrote(mail, asked, known)


def _wrote(mail: ReceivedMail, asked: frozenset[str], known: Recognition) -> Wrote:
    returned = (known.of_return_path(address) for address in mail.recipients)
    people = asked | {key.person for key in returned if key}
    writer = next(iter(mail.addresses("from")), "")
    return Wrote(
        words=own_words(mail),
        person=next(iter(people)) if len(people) == 1 else "",
        about=_answered_message(mail, known),
        writer=writer,
        claimed=known.of_address(writer) if writer else "",
    )


def _answered_message(mail: ReceivedMail, known: Recognition) -> MessageKey | None:
    """The newest message of ours in its thread (RFC 5322 §3.6.4)."""
    names = [
        name for value in mail.header("references", "in-reply-to") for name in _MESSAGE_ID.findall(value)
    ]
    return next((key for name in reversed(names) if (key := known.of_message_id(name))), None)


def _people_asked(mail: ReceivedMail, known: Recognition) -> frozenset[str]:
    """To whom of our guests the addresses belong that this mail came to."""
    found = (known.of_recipient(address) for address in mail.recipients)
    return frozenset(person for person in found if person)
