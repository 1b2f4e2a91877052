"""A mail that came in, to what it means (RFC 5546, 6047): pure, and never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import getaddresses

from worker.domain.answer import Partstat
from worker.domain.inbound import Answered, Decision, ForAPerson, NotForUs, Nothing, Unreadable, Why
from worker.mail.automatic import is_automatic, is_bounce
from worker.mail.calendar_parts import ReceivedMail, take_apart
from worker.mail.content_lines import CalendarLines, Event
from worker.mail.encoded_word import clean
from worker.mail.recognition import Invited, Recognition

_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")

#: Whose decision a mail is when its parts and events say different things: the first of these that one says.
_TELLING = (Answered, ForAPerson, Unreadable, NotForUs)


def read_answers(raw: bytes, known: Recognition) -> tuple[Decision, ...]:
    """What this mail means: one answer or more (one for each invitation), or a single other decision.

    Whatever the bytes are, there is a decision.
    """
    try:
        return _decisions(take_apart(raw), known)
    except Exception as error:  # noqa: BLE001 - fuzzed MIME makes the parser raise anything, RecursionError included
        return (Unreadable(type(error).__name__),)


def _decisions(mail: ReceivedMail, known: Recognition) -> tuple[Decision, ...]:
    if is_bounce(mail):  # it may quote our own invitation
        return (ForAPerson(Why.BOUNCE),)
    asked = _people_asked(mail, known)
    found = [d for calendar in mail.calendars for d in _of_calendar(calendar, asked, known)]
    for kind in _TELLING:
        telling = tuple(dict.fromkeys(decision for decision in found if isinstance(decision, kind)))
        if telling:
            return _one_for_each_meeting(telling)
    return (_without_calendar(mail),)


def _one_for_each_meeting(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The same calendar stands in a mail twice, as alternative and as attachment; the first one counts."""
    kept: dict[str, Decision] = {}
    for decision in decisions:
        kept.setdefault(decision.meeting if isinstance(decision, Answered) else "", decision)
    return tuple(kept.values())


def _without_calendar(mail: ReceivedMail) -> Decision:
    if mail.claims_an_answer:
        return Unreadable("a reply without a calendar that can be read")
    return NotForUs(Nothing.AUTOMATIC) if is_automatic(mail) else ForAPerson(Why.WORDS)


def _people_asked(mail: ReceivedMail, known: Recognition) -> frozenset[str]:
    """To whom of our guests the addresses belong that this mail came to."""
    addresses = (address for _, address in getaddresses(list(mail.header(*_RECIPIENTS))))
    return frozenset(person for address in addresses if (person := known.of_recipient(address)))


def _of_calendar(calendar: CalendarLines, asked: frozenset[str], known: Recognition) -> Iterable[Decision]:
    match calendar.method:
        case "REPLY" if calendar.events:
            return _of_reply(calendar.events, asked, known)
        case "REPLY" | "":
            return (Unreadable("a calendar without a method or an event that can be read"),)
        case "COUNTER":
            return tuple(_left(Why.COUNTER, event, asked, known) for event in calendar.events)
        case "REFRESH":
            return tuple(_left(Why.ASKS_AGAIN, event, asked, known) for event in calendar.events)
        case _:
            return (NotForUs(Nothing.NOT_A_REPLY),)


def _of_reply(events: tuple[Event, ...], asked: frozenset[str], known: Recognition) -> tuple[Decision, ...]:
    """Our events do not recur: an answer about one date of a series is looked at only where there is no other."""
    whole = tuple(event for event in events if not event.values("RECURRENCE-ID"))
    if not whole:
        return tuple(_left(Why.ONE_INSTANCE, event, asked, known) for event in events)
    return tuple(_of_event(event, asked, known) for event in whole)


def _of_event(event: Event, asked: frozenset[str], known: Recognition) -> Decision:
    who = _who(event, asked, known)
    if isinstance(who, Why):
        return ForAPerson(who)
    own = [line for line in event.lines if line.name == "ATTENDEE" and _is(who, line.value, known)]
    if not own:
        others = event.values("ATTENDEE")
        return (
            ForAPerson(Why.FORWARDED, who.meeting, who.person)
            if others
            else Unreadable("nobody answers in it")
        )
    said = next((line.partstat for line in own if line.partstat), "").lower()
    if said not in frozenset(Partstat):
        return NotForUs(Nothing.NO_ANSWER)
    return Answered(
        meeting=who.meeting,
        person=who.person,
        partstat=Partstat(said),
        sequence=_sequence(event),
        stamp=_stamp(event),
        comment=_comment(event),
    )


def _who(event: Event, asked: frozenset[str], known: Recognition) -> Invited | Why:
    """Both secrets must name the same person where both are there; one is enough."""
    invited = [found for uid in event.values("UID") if (found := known.of_uid(uid))]
    echoed = (known.of_recipient(_address(value)) for value in event.values("ORGANIZER"))
    people = asked | {person for person in echoed if person} | {one.person for one in invited}
    if not people:
        return Why.UNKNOWN_TOKEN
    if len(people) > 1 or len(set(invited)) > 1:
        return Why.CONTRADICTION
    return invited[0] if invited else Invited("", next(iter(people)))


def _left(why: Why, event: Event, asked: frozenset[str], known: Recognition) -> ForAPerson:
    who = _who(event, asked, known)
    return ForAPerson(who) if isinstance(who, Why) else ForAPerson(why, who.meeting, who.person)


def _is(who: Invited, attendee: str, known: Recognition) -> bool:
    return known.of_address(_address(attendee)) == who.person


def _address(value: str) -> str:
    bare = value.strip().strip("<>")
    return bare[7:].strip().strip("<>") if bare.lower().startswith("mailto:") else bare


def _sequence(event: Event) -> int:
    """0 where it is missing (RFC 5545 §3.8.7.4) or no number; a huge one was never sent either."""
    written = next(iter(event.values("SEQUENCE")), "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _stamp(event: Event) -> datetime | None:
    """UTC by RFC 5545 §3.8.7.2, and read so when the Z is missing."""
    written = next(iter(event.values("DTSTAMP")), "").upper().removesuffix("Z")
    try:
        return datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _comment(event: Event) -> str:
    return clean(" ".join(event.values("COMMENT"))[:2000])
