"""What the calendars in a mail say (RFC 5546): answers that carry our secret, and what a person should see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import unquote

from worker.domain.answer import Partstat
from worker.domain.inbound import Answered, Decision, ForAPerson, NotForUs, Nothing, Unreadable, Why
from worker.mail.content_lines import CalendarLines, Event
from worker.mail.encoded_word import clean
from worker.mail.recognition import Invited, Recognition


def of_calendar(calendar: CalendarLines, asked: frozenset[str], known: Recognition) -> Iterable[Decision]:
    """One decision for each of its events, or one for all; `asked` are the people whose addresses the mail came to."""
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


def is_ours(calendar: CalendarLines, known: Recognition) -> bool:
    """Whether it speaks of an invitation that we signed."""
    uids = (uid for event in calendar.events for uid in event.values("UID"))
    return any(known.of_uid(uid) for uid in uids)


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
        turn=who.turn or None,
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
    """As written, or written as the address of a link (RFC 6068 §2): no letter of an address may be lost."""
    written = _address(attendee)
    return who.person in {known.of_address(each) for each in (written, unquote(written.partition("?")[0]))}


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
