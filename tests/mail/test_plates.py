"""Prepared letters say byte for byte what the full rendering says, whoever was written to before."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.hostile import hostile
from tests.mail.letters import LANGUAGES, STEPS, kara, named, ours, reading, seen, sources
from worker.domain.errors import ComposeFailed
from worker.domain.facts import Facts
from worker.domain.person import Guest, Person, Presence
from worker.mail import markdown
from worker.mail.context import context
from worker.mail.frame import Frame
from worker.mail.front import needs
from worker.mail.links import Links
from worker.mail.mime import text_part
from worker.mail.outline import Blank
from worker.mail.plate import Plate
from worker.mail.rendered import Readable
from worker.mail.rendering import Templates
from worker.mail.samples import LINKS, samples
from worker.mail.slots import Form, mark, visible
from worker.mail.template_names import LetterName
from worker.mail.turn import turn_of

#: Names that would be Jinja, Markdown, HTML, a boundary, a soft line break or a slot, if anything read them.
SHARP = (
    "{{ 7 * 7 }}", "{% if x %}", "[x](http://evil.example)", "**a**", "<b>", "&amp;", "\"'", "--=_0", "=", "=\n", ".",
    " ", "  ", "\u00a0", "\u202f", "\U000f0000", "é", "日本語", "👩🏽‍🚀", "שלום", "x" * 80,
)  # fmt: skip
WORDS = hostile(max_size=60) | st.lists(st.sampled_from(SHARP) | st.text(max_size=9), max_size=9).map("".join)
GUESTS = st.builds(
    Guest,
    st.builds(
        Person, st.just("zoe"), WORDS, WORDS, st.just("zoe@example.org"), st.sampled_from(("fr", "en", "it"))
    ),
    st.sampled_from(Presence),
    organisation=WORDS,
    sector=WORDS,
    interests=st.lists(WORDS, max_size=3).map(tuple),
)


TO_GUESTS = [step for step in STEPS if needs(sources()[f"fr/{step}.md.j2"]) in {"", "next"}]


def plain(step: str, facts: Facts, links: Links = LINKS) -> Readable:
    return Readable.of(ours().render(step, facts, links))


def _has(facts: Facts, needed: str) -> bool:
    """Whether these facts have what a template says it needs."""
    values: dict[str, object] = {
        "": True,
        "next": facts.edition.next,
        "notice": facts.notice,
        "tally": facts.tally,
    }
    values |= {"letter": facts.forwarded, "partners": facts.partners, "described": facts.described}
    return bool({**values, "differs": facts.was, "off": facts.off}[needed])


@pytest.mark.parametrize(("step", "language"), list(product(STEPS, LANGUAGES)))
def test_every_sample_reads_as_rendered_in_any_order(step: str, language: str) -> None:
    needed = needs(sources()[f"{language}/{step}.md.j2"])
    wanted = [reading(facts, language) for facts in samples() if _has(facts, needed)]

    for facts in (*wanted, *reversed(wanted)):
        assert ours().readable(step, facts, LINKS) == plain(step, facts)


@settings(deadline=None)
@given(
    GUESTS,
    st.lists(GUESTS, max_size=3).map(tuple),
    st.integers(0, 14),
    st.sampled_from(TO_GUESTS),
)
def test_any_guest_and_partners_read_as_rendered(
    guest: Guest, partners: tuple[Guest, ...], visits: int, step: str
) -> None:
    facts = replace(kara(), guest=guest, partners=partners, earlier_visits=visits)

    assert ours().readable(step, facts, LINKS) == plain(step, facts)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS)
def test_any_edition_reads_as_rendered_at_once(title: str, venue: str, series: str) -> None:
    edition = kara().edition
    assert edition.next is not None
    following = replace(
        edition.next, title=f"T {title}", venue=replace(edition.next.venue, name=f"V {venue}")
    )
    changed = replace(edition, next=following, series=replace(edition.series, name=f"S {series}"))
    facts = replace(kara(), edition=changed)

    assert ours().readable("invitation", facts, LINKS) == plain("invitation", facts)


@given(
    st.text("aé.= \t\n\r\x0b\u2028日" + mark(0) + mark(1), max_size=400),
    st.lists(WORDS.map(visible).filter(bool), min_size=2, max_size=2),
)
def test_a_plate_is_the_part_of_the_filled_text(text: str, words: list[str]) -> None:
    filled = Plate.of("plain", text).fill(words)

    assert filled == text_part("plain", Form.of(text).fill(words))


def test_one_person_leaves_nothing_for_the_next() -> None:
    first, second = named(kara(), "Anaïs Premier"), named(kara(), "Boris Second")
    fresh = [Templates(sources()).readable("thank-you", facts, LINKS) for facts in (first, second, first)]

    assert [ours().readable("thank-you", facts, LINKS) for facts in (first, second, first)] == fresh


def test_the_same_moment_on_another_wall_reads_otherwise() -> None:
    edition = kara().edition
    assert edition.next is not None
    start, end = (
        moment.astimezone(ZoneInfo("Asia/Tokyo")) for moment in (edition.next.start, edition.next.end)
    )
    moved = replace(kara(), edition=replace(edition, next=replace(edition.next, start=start, end=end)))
    assert moved == kara()

    assert ours().readable("invitation", moved, LINKS) == plain("invitation", moved)
    assert ours().readable("invitation", moved, LINKS) != ours().readable("invitation", kara(), LINKS)


FRONT = "subject: Un mot\npreheader: Un autre.\n\n"
LOOKING = [
    "{% if guest.first_name == 'Zoé' %}\nOh\n{% else %}\nAh\n{% endif %}\n",
    "Pour {{ guest.first_name | default('vous', true) | upper }}\n",
    "Pour {{ (guest.first_name or 'vous') | capitalize }}\n",
    "{% if guest.first_name | length > 3 %}\nlong\n{% else %}\ncourt\n{% endif %}\n",
    "{% if 'Z' in guest.first_name %}\nOh\n{% else %}\nAh\n{% endif %}\n",
    "{{ {'Zoé': 'Oh'}.get(guest.first_name, 'Ah') }}\n",
    "{{ 'Pour ' ~ guest.first_name }}.\n",
    "{% if guest.first_name.upper is defined %}\nOh\n{% else %}\nAh\n{% endif %}\n",
    "{% for letter in guest.first_name %}{{ letter }}{% endfor %}\n\nAh\n",
]


@pytest.mark.parametrize("template", LOOKING)
def test_a_template_may_look_at_the_words_themselves(template: str) -> None:
    frame = {name: text for name, text in sources().items() if name.startswith("_frame/")}
    templates = Templates({**frame, "fr/farewell.md.j2": FRONT + template})

    for name in ("Zoé", "Ana", "zoé", "Maximilien", "Zoé"):
        facts = named(kara(), name)
        assert templates.readable("farewell", facts, LINKS) == Readable.of(
            templates.render("farewell", facts, LINKS)
        )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "x", " "])
def test_a_bad_link_is_refused_after_good_ones(url: str) -> None:
    ours().readable("thank-you", kara(), LINKS)

    with pytest.raises(ComposeFailed, match=r"templates/.*thank-you\.md\.j2: a link must begin|is empty"):
        ours().readable("thank-you", kara(), replace(LINKS, unsubscribe=url))


@given(st.lists(WORDS.map(visible).filter(bool), min_size=5, max_size=5))
def test_styles_fall_on_a_form_as_on_the_filled_letter(values: list[str]) -> None:
    frame, blanks = Frame(sources()), [mark(number) for number in range(5)]
    source = "Bonjour {},\n\n## {}\n\n- **{}** [là](https://example.org)\n\n> {}\n\n---\n\n{}\n".format(
        *blanks
    )
    part, words = (
        markdown.to_html(markdown.read(source, "fr")),
        dict.fromkeys(("language", "subject", "preheader"), "x"),
    )
    escaped = [escape(value) for value in values]

    before = frame.page(words, dict.fromkeys(("letterhead", "body", "footer"), part))
    after = frame.page(words, dict.fromkeys(("letterhead", "body", "footer"), Form.of(part).fill(escaped)))

    assert seen(Form.of(before).fill(escaped)).tags == seen(after).tags
    assert seen(Form.of(before).fill(escaped)).text == seen(after).text


@given(
    GUESTS,
    st.lists(GUESTS, max_size=2).map(tuple),
    st.sampled_from(LANGUAGES),
    st.lists(st.sampled_from(("", "https://example.org/a")) | WORDS, min_size=5, max_size=5),
)
def test_a_turn_has_the_words_of_its_letter_in_their_places(
    guest: Guest, partners: tuple[Guest, ...], language: str, led: list[str]
) -> None:
    facts, own = replace(kara(), guest=guest, partners=partners), list[str]()
    links = Links(led[0], led[1], led[2], rsvp=led[3], introductions=led[4])
    turn = turn_of(LetterName(language, "thank-you"), facts, links, own)
    assert turn

    said = context("thank-you", facts, links, language)
    assert _written(turn.values(facts.edition), own) == said


def _written(value: Any, own: list[str]) -> Any:
    """The value with its words where its blanks are."""
    if isinstance(value, dict):
        return {name: _written(part, own) for name, part in value.items()}
    if isinstance(value, list):
        return [_written(part, own) for part in value]
    return own[ord(value.mark) - ord(mark(0))] if isinstance(value, Blank) else value
