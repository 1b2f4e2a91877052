"""From facts to a letter: values stay what people typed, mistakes are named with their line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.letters import kara, named, ours, reading, seen, sources
from worker.domain.errors import ComposeFailed, InvalidFile
from worker.domain.person import Presence
from worker.mail.rendering import Templates
from worker.mail.samples import LINKS, samples
from worker.mail.slots import visible

CRAFTED = (
    "[x](http://evil.example)",
    "*a* **b** _c_ `d`",
    "<b>gras</b><script>x</script>",
    "R&D &amp; &lt;",
    "# x",
    "1. x",
    "- x",
    "> x",
    "{{ 7 * 7 }} {% raw %}",
    "a\r\nBcc: b@example.org",
    "\\ \\* ~~~ ---",
    "👩🏽‍🚀🏳️‍🌈 Zoé",
    'a" onclick="x',
    "http://evil.example",
)


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_name_stays_text_in_both_parts(name: str) -> None:
    letter = ours().render("thank-you", named(kara(), name), LINKS)

    assert f"Bonjour {visible(name)}," in letter.text.split("\n")
    assert f"Bonjour {visible(name)}," in seen(letter.html).text.split("\n")

    plain = ours().render("thank-you", named(kara(), "Zoé"), LINKS)
    assert [tag for tag, _ in seen(letter.html).tags] == [tag for tag, _ in seen(plain.html).tags]


@given(st.text(max_size=40).filter(visible))
def test_any_name_is_seen_as_it_was_typed(name: str) -> None:
    letter = ours().render("thank-you", named(kara(), name), LINKS)

    assert letter.text.split("\n")[0] == f"Bonjour {visible(name)},"
    assert f"Bonjour {visible(name)}," in seen(letter.html).text.split("\n")


@given(st.text(max_size=60))
def test_what_is_visible_is_one_line_and_stays_so(text: str) -> None:
    line = visible(text)

    assert visible(line) == line
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")


def test_a_guest_without_a_name_is_greeted_all_the_same() -> None:
    french = ours().render("thank-you", named(kara(), ""), LINKS)
    english = ours().render("thank-you", reading(named(kara(), ""), "en"), LINKS)

    assert french.text.startswith("Bonjour,\n")
    assert english.text.startswith("Hello,\n")


def test_the_language_is_the_readers_then_the_editions_then_french() -> None:
    edition = replace(kara().edition, language="en")

    assert "Bonjour" in ours().render("thank-you", reading(kara(), "it"), LINKS).text
    assert "Dear" in ours().render("thank-you", reading(replace(kara(), edition=edition), "it"), LINKS).text
    assert "Dear" in ours().render("thank-you", reading(kara(), "en"), LINKS).text


def test_the_same_facts_give_the_same_bytes() -> None:
    other = Templates(sources())

    for facts in samples()[::7]:
        assert other.render("thank-you", facts, LINKS) == ours().render("thank-you", facts, LINKS)


def test_a_mailto_way_out_stands_in_both_parts() -> None:
    links = replace(LINKS, unsubscribe="mailto:stop@example.org?subject=stop&body=x", page="")

    letter = ours().render("host", kara(), links)

    assert f"<{links.unsubscribe}>" in letter.text
    assert links.unsubscribe in seen(letter.html).links


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "//x.example", "x"]
)
def test_a_link_to_anything_but_the_web_or_a_mailbox_is_refused(url: str) -> None:
    with pytest.raises(ComposeFailed, match="must begin with https://"):
        ours().render("thank-you", kara(), replace(LINKS, unsubscribe=url))


def test_a_letter_without_what_it_needs_is_refused() -> None:
    facts = replace(kara(), edition=replace(kara().edition, next=None))

    with pytest.raises(ComposeFailed, match=r"templates/fr/invitation\.md\.j2.*'next'"):
        ours().render("invitation", facts, LINKS)


def test_a_step_without_a_template_says_which_file_is_missing() -> None:
    with pytest.raises(ComposeFailed, match=r"templates/fr/farewell\.md\.j2 is missing"):
        ours().render("farewell", kara(), LINKS)


def test_an_absence_changes_the_tone_of_the_invitation() -> None:
    missed = replace(kara(), guest=replace(kara().guest, presence=Presence.CANCELLED))
    unknown = replace(kara(), guest=replace(kara().guest, presence=Presence.UNKNOWN))

    assert "Nous avons pensé à vous" in ours().render("invitation", missed, LINKS).text
    assert ours().render("invitation", unknown, LINKS) == ours().render("invitation", kara(), LINKS)


FRONT = "subject: Un mot\npreheader: Un autre.\n\n"
MISTAKES = [
    ("Bonjour\n", 1, "begin with one line 'subject: …'"),
    ("subject: Un mot\n\nBonjour\n", 1, "begin with one line"),
    (FRONT + "{{ guest.frist_name }}\n", 4, "did you mean 'first_name'"),
    (FRONT + "{{ geust.name }}\n", 4, "did you mean 'guest'"),
    (FRONT + "a\n\n{% if reader == 'nobody' %}\n{{ gone }}\n{% endif %}\n", 7, "known here"),
    (
        FRONT + "{% for extract in notes.extracts %}\n- {{ extract.auteur }}\n{% endfor %}\n",
        5,
        "did you mean 'author'",
    ),
    (FRONT + "a\n\n{% if next %}\nb\n", 7, "needs to be closed is 'if'"),
    (FRONT + "{{ guest.name | shout }}\n", 4, "shout"),
    (FRONT + "a\n\n{{ guest.first_name }}\n", 6, "is empty for some people"),
    (FRONT + "{{ notes }}\n", 4, "only words and numbers"),
    (FRONT + "a\n\nb {{{{ guest }}\n", 6, ""),
    (FRONT + "a }} b\n", 4, "not closed, or opened twice"),
    (
        FRONT + "{% for extract in notes.extracts %}\n- {{ extract.text }}\n\n{% endfor %}\n",
        5,
        "an empty line parts",
    ),
    (
        FRONT + "{% for partner in partners %}\n- {{ partner.name }}\n{% endfor %}\nSuite\n",
        5,
        "became part of it",
    ),
    (FRONT + "a\n\n- {% if guest.name %}{{ guest.name }}{% endif %}\n- b\n", 6, "an item is empty"),
    (FRONT + "a\n\nb\n---\n", 6, "heading"),
    (FRONT + "a\n\n    - b\n", 6, "begin words at the margin"),
    (FRONT + "a\n\n![x](https://x.example/a.png)\n", 6, "no images"),
    (FRONT + "a\n\n[x](javascript:alert)\n", 6, "must begin with https://"),
    (FRONT + "a\n\n[x](https://x.example/{{ series.name }})\n", 6, "must begin with https://"),
    ("needs: nxet\n" + FRONT + "a\n", 1, "known here"),
    (FRONT + "{{ guest.__class__ }}\n", 4, ""),
    (FRONT + "{{ range(3) }}\n", 4, "a call"),
]


def farewell(template: str) -> dict[str, str]:
    """The frame, and this one letter in it."""
    frame = {name: text for name, text in sources().items() if name.startswith("_frame/")}
    return {**frame, "fr/farewell.md.j2": template}


@pytest.mark.parametrize(("template", "line", "remedy"), MISTAKES)
def test_a_mistake_is_found_when_templates_load(template: str, line: int, remedy: str) -> None:
    with pytest.raises(InvalidFile) as refused:
        Templates(farewell(template))

    assert (refused.value.file, refused.value.line) == ("templates/fr/farewell.md.j2", line)
    assert remedy in str(refused.value)


def test_a_missing_frame_is_named() -> None:
    without = {name: text for name, text in sources().items() if name != "_frame/footer.en.md.j2"}

    with pytest.raises(InvalidFile, match=r"templates/_frame/footer\.en\.md\.j2"):
        Templates(without)


WELL_MADE = FRONT + (
    "{% if partners %}\n"
    "  {% for partner in partners %}\n"
    "  - {{ partner.name }}{% if partner.sector %} ({{ partner.sector }}){% endif %}\n"
    "  {% endfor %}\n"
    "{% endif %}\n"
    "\n"
    "Fin, {% if next %}à bientôt{% endif %}\n"
    "{# un mot pour nous #}\n"
    "et merci.\n"
)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_tags_on_lines_of_their_own_leave_one_tight_list_and_one_paragraph(number: int) -> None:
    templates = Templates(farewell(WELL_MADE))
    facts = next(facts for facts in samples() if len(facts.partners) == number)

    letter = templates.render("farewell", facts, LINKS)

    body = letter.text.split("\n\n———")[0].split("\n\n")
    assert [line[:2] for line in body[0].split("\n")] == ["– "] * number
    assert body[1:] == ["Fin, à bientôt et merci."]
    assert letter.html.count("<ul") == 1


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    saved_on_windows = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in sources().items()}

    assert Templates(saved_on_windows).render("host", kara(), LINKS) == ours().render("host", kara(), LINKS)
