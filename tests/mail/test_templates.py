"""Our own words: every letter for every kind of reader, read as they would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import product

import pytest

from tests.mail.letters import FOLDER, LANGUAGES, STEPS, kara, ours, reading, seen, sources
from worker.domain.facts import Facts
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.reminders import ORGANIZER_STEPS
from worker.mail.context import context
from worker.mail.front import needs
from worker.mail.rendered import Rendered
from worker.mail.samples import LINKS, samples
from worker.mail.typography import typeset
from worker.mail.vocabulary import vocabulary

ALL = [(step, language) for step, language in product(STEPS, LANGUAGES)]
BANNED = (
    "business|synerg|lead|algorithm|match|opportunit|score|networking|offre|promo|cliquez|click here|urgent"
)


def every(step: str, language: str) -> Iterator[tuple[Facts, Rendered]]:
    needed = needs(sources()[f"{language}/{step}.md.j2"])
    for facts in samples():
        known: dict[str, object] = {
            "next": facts.edition.next,
            "notice": facts.notice,
            "tally": facts.tally,
            "letter": facts.forwarded,
            "partners": facts.partners,
            "described": facts.described,
        }
        there = {"": True, **known, "differs": facts.was, "off": facts.off}[needed]
        if there:
            yield facts, ours().render(step, reading(facts, language), LINKS)


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def letter_of(rendered: Rendered) -> str:
    return rendered.text.split("\n\n———\n\n")[0]


@pytest.mark.parametrize(("step", "language"), ALL)
def test_both_parts_say_the_same_words_and_lead_to_the_same_places(step: str, language: str) -> None:
    for facts, letter in every(step, language):
        page = seen(letter.html)
        body = page.text.split(facts.edition.series.name, 1)[1]

        assert words(re.sub(r"<\S+>", "", letter.text)) == words(body)
        assert re.findall(r"<(\S+)>", letter.text) == page.links


@pytest.mark.parametrize(("step", "language"), ALL)
def test_nothing_is_left_open_or_empty(step: str, language: str) -> None:
    for _, letter in every(step, language):
        assert not re.search(r"[{}\ue000-\uf8ff\U000f0000-\U0010ffff]|None|True|False", letter.text)
        assert "\n\n\n" not in letter.text
        assert not re.search(r"<(p|li|h2)[^>]*>\s*</", letter.html)
        assert "  " not in letter.subject


@pytest.mark.parametrize(("step", "language"), ALL)
def test_the_tone_is_a_hosts(step: str, language: str) -> None:
    for _, letter in every(step, language):
        said = f"{letter.subject}\n{letter_of(letter)}"

        assert "!" not in said
        assert not re.search(rf"\b(?:{BANNED})", said, re.IGNORECASE)
        assert not re.search(r"\w[·.]e\b|\(e\)|\btu\b|\btoi\b|\bton (?!à)|\btes\b", said)


@pytest.mark.parametrize(("step", "language"), ALL)
def test_the_typography_has_nothing_left_to_correct(step: str, language: str) -> None:
    for _, letter in every(step, language):
        prose = "\n".join(
            line for line in letter.text.split("\n") if "apres " not in line and " : " not in line
        )

        assert typeset(prose, language) == prose
        assert "\u202f" not in letter.subject
        assert "'" not in prose


@pytest.mark.parametrize(("step", "language"), ALL)
def test_the_footer_says_who_writes_why_and_how_to_stop(step: str, language: str) -> None:
    for facts, letter in every(step, language):
        footer = letter.text.split("———")[1]

        assert facts.edition.series.postal_address in footer
        assert LINKS.unsubscribe in footer
        assert "CNIL" in footer
        assert step in ORGANIZER_STEPS or "novemb" in footer.casefold()


@pytest.mark.parametrize(("step", "language"), ALL)
def test_the_page_is_small_whole_and_asks_for_nothing_remote(step: str, language: str) -> None:
    for _, letter in every(step, language):
        page = seen(letter.html)
        names = [name for name, _ in page.tags]

        assert len(letter.html.encode()) <= 80_000
        assert ("html", {"lang": language}) in page.tags
        assert names.count("h1") == names.count("title") == 1
        assert f"<title>{letter.subject}</title>" in unescape(letter.html).replace("\u202f", "\u00a0")
        assert not {"img", "script", "link", "iframe", "object", "form"} & set(names)
        assert not re.search(r"url\(|@import|src=", letter.html)
        assert all(attrs.get("role") == "presentation" for name, attrs in page.tags if name == "table")
        assert letter.html.index("<meta charset") < 1024
        assert letter.html.index('class="preheader"') < letter.html.index("<h1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_loyalty_has_three_tones(language: str) -> None:
    letters = [ours().render("thank-you", reading(facts, language), LINKS) for facts in _by_visits()]

    assert len({letter.subject for letter in letters}) == 3
    assert ("Il y a une place pour vous" in letters[0].text) or (
        "There is a place for you" in letters[0].text
    )
    assert "fidélité" in letters[2].text or "five times" in letters[2].text
    assert not any("place pour vous" in letter.text for letter in letters[1:])


def _by_visits() -> list[Facts]:
    return [next(f for f in samples() if f.earlier_visits == n and f.guest.person.name) for n in (0, 1, 4)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_extracts_are_quoted_with_their_authors_only_where_there_is_one(language: str) -> None:
    facts = next(facts for facts in samples() if len(facts.edition.notes.extracts) == 3)

    letter = ours().render("thank-you", reading(facts, language), LINKS)

    quotes = [block for block in letter.text.split("\n\n") if block.startswith("  ")]
    assert [quote.count("—") for quote in quotes] == [1, 0, 1]
    assert "— Maud Tissier" in quotes[0]
    assert letter.html.count("<blockquote") == 3


def test_notes_that_are_not_ready_follow() -> None:
    assert "dès qu’elles seront prêtes" in ours().render("thank-you", kara(), LINKS).text
    assert "as soon as they are ready" in ours().render("thank-you", reading(kara(), "en"), LINKS).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invitation_says_when_and_where_in_words(language: str) -> None:
    for facts, letter in every("invitation", language):
        assert facts.edition.next is not None
        assert facts.edition.next.venue.address in letter.text
        assert ("De 8\u00a0h\u00a030 à 10\u00a0h" in letter.text) or (
            "From 8:30\u00a0am to 10\u00a0am" in letter.text
        )
        assert "2026" in letter_of(letter)
        assert "Oui" in letter.text or "Yes" in letter.text
        assert facts.guest.presence is Presence.PRESENT or not re.search(
            r"manqu|dommage|regret|pity", letter.text
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nudge_for_one_or_two_is_one_screen_long(language: str) -> None:
    for facts, letter in every("nudge", language):
        if len(facts.partners) in {1, 2}:
            assert 90 <= len(words(letter_of(letter))) <= 130


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nudge_names_its_partners_with_a_true_reason_and_no_address(language: str) -> None:
    facts = next(facts for facts in samples() if len(facts.partners) == 2)

    letter = ours().render("nudge", reading(facts, language), LINKS)

    lines = [line for line in letter.text.split("\n") if line.startswith("–")]
    assert "Inès Garçon (santé)" in lines[0]
    assert "open data" in lines[0]
    assert "Théo Lefèvre (énergie)" in lines[1]
    assert "@" not in letter_of(letter)
    assert re.search("Inès (ou|or) Théo", letter.subject)


@pytest.mark.parametrize(("step", "language"), list(product(("ask-presence", "presence-due"), LANGUAGES)))
def test_organizers_get_the_exact_command(step: str, language: str) -> None:
    letter = ours().render(step, reading(kara(), language), LINKS)

    assert '  apres guests mark cafe-2 "présents sauf Luc Martin"' in letter.text.split("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_notice_says_what_happened_and_which_command_to_type(language: str) -> None:
    notices = {facts.notice.kind: letter for facts, letter in every("notice", language) if facts.notice}

    assert set(notices) == set(NoticeKind)
    assert len({letter.subject for letter in notices.values()}) == len(NoticeKind)
    assert all("\n  apres " in letter.text for letter in notices.values())


def test_every_letter_exists_in_every_language() -> None:
    letters = {name for name in sources() if name.endswith(".md.j2") and not name.startswith("_")}

    assert letters == {f"{language}/{step}.md.j2" for step, language in ALL}


def test_the_readme_names_every_value_a_template_may_use() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    known = vocabulary([context("nudge", facts, LINKS, "fr") for facts in samples()])

    missing = [name for name in known if not re.search(rf"`{name}\b", readme)]

    assert missing == []
