"""METHOD:CANCEL: the same UID, a higher SEQUENCE, and nothing that asks for an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

from icalendar import Calendar

from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import cafe, guest
from worker.domain.change import Details, called_off, changed
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.mail.compose import LetterWriter

NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
ANNE = guest("Anne")
BEFORE = cafe(12)
assert BEFORE.next is not None
OFF = replace(BEFORE, next=called_off(BEFORE.next, NOW))
MOVED = replace(
    BEFORE, next=changed(BEFORE.next, Details(start=BEFORE.next.start.replace(hour=9, minute=0)), NOW)
)


def composed(step: str, facts: Facts) -> Letter:
    writer = LetterWriter(IDENTITY, ours())
    return writer.compose(MessageKey("cafe-12", step, "anne"), facts, NOW)


def calendar(letter: Letter) -> tuple[str, Any]:
    parts = [p for p in message_from_bytes(letter.content).walk() if p.get_content_type() == "text/calendar"]
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(parts[0].get_param("method")), Calendar.from_ical(content)


def words(letter: Letter) -> str:
    [part] = [p for p in message_from_bytes(letter.content).walk() if p.get_content_type() == "text/plain"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return " ".join(content.decode().split())


def invited(edition: Edition) -> Any:
    return calendar(composed("invitation", Facts(edition, ANNE)))[1]


def test_a_cafe_that_is_called_off_leaves_every_calendar() -> None:
    [before] = invited(BEFORE).walk("VEVENT")
    letter = composed("cancel-1", Facts(OFF, ANNE, off=BEFORE.next))

    method, told = calendar(letter)

    [event] = told.walk("VEVENT")
    assert (method, str(told["METHOD"])) == ("CANCEL", "CANCEL")
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (str(before["UID"]), 1)
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["DTSTART"].dt == before["DTSTART"].dt
    assert "RSVP" not in event["ATTENDEE"].params
    assert "n’aura pas lieu" in words(letter)


def test_one_person_uninvited_has_no_status_and_a_higher_sequence() -> None:
    letter = composed("uninvite", Facts(MOVED, ANNE, off=MOVED.next))

    [event] = calendar(letter)[1].walk("VEVENT")

    assert "STATUS" not in event
    assert int(event["SEQUENCE"]) == 2
    assert "est retirée" in words(letter)


def test_a_move_says_in_plain_words_from_when_to_when() -> None:
    letter = composed("update-1", Facts(MOVED, ANNE, was=BEFORE.next))

    method, told = calendar(letter)

    [before], [event] = invited(BEFORE).walk("VEVENT"), told.walk("VEVENT")
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 1)
    assert event["UID"] == before["UID"]
    assert event["DTSTART"].dt > before["DTSTART"].dt
    assert "elle passe de 8 h 30 à 9 h, le même jour" in words(letter).replace("*", "")
    assert "Votre réponse valait pour l’ancienne date" in words(letter)


def test_a_new_title_keeps_sequence_and_answer() -> None:
    assert BEFORE.next is not None
    renamed = replace(BEFORE, next=changed(BEFORE.next, Details(title="Oser demander"), NOW))
    letter = composed("update-1", Facts(renamed, ANNE, was=BEFORE.next))

    [event] = calendar(letter)[1].walk("VEVENT")

    assert int(event["SEQUENCE"]) == 0
    assert "« Oser demander »" in words(letter).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Votre réponse reste valable" in words(letter)


def test_the_words_of_a_later_mail_do_not_speak_of_a_cafe_that_was_called_off() -> None:
    assert OFF.upcoming is None
    assert "13" not in words(composed("thank-you", Facts(OFF, ANNE))).partition("———")[0]
