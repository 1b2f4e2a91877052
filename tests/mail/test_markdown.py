"""One Markdown source, two parts: the same words and the same links."""

from __future__ import annotations

import pytest

from worker.mail import markdown
from worker.mail.plaintext import to_text

NARROW, FIXED = "\u202f", "\u00a0"


def text_of(source: str) -> str:
    return to_text(markdown.tree(markdown.read(source, "fr")))


def html_of(source: str) -> str:
    return markdown.to_html(markdown.read(source, "fr"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("un\ndeux", "un deux"),
        ("un\\\ndeux", "un\ndeux"),
        ("un\n\ndeux", "un\n\ndeux"),
        ("*un* **deux** `trois`", "un deux trois"),
        ("# Titre\n\ntexte", "Titre\n\ntexte"),
        ("- un\n- deux", "– un\n– deux"),
        ("- un\n\n- deux", "– un\n\n– deux"),
        ("3. un\n4. deux", "3. un\n4. deux"),
        ("- un\n  - deux\n- trois", "– un\n  – deux\n– trois"),
        ("> un\n> deux", "  un deux"),
        ("```\napres todo\n\n  x\n```", "  apres todo\n\n    x"),
        ("---", "———"),
        ("[mot](https://x.example)", "mot <https://x.example>"),
        ("<https://x.example>", "https://x.example"),
        ("[a@example.org](mailto:a@example.org)", "a@example.org"),
        ("<b>gras</b>", "<b>gras</b>"),
        ("&eacute;t\\*", "ét*"),
    ],
)
def test_plain_text_reads_as_the_letter_does(source: str, text: str) -> None:
    assert text_of(source) == text


def test_prose_is_typeset_and_code_is_not() -> None:
    assert text_of("Oui ? `a ? b`") == f"Oui{NARROW}? a ? b"
    assert html_of("**Note :** l'avis") == f"<p><strong>Note{FIXED}:</strong> l’avis</p>\n"


def test_html_in_the_source_is_text() -> None:
    assert html_of("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_links_are_listed_in_order() -> None:
    tokens = markdown.read("[a](https://a.example)\n\n- <mailto:b@example.org>", "fr")

    assert markdown.links(tokens) == ["https://a.example", "mailto:b@example.org"]


@pytest.mark.parametrize("url", ["https://x.example", "http://x.example/a?b=c#d", "mailto:a@example.org"])
def test_the_web_and_mailboxes_are_good_links(url: str) -> None:
    assert markdown.is_good_link(url)


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://x", "javascript:x", "https://a b", "https://a\nb", " https://a", "HTTPS"]
)
def test_everything_else_is_not(url: str) -> None:
    assert not markdown.is_good_link(url)
