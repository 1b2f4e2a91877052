"""A letter that was rewritten for one person: it is held to what every letter is held to, and keeps its frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from tests.mail.answering import IDENTITY
from tests.mail.letters import kara, named, ours, seen, unprepared
from worker.domain.circle import Circle
from worker.domain.errors import ComposeFailed, InvalidFile, WouldTell
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.mail.compose import LetterWriter
from worker.mail.samples import LINKS

AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
FRONT = "subject: Un mot pour vous\npreheader: Rien que pour vous.\n\n"
HOSTILE = (
    ("{{ ''.__class__ }}", 4),
    ("Bonjour,\n\n{% for x in 'ab' %}{{ x }}{% endfor %}\n{{ guest.mro() }}", 7),
    ("{% include '_frame/frame.html.j2' %}", 4),
    ("{{ 'a' * 10 }}", 4),
    ("Bonjour {{ guest.first_nam }},", 4),
    ("Bonjour,\n\n{{ guest.first_name", 6),
    ("Bonjour,\n\n[ici](javascript:alert(1))", 6),
    ("Bonjour,\n\n![pixel](https://t.example/p.png)", 6),
    ("Bonjour,\n\n    {% if next %}", 7),
    ("Bonjour\x07", 4),
)


def own(facts: Facts, body: str, step: str = "thank-you") -> Facts:
    return replace(facts, draft=OwnDraft(step, f"{FRONT}{body}\n"))


def refusal(facts: Facts, step: str = "thank-you") -> InvalidFile:
    with pytest.raises(InvalidFile) as refused:
        ours().check_draft(step, facts, LINKS)
    return refused.value


@pytest.mark.parametrize(("body", "line"), HOSTILE)
def test_a_hostile_or_broken_draft_is_refused_with_its_line(body: str, line: int) -> None:
    assert (refusal(own(kara(), body)).file, refusal(own(kara(), body)).line) == ("draft", line)


def test_what_was_never_proofread_is_not_written_all_the_same() -> None:
    for body in ("{{ ''.__class__ }}", "{% include '_frame/frame.html.j2' %}", "{{ nobody }}"):
        with pytest.raises(ComposeFailed, match=r"^draft, line 4: "):
            ours().render("thank-you", own(kara(), body), LINKS)


def test_without_lines_for_the_inbox_it_is_no_letter() -> None:
    bare = replace(kara(), draft=OwnDraft("thank-you", "Bonjour Zoé,\n"))

    assert refusal(bare).line == 1


def test_values_in_it_stay_what_people_typed() -> None:
    letter = ours().render("thank-you", own(named(kara(), "<b>*Zoé*"), "Bonjour {{ guest.name }},"), LINKS)

    assert "Bonjour <b>*Zoé*," in letter.text
    assert "Bonjour <b>*Zoé*," in seen(letter.html).text


@pytest.mark.parametrize("writer", [LetterWriter(IDENTITY, ours()), unprepared(IDENTITY)])
def test_the_way_out_the_frame_and_the_calendar_stay(writer: LetterWriter) -> None:
    facts = own(kara(), "Venez, {{ next.day }} : je compte sur vous.", "invitation")

    mail = message_from_bytes(
        writer.compose(MessageKey("cafe-12", "invitation", "zoe"), facts, AT).content, policy=policy.default
    )

    text = mail.get_body(("plain",))
    page = mail.get_body(("html",))
    [calendar] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert text
    assert page
    assert mail["Subject"] == "Un mot pour vous"
    assert "je compte sur vous" in text.get_content()
    assert "mailto:" in mail["List-Unsubscribe"]
    assert "stop%20" in text.get_content()
    assert facts.edition.series.postal_address in seen(page.get_content()).text.replace("\u00a0", " ")
    assert Calendar.from_ical(calendar.get_content()).walk("VEVENT")[0]["SEQUENCE"] == 0


def test_it_tells_of_nobody_else() -> None:
    other = replace(kara().guest, person=replace(kara().guest.person, id="ines", name="Inès Garçon"))
    circle = Circle(kara().edition, [kara().guest, other])
    facts = replace(own(kara(), "Inès Garçon vous salue."), circle=circle)

    with pytest.raises(WouldTell, match="ines"):
        LetterWriter(IDENTITY, ours()).compose(MessageKey("cafe-2", "thank-you", "kari"), facts, AT)


def test_it_stands_for_the_letter_that_it_was_written_from_and_for_no_other() -> None:
    with pytest.raises(ComposeFailed, match="in place of 'ask', and 'host' is due now"):
        ours().render("host", own(kara(), "Bonjour,", "ask"), LINKS)
