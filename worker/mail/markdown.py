"""Markdown as our letters use it (CommonMark, no raw HTML, no images), read once for both parts."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from worker.mail.slots import has_slot, slot_of
from worker.mail.typography import typeset

_SCHEMES = ("https://", "http://", "mailto:")
_GOOD_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+\Z")


class _Reader(MarkdownIt):
    """Lets every link through: `bad_links` judges them, and says so, where markdown-it would print the raw text."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's names
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url if has_slot(url) else super().normalizeLink(url)


_READER = _Reader("commonmark", {"html": False})


def read(source: str, language: str) -> list[Token]:
    """The block tokens of a source, its prose typeset in the language."""
    tokens = _READER.parse(source)
    for token in tokens:
        for child in token.children or []:
            if child.type == "text":
                child.content = typeset(child.content, language)
    return tokens


def to_html(tokens: list[Token]) -> str:
    """The HTML fragment."""
    return str(_READER.renderer.render(tokens, _READER.options, {}))


def links(tokens: list[Token]) -> list[str]:
    """Where the letter leads: URLs, or single slots."""
    children = [child for token in tokens for child in token.children or []]
    return [str(child.attrGet("href")) for child in children if child.type == "link_open"]


def is_good_link(url: str) -> bool:
    """Whether a URL may stand in a mail: http, https or mailto, in one piece."""
    if url.isprintable() and " " not in url:  # then no other space, and no slot
        return url.startswith(_SCHEMES) and url not in _SCHEMES
    return _GOOD_LINK.match(url) is not None and not has_slot(url)


def bad_links(tokens: list[Token]) -> list[str]:
    """The links written in the template itself that may not be sent."""
    return [url for url in links(tokens) if slot_of(url) is None and not is_good_link(url)]


def tree(tokens: list[Token]) -> SyntaxTreeNode:
    """The same as a tree, for those who walk."""
    return SyntaxTreeNode(tokens)
