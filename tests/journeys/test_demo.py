"""The dress rehearsal's invitations in the hands of four independent readers, and of two attendees who answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from tests.calendar_judges import JUDGES, opinions
from tests.mail.answering import IDENTITY, KNOWN, SECRETS
from tests.mail.letters import ours
from tests.services.office import office
from worker.adapters.guest_tables import read_table
from worker.demo.attendees import replies
from worker.demo.play import SAMPLE, sample_edition
from worker.domain.answer import Partstat
from worker.domain.edition import Meeting
from worker.domain.facts import Facts
from worker.domain.inbound import Answered
from worker.domain.message import MessageKey
from worker.mail.compose import LetterWriter
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.mail_view import MailView, read_mail
from worker.mail.reading import read_answers
from worker.services.import_guests import import_guests


def invitations() -> tuple[Meeting, list[MailView]]:
    """The sample's guests, imported, each with the invitation that they get."""
    edition, guests = sample_edition(SAMPLE)
    tools = replace(office(), fingerprint=lambda a: fingerprint(a, SECRETS[-1]), person_id=person_id)
    tools.store.save_edition(edition)
    import_guests(tools, edition.id, read_table(guests))
    writer, at = LetterWriter(IDENTITY, ours()), tools.store.now()
    letters = [
        writer.compose(MessageKey(edition.id, "invitation", f"p{number}"), Facts(edition, guest), at)
        for number, guest in enumerate(tools.store.guests(edition.id).values())
    ]
    assert edition.next is not None
    return edition.next, [read_mail(letter.content) for letter in letters]


def agreed(meeting: Meeting, calendars: list[bytes]) -> None:
    """Every reader sees the same moment, in UTC."""
    start = meeting.start.astimezone(UTC)
    for ics in calendars:
        [event] = Calendar.from_ical(ics).walk("VEVENT")
        assert event.start.astimezone(UTC) == start  # type: ignore[attr-defined]
        assert vobject.readOne(ics.decode()).vevent.dtstart.value.astimezone(UTC) == start
    for judge in JUDGES:
        assert {one["start"] for one in opinions(judge, calendars)} == {start.timestamp()}


def test_every_invitation_of_the_sample_is_read_at_its_moment() -> None:
    meeting, mails = invitations()
    calendars = [mail.ics for mail in mails if mail.ics]

    assert len(calendars) == len(mails) == 40
    agreed(meeting, calendars)


def test_two_attendees_answer_with_nothing_but_their_mail() -> None:
    meeting, mails = invitations()

    answers = replies(mails, meeting.start, Partstat.ACCEPTED, Partstat.DECLINED)

    read = [read_answers(answer.mail, KNOWN) for answer in answers]
    said = [(d.meeting, d.partstat) for [d] in read if isinstance(d, Answered)]
    assert said == [(meeting.id, Partstat.ACCEPTED), (meeting.id, Partstat.DECLINED)]


@pytest.mark.exhaustive
def test_the_rehearsal_ends_well_and_its_inbox_is_read_by_all(rehearsed: Path) -> None:
    views = [read_mail(file.read_bytes()) for file in (rehearsed / "inbox" / "new").iterdir()]
    edition, _ = sample_edition(SAMPLE)
    assert edition.next is not None
    agreed(edition.next, [view.ics for view in views if view.ics])
