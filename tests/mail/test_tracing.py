"""A template as Markdown for one person: unchanged it says what the template says, and it can be read and changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.mail.letters import LANGUAGES, kara, named, ours, reading, sources
from worker.domain.facts import Facts
from worker.domain.own_draft import OwnDraft
from worker.mail.front import needs
from worker.mail.rendering import Templates
from worker.mail.samples import LINKS, samples
from worker.mail.tracing import Traced

STEPS = ("ask", "host", "invitation", "nudge", "reminder", "thank-you")
CRAFTED = (
    "*Zoé*",
    "{{ 7 * 7 }}",
    "[x](http://evil.example)",
    "<b>Zoé",
    "1. Zoé",
    "a_b_c",
    'Zoé "\\" #}',
    "O'Neil",
)


def _wanted(step: str, language: str) -> list[Facts]:
    """Every kind of person who can get this letter."""
    needed = needs(sources()[f"{language}/{step}.md.j2"])
    found = [reading(facts, language) for facts in samples() if facts.notice is None]
    return [facts for facts in found if not needed or _has(facts, needed)]


def _has(facts: Facts, needed: str) -> bool:
    return bool(
        {"next": facts.edition.next, "partners": facts.partners, "described": facts.described}[needed]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_unchanged_it_is_the_letter_of_the_template_for_everybody(step: str, language: str) -> None:
    people = _wanted(step, language)

    for facts in people[:: max(1, len(people) // 12)]:
        own = replace(facts, draft=OwnDraft(step, ours().begun(step, facts, LINKS)))

        ours().check_draft(step, own, LINKS)
        assert ours().render(step, own, LINKS) == ours().render(step, facts, LINKS)


def test_the_reader_is_addressed_in_words_and_what_may_change_stays_a_value() -> None:
    draft = ours().begun("invitation", named(kara(), "Zoé"), LINKS)

    assert "Bonjour Zoé,\n" in draft
    assert "{{ next.day }}" in draft
    assert "({{ links.rsvp }})" in draft
    assert "## {{ next.date | capitalize }}" in draft
    assert "{%" not in draft
    assert "\n\n\n" not in draft


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_name_stays_the_value_that_it_is(name: str) -> None:
    facts = named(kara(), name)
    draft = ours().begun("thank-you", facts, LINKS)

    own = ours().render("thank-you", replace(facts, draft=OwnDraft("thank-you", draft)), LINKS)
    assert own == ours().render("thank-you", facts, LINKS)
    assert "Bonjour {{ guest.first_name }},\n" in draft


def test_what_a_template_makes_of_a_value_is_kept_where_it_cannot_be_named() -> None:
    words = "subject: a\npreheader: b\n\n{{ guest.name ~ '*\"' }} {{ edition.title | upper }}\n"
    templates = Templates({**sources(), "fr/made.md.j2": words})
    facts = named(kara(), "Zoé")

    draft = templates.begun("made", facts, LINKS)

    assert '{{ "Zoé*\\"" }} {{ edition.title | upper }}' in draft
    own = replace(facts, draft=OwnDraft("made", draft))
    assert templates.render("made", own, LINKS) == templates.render("made", facts, LINKS)


def test_a_traced_word_is_a_word() -> None:
    word = Traced.of("Zoé", "guest.name")

    assert (word, word.path, word.upper()) == ("Zoé", "guest.name", "ZOÉ")
