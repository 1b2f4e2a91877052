"""Reading received mail: the values of a good one, and something to show of any bytes at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sample_mails import INVITE, invitation, plain_mail
from worker.mail.calendar_card import read_card
from worker.mail.listed_mail import listed
from worker.mail.mail_view import read_mail

GOOD = invitation().as_bytes()


def test_the_parts_and_headers_of_an_invitation_are_read() -> None:
    view = read_mail(b"Return-Path: <b@example.org>\r\nDelivered-To: zoe@example.org\r\n" + GOOD)

    assert (view.return_path, view.delivered_to) == ("b@example.org", "zoe@example.org")
    assert (view.to, view.subject) == ("Zoé Lambert <zoe@example.org>", "Notre prochain Café")
    assert view.date == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    assert view.text == "Bonjour Ana,\n\nMerci d’être venue hier.\n"
    assert view.ics == INVITE.encode()


def test_the_card_is_in_the_event_s_own_zone() -> None:
    card = read_card(INVITE.encode())

    assert card is not None
    assert card.starts == datetime(2026, 12, 10, 8, 30, tzinfo=ZoneInfo("Europe/Paris"))
    assert (card.method, card.sequence, card.uid) == ("REQUEST", 0, "cafe-2.k7f3@example.org")
    assert card.organizer == "Café des Essais <cafe@example.org>"
    assert card.attendees == ("Zoé Lambert <zoe@example.org>",)


@pytest.mark.parametrize(
    "start", ["DTSTART;VALUE=DATE:20261210", "DTSTART;VALUE=DATE:20261210\r\nDURATION:P1D"]
)
def test_a_whole_day_and_a_duration_are_read_too(start: str) -> None:
    card = read_card(
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{start}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    )

    assert card is not None
    assert card.starts == date(2026, 12, 10)
    assert card.ends in {None, date(2026, 12, 11)}


def test_a_forwarded_mail_is_not_mistaken_for_the_message_itself() -> None:
    report = plain_mail()
    report.make_mixed()
    report.add_attachment(invitation())

    assert read_mail(report.as_bytes()).ics is None


def test_a_mail_is_found_by_words_without_their_accents() -> None:
    line = listed("n", datetime(2026, 11, 24, tzinfo=UTC), read_mail(GOOD))

    assert line.tells_of("zoe CAFÉ")
    assert not line.tells_of("zoe thé")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_view(raw: bytes) -> None:
    view = read_mail(raw)

    assert view.raw == raw
    (view.subject + view.to + (view.text or "")).encode()


@given(st.integers(0, len(GOOD)), st.integers(0, 60), st.binary(max_size=40))
def test_a_damaged_invitation_gives_a_view(start: int, length: int, instead: bytes) -> None:
    raw = GOOD[:start] + instead + GOOD[start + length :]

    assert read_mail(raw).raw == raw


@given(st.integers(0, len(INVITE)), st.integers(0, 60), st.text(max_size=40))
def test_a_damaged_calendar_gives_a_card_or_none(start: int, length: int, instead: str) -> None:
    damaged = INVITE[:start] + instead + INVITE[start + length :]

    card = read_card(damaged.encode())

    assert card is None or isinstance(card.title, str)


def test_a_calendar_part_that_is_a_path_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ics"
    secret.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:secret\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    assert read_card(str(secret).encode()) is None
