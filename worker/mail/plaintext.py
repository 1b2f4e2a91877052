"""The same letter as plain text: same words, same order, same links.

A paragraph is one line, however long: every client folds it to its own width, where hard breaks at 72 columns are
ragged on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, repeat

from markdown_it.tree import SyntaxTreeNode

_DASH = "–"
_RULE = "———"


def to_text(root: SyntaxTreeNode) -> str:
    """The plain text of a tree: blocks parted by an empty line, LF, no line's end at the end."""
    return _blocks(root.children)


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "\n\n".join(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "bullet_list":
            return _list(node, repeat(_DASH))
        case "ordered_list":
            return _list(node, (f"{number}." for number in count(int(node.attrs.get("start", 1)))))
        case "blockquote":
            return _indented(_blocks(node.children), "  ")
        case "fence":
            return _indented(node.content.rstrip("\n"), "  ")
        case "hr":
            return _RULE
        case _:
            return "".join(_inline(child) for child in node.children)


def _list(node: SyntaxTreeNode, marks: Iterable[str]) -> str:
    items = [f"{mark} {_item(item)}" for mark, item in zip(marks, node.children, strict=False)]
    return ("\n" if _is_tight(node) else "\n\n").join(items)


def _item(node: SyntaxTreeNode) -> str:
    parting = "\n" if _is_tight(node) else "\n\n"
    return _indented(parting.join(_block(child) for child in node.children), "  ").removeprefix("  ")


def _is_tight(node: SyntaxTreeNode) -> bool:
    return all(paragraph.hidden for paragraph in node.walk() if paragraph.type == "paragraph")


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            return _link(node)
        case "text" | "code_inline":
            return node.content
        case _:
            return "".join(_inline(child) for child in node.children)


def _link(node: SyntaxTreeNode) -> str:
    url = str(node.attrs["href"])
    words = "".join(_inline(child) for child in node.children)
    return words if url in {words, f"mailto:{words}"} else f"{words} <{url}>"
