"""What mail servers report, and what of it is about a message of ours."""

from __future__ import annotations

import pytest

from tests.mail.answering import KNOWN, SECRETS
from tests.mail.reports import KEY, address_of, dsn
from worker.domain.inbound import Bounced, Decision, ForAPerson, NotForUs, Nothing, Why
from worker.mail.reading import read_answers

OURS = address_of(KEY, SECRETS[0])
FORGED = OURS.replace("anne", "bruno")


def read(raw: bytes | str) -> Decision:
    [decision] = read_answers(raw if isinstance(raw, bytes) else raw.encode(), KNOWN)
    return decision


def words(subject: str, text: str, sender: str = "Mailer-Daemon@mx.example.net", *headers: str) -> str:
    return "\r\n".join([f"From: {sender}", f"To: {OURS}", f"Subject: {subject}", *headers, "", text, ""])


@pytest.mark.parametrize(
    ("status", "diagnosis", "told"),
    [
        ("5.1.1", "smtp; 550 5.1.1 user unknown", "5.1.1"),
        ("5.0.0", "smtp; 550 5.2.2 mailbox full", "5.2.2"),
        ("5.0.0", "smtp; 550 no such user here", "5.1.1"),
        ("5.0.0", "smtp; 554 rejected as spam", "5.0.0"),
        ("4.4.7", "smtp; delivery time expired", "4.4.7"),
        ("4.0.0", "smtp; 450 address not found", "4.0.0"),
    ],
)
def test_a_failure_at_our_return_path_is_a_bounce_with_the_most_telling_code(
    status: str, diagnosis: str, told: str
) -> None:
    assert read(dsn(OURS, status=status, diagnosis=diagnosis)) == Bounced(KEY, told)


def test_the_tag_is_found_in_any_case_in_any_header_and_in_what_is_quoted() -> None:
    assert read(dsn(OURS.upper())) == Bounced(KEY, "5.1.1")
    assert read(dsn("bounces@example.org", quoted=f"Return-Path: <{OURS}>")) == Bounced(KEY, "5.1.1")
    assert read(b"X-Original-To: " + OURS.encode() + b"\r\n" + dsn("catch-all@example.org")) == Bounced(
        KEY, "5.1.1"
    )
    assert read(dsn(address_of(KEY, SECRETS[1]))) == Bounced(KEY, "5.1.1")


@pytest.mark.parametrize("to", ["bonjour@example.org", FORGED, OURS.replace("cafe-12", "cafe-13")])
def test_without_our_tag_or_with_a_forged_one_a_person_looks(to: str) -> None:
    assert read(dsn(to)) == ForAPerson(Why.BOUNCE)


@pytest.mark.parametrize(
    ("action", "status", "meaning"),
    [
        ("delayed", "4.4.1", Nothing.DELAYED),
        ("", "4.4.1", Nothing.DELAYED),
        ("delivered", "2.0.0", Nothing.RECEIPT),
        ("relayed", "2.0.0", Nothing.RECEIPT),
    ],
)
def test_a_delay_and_a_receipt_change_nothing(action: str, status: str, meaning: Nothing) -> None:
    assert read(dsn(OURS, action=action, status=status, diagnosis="smtp; 250")) == NotForUs(meaning)


def test_a_reading_receipt_changes_nothing_and_a_complaint_is_for_a_person() -> None:
    receipt = dsn(OURS, kind="report-type=disposition-notification; ")
    plain_receipt = receipt.replace(b"message/delivery-status", b"message/disposition-notification")
    complaint = receipt.replace(b"message/delivery-status", b"message/feedback-report")

    assert read(plain_receipt) == NotForUs(Nothing.RECEIPT)
    assert read(complaint) == ForAPerson(Why.COMPLAINT, person="anne")


@pytest.mark.parametrize(
    ("subject", "text", "status"),
    [
        ("failure notice", "<anne@example.org>:\r\n550 5.1.1 no such user (#5.1.1)", "5.1.1"),
        ("failure notice", "Sorry, no mailbox here by that name. (#5.1.1)", "5.1.1"),
        ("Mail delivery failed", "550 Unknown user anne@example.org", "5.1.1"),
        ("Mail delivery failed", "SMTP error from remote server: 552 mailbox full", "5.0.0"),
        ("Échec de la remise", "Votre message n’a pas pu être remis.", ""),
        ("Unzustellbar: Einladung", "Ihre Nachricht konnte nicht zugestellt werden.", ""),
    ],
)
def test_a_bounce_in_words_is_read_for_its_code(subject: str, text: str, status: str) -> None:
    assert read(words(subject, text)) == Bounced(KEY, status)
    assert read(words(subject, text, "", "Return-Path: <>")) == Bounced(KEY, status)


def test_a_warning_in_words_is_a_delay_and_an_address_of_the_internet_is_no_code() -> None:
    assert read(words("Warning: could not send", "will retry, host 5.1.1.10")) == NotForUs(Nothing.DELAYED)
    assert read(words("Hello", "from host [5.1.1.10], version 5.1.2.3")) == ForAPerson(
        Why.BOUNCE, person="anne"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Gmail will retry for 46 more hours. You’ll be told if the delivery fails permanently: 451 busy",
        "Your message could not be delivered for more than 4 hours. It will be retried until it is 5 days old.",
        "It could not be delivered yet. You do not need to resend your message.",
    ],
)
def test_a_server_that_goes_on_trying_has_not_failed(text: str) -> None:
    assert read(words("Delivery Status Notification (Delay)", text)) == NotForUs(Nothing.DELAYED)


def test_somebody_away_answers_to_the_return_path_and_has_not_bounced() -> None:
    away = words("Automatic reply: Invitation", "550 km away", "anne@example.org", "Return-Path: <>")

    assert read(away) == NotForUs(Nothing.AUTOMATIC)
