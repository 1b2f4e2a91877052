"""What can be wrong with a letter before anybody gets it, said with the line of the draft where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from worker.mail import markdown
from worker.mail.slots import slot_of

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake: the draft's line (from 0), what stands there, what to write instead."""

    line: int
    what: str
    remedy: str


def flaws(source: str, language: str) -> Iterator[Flaw]:
    """The mistakes in a Markdown source, first line first where it can be told."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if _LEFT_OVER.search(line):
            yield Flaw(number, "braces", "a Jinja tag is not closed, or opened twice")
    for node in markdown.tree(markdown.read(source, language)).walk(include_self=False):
        for what, remedy in _flaws_of(node, lines):
            yield Flaw(_line(node), what, remedy)


def _line(node: SyntaxTreeNode) -> int:
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map[0] if node.map else 0


def _flaws_of(node: SyntaxTreeNode, lines: list[str]) -> Iterator[tuple[str, str]]:
    match node.type:
        case "paragraph":
            yield from _flaws_of_paragraph(node, lines)
        case "list_item" if not node.children:
            yield "list", "an item is empty for some people: put the whole line under {% if … %}"
        case "heading" if node.markup in {"=", "-"}:
            yield (
                "heading",
                "a line of dashes made the line above it a heading: write '## …', or leave a line between",
            )
        case "code_block":
            yield (
                "indentation",
                "four spaces make this code: indent the tags if you like, but begin words at the margin",
            )
        case "image":
            yield "image", "our mails carry no images: write a link, or nothing"
        case "link" if slot_of(str(node.attrs["href"])) is None and not markdown.is_good_link(
            str(node.attrs["href"])
        ):
            yield "link", "a link must begin with https://, http:// or mailto:, or be one {{ value }}"
        case _:
            return


def _flaws_of_paragraph(node: SyntaxTreeNode, lines: list[str]) -> Iterator[tuple[str, str]]:
    in_item = node.parent is not None and node.parent.type == "list_item"
    if in_item and not node.hidden:
        yield "list", "an empty line parts these items: take it out, or the list is drawn with gaps"
    if (
        in_item
        and node.map
        and any(not line.startswith(" ") for line in lines[node.map[0] + 1 : node.map[1]])
    ):
        yield "list", "the line after the last item became part of it: leave an empty line between"
