"""An answer of a calendar: which words, in which part, encoding and order, and whose it is."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import replace
from quopri import encodestring

import pytest

from tests.mail.answering import calendar
from tests.mail.read_mails import BY_MAIL, HERS, YES, mailed, read
from worker.domain.answer import Partstat
from worker.domain.inbound import ForAPerson, NotForUs, Nothing, Why, Wrote

FORWARDED = ForAPerson(Why.FORWARDED, YES.meeting, YES.person)


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16le", "utf-32"])
def test_an_answer_in_wide_letters_that_says_so_is_read(encoding: str) -> None:
    kind = f"text/calendar; charset={encoding}; method=REPLY"

    assert read(replace(BY_MAIL, kind=kind).around(calendar(HERS).encode(encoding))) == YES


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_letters_in_another_encoding_than_declared_do_not_lose_the_answer(encoding: str) -> None:
    assert read(BY_MAIL.around(calendar(HERS).encode(encoding))) == YES


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1252"]
)
def test_a_declared_encoding_that_is_true_is_read(encoding: str) -> None:
    declared = replace(BY_MAIL, kind=f"text/calendar; method=REPLY; charset={encoding}")

    assert read(declared.around(calendar(HERS).encode(encoding))) == YES


@pytest.mark.parametrize(
    "written",
    ["mailto:anne%40example.org", "mailto:anne@example.org?subject=Oui", "MAILTO:<Anne@Example.ORG>"],
)
def test_the_address_is_read_however_a_link_may_write_it(written: str) -> None:
    content = calendar(HERS).replace("mailto:anne@example.org", written)

    assert read(BY_MAIL.around(content.encode())) == YES


def test_an_attendee_named_beside_its_value_is_read_and_somebody_else_is_not() -> None:
    for named, meant in (("anne@example.org", YES), ("zoe@example.org", FORWARDED)):
        content = calendar(HERS).replace(":mailto:anne@example.org", f';EMAIL="{named}":urn:uuid:12-34')
        assert read(BY_MAIL.around(content.encode())) == meant
    hidden = calendar(HERS).replace(":mailto:anne", ";EMAIL=anne@example.org:mailto:zoe")
    assert read(BY_MAIL.around(hidden.encode())) == FORWARDED


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
