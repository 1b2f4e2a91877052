"""Attendees of a rehearsal answer in their calendars: made, as calendars do, of nothing but the mail they got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from worker.domain.answer import Partstat
from worker.mail.mail_view import MailView


@dataclass(frozen=True, slots=True)
class Reply:
    """Who answered what, and the mail that their calendar sends."""

    name: str
    said: Partstat
    mail: bytes


def replies(mails: list[MailView], at: datetime, *said: Partstat) -> list[Reply]:
    """One answer each by the first people, in the order of their names, who were invited."""
    invited = sorted((mail for mail in mails if _asks(mail)), key=lambda mail: mail.to)
    return [_reply(mail, answer, at) for mail, answer in zip(invited, said, strict=False)]


def _asks(mail: MailView) -> bool:
    return mail.card is not None and mail.card.method == "REQUEST"


def _reply(mail: MailView, said: Partstat, at: datetime) -> Reply:
    [event] = _events(mail)
    attendee, organizer = event["ATTENDEE"], str(event["ORGANIZER"]).removeprefix("mailto:")
    address, name = str(attendee).removeprefix("mailto:"), str(attendee.params["CN"])
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"] = address, organizer
    answer["Subject"] = f"{said.value.capitalize()}: {event['SUMMARY']}"
    answer["Message-ID"] = f"<{said}.{event['UID']}>"
    answer.set_content(f"{name}: {said.value}\n")
    ics = _calendar(event, address, said, at)
    answer.add_alternative(
        ics, maintype="text", subtype="calendar", params={"method": "REPLY", "charset": "UTF-8"}
    )
    return Reply(name, said, answer.as_bytes())


def _events(mail: MailView) -> list[Any]:
    return Calendar.from_ical(mail.ics or b"").walk("VEVENT")


def _calendar(asked: Any, address: str, said: Partstat, at: datetime) -> bytes:
    calendar, event = Calendar(), Event()
    for name, value in (("PRODID", "-//Attendee//EN"), ("VERSION", "2.0"), ("METHOD", "REPLY")):
        calendar.add(name, value)
    event.add("UID", str(asked["UID"]))
    event.add("SEQUENCE", int(asked["SEQUENCE"]))
    event.add("DTSTAMP", at)
    event["ORGANIZER"] = asked["ORGANIZER"]
    event["ATTENDEE"] = vCalAddress(f"mailto:{address}")
    event["ATTENDEE"].params["PARTSTAT"] = vText(said.value.upper())
    calendar.add_component(event)
    return bytes(calendar.to_ical())
