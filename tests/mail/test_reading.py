"""What a mail that comes in means, whatever calendar program wrote it."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import replace
from datetime import UTC, datetime
from quopri import encodestring

import pytest

from tests.mail.answering import IDENTITY, KNOWN, Event, Post, calendar, event_for, person_of, post_of
from tests.sample import cafe
from tests.sample import guest as named
from worker.domain.answer import Partstat
from worker.domain.facts import Facts
from worker.domain.inbound import Answered, Decision, ForAPerson, NotForUs, Nothing, Unreadable, Why, Wrote
from worker.domain.person import Guest
from worker.mail.answers import calendar_uid
from worker.mail.reading import read_answers

CAFE = cafe(12)


def guest(name: str) -> Guest:
    """A guest with the id that the address gives."""
    found = named(name)
    return replace(found, person=replace(found.person, id=person_of(found.person.address)))


ANNE, BRUNO = guest("Anne"), guest("Bruno")
HERS = event_for(CAFE, ANNE)
BY_MAIL = post_of(CAFE, ANNE)
YES = Answered("cafe-13", ANNE.person.id, Partstat.ACCEPTED, 0, datetime(2026, 12, 10, 10, 15, tzinfo=UTC))


def read(raw: bytes) -> Decision:
    [decision] = read_answers(raw, KNOWN)
    return decision


def mailed(event: Event = HERS, post: Post = BY_MAIL, method: str = "REPLY") -> Decision:
    return read(post.around(calendar(event, method=method).encode()))


def test_an_answer_tells_who_what_and_about_which_cafe() -> None:
    assert mailed() == YES


@pytest.mark.parametrize(
    ("partstat", "said"),
    [
        (";PARTSTAT=TENTATIVE", Partstat.TENTATIVE),
        (";PARTSTAT=DECLINED", Partstat.DECLINED),
        (";partstat=accepted", Partstat.ACCEPTED),
        (';PARTSTAT="ACCEPTED"', Partstat.ACCEPTED),
        (';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:marc@example.org"', Partstat.DELEGATED),
        (';X-NAME="Anne;PARTSTAT=DECLINED', Partstat.DECLINED),
        (";X-EMPTY;PARTSTAT=TENTATIVE", Partstat.TENTATIVE),
    ],
)
def test_the_word_is_read_in_any_case_and_from_a_broken_line(partstat: str, said: Partstat) -> None:
    assert mailed(replace(HERS, partstat=partstat)) == replace(YES, partstat=said)


@pytest.mark.parametrize("partstat", ["", ";PARTSTAT=NEEDS-ACTION", ";PARTSTAT=X-MAYBE-LATER"])
def test_a_missing_or_unknown_word_changes_nothing(partstat: str) -> None:
    assert mailed(replace(HERS, partstat=partstat)) == NotForUs(Nothing.NO_ANSWER)


@pytest.mark.parametrize(
    "kind",
    [
        "text/calendar; charset=UTF-8",
        "text/calendar; method=REPLY; charset=nonsense",
        "text/calendar; charset=ISO-8859-1; method=REPLY",
        'application/ics; name="reply.ics"',
        'application/octet-stream; name="meeting.ics"',
        'text/plain; name="reply.ics"',
    ],
)
def test_the_calendar_is_found_in_any_part(kind: str) -> None:
    assert mailed(post=replace(BY_MAIL, kind=kind)) == YES


@pytest.mark.parametrize("encoding", ["8bit", "7bit", "binary", "quoted-printable", "nonsense"])
def test_the_calendar_is_found_in_any_encoding(encoding: str) -> None:
    written = calendar(HERS).encode()
    content = encodestring(written) if encoding == "quoted-printable" else written

    assert read(replace(BY_MAIL, encoding=encoding).around(content)) == YES


def test_base64_that_is_none_and_base64_twice_over_are_seen_through() -> None:
    written, plain = calendar(HERS).encode(), replace(BY_MAIL, encoding="7bit")
    wrongly_declared = replace(plain, extra=("Content-Transfer-Encoding: base64",))

    assert read(BY_MAIL.around(encodebytes(written))) == YES
    assert read(plain.around(encodebytes(written))) == YES
    assert read(wrongly_declared.around(written)) == YES


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_letters_in_another_encoding_than_declared_do_not_lose_the_answer(encoding: str) -> None:
    assert read(BY_MAIL.around(calendar(HERS).encode(encoding))) == YES


@pytest.mark.parametrize("end", ["\n", "\r", "\r\r\n", "\r\n\r\n"])
def test_line_ends_of_any_kind_are_read(end: str) -> None:
    assert read(BY_MAIL.around(calendar(HERS).replace("\r\n", end).encode())) == YES


def test_a_fold_inside_a_letter_and_long_folded_uids_are_read() -> None:
    folded = calendar(replace(HERS, uid=HERS.uid[:30] + "\r\n " + HERS.uid[30:])).encode()

    assert (
        read(BY_MAIL.around(folded.replace("é".encode(), "é".encode()[:1] + b"\r\n " + "é".encode()[1:])))
        == YES
    )


def test_deeper_parts_are_looked_into() -> None:
    inner = BY_MAIL.around(calendar(HERS).encode()).partition(b"MIME-Version: 1.0\r\n")[2]
    head = f"From: anne@example.org\r\nTo: {BY_MAIL.to}\r\nMIME-Version: 1.0\r\n"
    middle = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"

    assert read((head + middle).encode() + inner + b"\r\n--b--\r\n") == YES


def test_a_calendar_inside_winmail_dat_is_found() -> None:
    tnef = (
        b"\x78\x9f\x3e\x22\x01\x00\x02\x0f\x80\x06\x00"
        + calendar(HERS).encode()
        + b"\x12\x34\x00\xff\r\nUID:x"
    )
    post = replace(BY_MAIL, kind="application/ms-tnef; name=winmail.dat")

    assert read(post.around(tnef)) == YES
    assert isinstance(read(post.around(b"\x78\x9f\x3e\x22 nothing of the kind")), Wrote)


def test_an_answer_of_outlook_has_no_organizer_and_one_of_google_is_automatic() -> None:
    google = replace(BY_MAIL, headers=("Auto-Submitted: auto-generated", "Precedence: bulk"))

    assert "ORGANIZER" not in calendar(HERS)
    assert mailed(post=google) == YES


def test_the_attendees_of_an_alarm_say_nothing() -> None:
    alarm = ("BEGIN:VALARM", "ATTENDEE;PARTSTAT=DECLINED:mailto:anne@example.org", "END:VALARM")

    assert mailed(replace(HERS, before=alarm)) == YES


def test_case_is_not_looked_at_in_tokens_and_addresses() -> None:
    shouting = replace(HERS, uid=HERS.uid.upper(), attendee="ANNE@Example.org")

    assert mailed(shouting, replace(BY_MAIL, to=BY_MAIL.to.upper())) == YES


def test_a_uid_that_exchange_wrapped_is_unwrapped() -> None:
    wrapped = (
        "040000008200E00074C5B7101A82E008" + (b"vCal-Uid\x01\0\0\0" + HERS.uid.encode() + b"\0").hex().upper()
    )

    assert mailed(replace(HERS, uid=wrapped)) == YES


def test_each_secret_alone_is_enough() -> None:
    foreign_address = replace(BY_MAIL, to="bonjour@cafe.example.org")
    foreign_uid = replace(HERS, uid="0B0A0C@calendar.example.com")

    assert mailed(post=foreign_address) == YES
    assert mailed(foreign_uid) == replace(YES, meeting="")
    echoed = replace(foreign_uid, more=(f"ORGANIZER;CN=Café:MAILTO:{BY_MAIL.to}",))
    assert mailed(echoed, foreign_address) == replace(YES, meeting="")


@pytest.mark.parametrize("spoiled", ["", "x", "7f3c9a", "é"])
def test_a_forged_or_foreign_token_is_left_to_a_person(spoiled: str) -> None:
    foreign = replace(BY_MAIL, to=f"rsvp+{ANNE.person.id}.{spoiled}@cafe.example.org")
    uid = f"cafe-13.{ANNE.person.id}.{spoiled}@cafe.example.org"

    assert mailed(replace(HERS, uid=uid), foreign) == ForAPerson(Why.UNKNOWN_TOKEN)


def test_the_token_of_another_use_opens_nothing() -> None:
    token = BY_MAIL.to.partition("+")[2].partition("@")[0]

    assert mailed(replace(HERS, uid=f"{token}@x"), replace(BY_MAIL, to="a@b")) == ForAPerson(
        Why.UNKNOWN_TOKEN
    )


def test_an_invitation_given_again_is_told_by_its_own_uid() -> None:
    again = calendar_uid(IDENTITY, Facts(CAFE, ANNE, turn=2), "cafe-13")

    assert again.split("@")[0] != HERS.uid.split("@")[0]
    assert mailed(replace(HERS, uid=again)) == replace(YES, turn=2)
    forged = replace(HERS, uid=again.replace(".2.", ".3."))
    assert mailed(forged, replace(BY_MAIL, to="a@b")) == ForAPerson(Why.UNKNOWN_TOKEN)


def test_two_secrets_of_two_people_decide_nothing() -> None:
    assert mailed(post=post_of(CAFE, BRUNO)) == ForAPerson(Why.CONTRADICTION)
    assert mailed(replace(HERS, uid=event_for(CAFE, BRUNO).uid)) == ForAPerson(Why.CONTRADICTION)


def test_an_answer_of_somebody_else_to_my_invitation_is_left_to_a_person() -> None:
    forwarded = ForAPerson(Why.FORWARDED, "cafe-13", ANNE.person.id)

    assert mailed(replace(HERS, attendee="marc@example.org")) == forwarded
    both = replace(HERS, attendee="marc@example.org", more=("ATTENDEE;PARTSTAT=ACCEPTED:anne@example.org",))
    assert mailed(both) == YES


def test_another_time_is_proposed_to_a_person() -> None:
    assert mailed(method="COUNTER") == ForAPerson(Why.COUNTER, "cafe-13", ANNE.person.id)
    assert mailed(method="REFRESH") == ForAPerson(Why.ASKS_AGAIN, "cafe-13", ANNE.person.id)


def test_an_answer_about_one_date_of_a_series_is_left_to_a_person() -> None:
    once = replace(HERS, more=("RECURRENCE-ID:20270112T073000Z",))

    assert mailed(once) == ForAPerson(Why.ONE_INSTANCE, "cafe-13", ANNE.person.id)
    whole_too = calendar(once, replace(HERS, partstat=";PARTSTAT=DECLINED"))
    assert read(BY_MAIL.around(whole_too.encode())) == replace(YES, partstat=Partstat.DECLINED)


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
    ],
)
def test_an_automatic_mail_changes_nothing(header: str) -> None:
    assert read(f"From: anne@example.org\r\n{header}\r\n\r\nx\r\n".encode()) == NotForUs(Nothing.AUTOMATIC)


def test_what_a_person_wrote_is_told_with_who_it_is() -> None:
    mail = f"From: anne@example.org\r\nTo: {BY_MAIL.to}\r\nAuto-Submitted: no\r\nSubject: Oui\r\n\r\nJe viens !\r\n"

    anne = ANNE.person.id
    assert read(mail.encode()) == Wrote("Je viens !", anne, None, "anne@example.org", anne)
