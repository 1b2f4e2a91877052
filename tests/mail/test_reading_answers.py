"""What answers say: several events, numbers and comments, and mails that are no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.mail.answering import KNOWN, Event, calendar, event_for
from tests.mail.read_mails import ANNE, BY_MAIL, HERS, YES, mailed, read
from tests.sample import cafe
from worker.domain.answer import Partstat
from worker.domain.inbound import Decision, ForAPerson, NotForUs, Nothing, Unreadable, Why, Wrote
from worker.mail.reading import read_answers


def test_several_events_answer_several_invitations() -> None:
    later = event_for(cafe(13), ANNE, partstat=";PARTSTAT=DECLINED")
    strange = replace(HERS, uid="other@example.com", attendee="x@example.com")

    found = read_answers(replace(BY_MAIL, to="a@b").around(calendar(strange, HERS, later).encode()), KNOWN)

    assert found == (YES, replace(YES, meeting="cafe-14", partstat=Partstat.DECLINED))


@pytest.mark.parametrize(
    ("bent", "expected"),
    [
        (replace(HERS, sequence="SEQUENCE:2"), replace(YES, sequence=2)),
        (replace(HERS, sequence="SEQUENCE:two"), YES),
        (replace(HERS, sequence=""), YES),
        (replace(HERS, sequence="SEQUENCE:99999999999999999999"), YES),
        (replace(HERS, stamp=""), replace(YES, stamp=None)),
        (replace(HERS, stamp="DTSTAMP:20261399T250000Z"), replace(YES, stamp=None)),
        (replace(HERS, stamp="DTSTAMP;VALUE=DATE-TIME:20261210T101500"), YES),
        (
            replace(HERS, more=("COMMENT;LANGUAGE=fr-FR:Désolée\\, je\\nviens\x1b[31m",)),
            replace(YES, comment="Désolée, je viens [31m"),
        ),
    ],
)
def test_numbers_moments_and_comments_are_read_where_they_can_be(bent: Event, expected: Decision) -> None:
    assert mailed(bent) == expected


@pytest.mark.parametrize("method", ["REQUEST", "PUBLISH", "CANCEL", "ADD", "DECLINECOUNTER", "X"])
def test_any_other_method_changes_nothing(method: str) -> None:
    assert mailed(method=method) == NotForUs(Nothing.NOT_A_REPLY)


def test_without_a_method_the_part_decides_and_without_both_a_person() -> None:
    assert mailed(method="") == YES
    assert isinstance(mailed(post=replace(BY_MAIL, kind="text/calendar"), method=""), Unreadable)


@pytest.mark.parametrize(
    "content", [b"", b"not a calendar", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"]
)
def test_a_reply_that_cannot_be_read_is_kept_as_such(content: bytes) -> None:
    assert isinstance(read(BY_MAIL.around(content)), Unreadable)


def test_an_answer_that_names_nobody_is_unreadable() -> None:
    assert isinstance(mailed(replace(HERS, attendee="")), Unreadable)


def test_ends_that_are_missing_do_not_lose_the_answer() -> None:
    broken = calendar(HERS).replace("END:VEVENT\r\nEND:VCALENDAR\r\n", "")
    two = broken + "BEGIN:VEVENT\r\nUID:other@example.com\r\n"

    assert read(BY_MAIL.around(broken.encode())) == YES
    assert read(BY_MAIL.around(two.encode())) == YES


def test_a_bounce_is_no_answer_even_when_it_quotes_one() -> None:
    report = BY_MAIL.around(calendar(HERS).encode()).replace(b"multipart/alternative", b"multipart/report")

    assert read(report) == ForAPerson(Why.BOUNCE)
    assert read(b"Return-Path: <>\r\nSubject: failed\r\n\r\nno such user\r\n") == ForAPerson(Why.BOUNCE)


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied (vacation)",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Invitation?=",
        "Subject: Automatic reply: Invitation",
        "Subject: Absence du bureau Re: Invitation",
        "Subject: Absence Re: Invitation",
        "Subject: Automatische Antwort: Invitation",
        "Subject: Abwesend: Re: Invitation",
    ],
)
def test_an_automatic_mail_changes_nothing(header: str) -> None:
    assert read(f"From: anne@example.org\r\n{header}\r\n\r\nx\r\n".encode()) == NotForUs(Nothing.AUTOMATIC)


def test_what_a_person_wrote_is_told_with_who_it_is() -> None:
    mail = f"From: anne@example.org\r\nTo: {BY_MAIL.to}\r\nAuto-Submitted: no\r\nSubject: Oui\r\n\r\nJe viens !\r\n"

    anne = ANNE.person.id
    assert read(mail.encode()) == Wrote("Je viens !", anne, None, "anne@example.org", anne)
