"""What a letter's template may be made of. Anything else is refused, whoever wrote it and whatever it would do.

The sandbox keeps a template from what is not its own; this keeps it small. Without multiplication, macros or calls it
always comes to an end, and how much it can write at most is reckoned before it is run (CVE-2024-56326 and its like
need a call; `'a' * 10**9` needs none, and Jinja would reckon it while compiling).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

#: Characters that a template's source, and a letter, may have at most; and how deep tags and brackets may nest.
LONGEST_SOURCE, LONGEST_LETTER, _DEEPEST = 100_000, 1_000_000, 24
#: What a value of ours is reckoned at, and how many items a list of ours.
_WORD, _ITEMS = 100, 20

_MAY_BE = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign,
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Dict, nodes.Pair, nodes.List, nodes.Tuple,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.CondExpr,
    nodes.Add, nodes.Sub, nodes.Neg, nodes.Concat, nodes.Filter, nodes.Test,
)  # fmt: skip
_NAMES = {
    nodes.Call: "a call",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.FilterBlock: "filter … endfilter",
    nodes.AssignBlock: "set … endset",
    nodes.With: "with",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Mod: "%",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Pos: "+",
    nodes.Slice: "a slice",
}
_INSTEAD = "letters are made of if, for, set, values and filters (templates/README.md)"


@dataclass(frozen=True, slots=True)
class Foreign:
    """What has no place in a letter: its line, what it is, what to do."""

    line: int
    what: str
    remedy: str


def foreign(template: nodes.Template) -> Iterator[Foreign]:
    """Each thing of which letters are not made; when there is none, what would make the letter endless."""
    found = list(_foreign(template, 0))
    yield from found
    if not found:
        yield from _endless(template)


def _foreign(node: nodes.Node, depth: int) -> Iterator[Foreign]:
    if depth > _DEEPEST:
        yield Foreign(node.lineno, "nesting", f"more than {_DEEPEST} deep: make it simpler")
        return
    if not _belongs(node):
        yield Foreign(node.lineno, _NAMES.get(type(node), type(node).__name__.lower()), _INSTEAD)
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield Foreign(node.lineno, node.attr, "names of values do not begin with _")
    for child in node.iter_child_nodes():
        yield from _foreign(child, depth + 1)


def _belongs(node: nodes.Node) -> bool:
    match node:
        case nodes.Call(node=nodes.Getattr(attr="get")):
            return not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        case nodes.For():
            return not node.recursive
        case _:
            return isinstance(node, _MAY_BE)


class _TooLong(Exception):
    """Raised at the line where a letter would become longer than any may be."""


def _endless(template: nodes.Template) -> Iterator[Foreign]:
    try:
        _written(template.body, {}, 1)
    except _TooLong as where:
        much = f"could make a letter of more than {LONGEST_LETTER:,} characters: loop over fewer things"
        yield Foreign(int(str(where)), "length", much)


def _written(body: list[nodes.Node], known: dict[str, int], times: int) -> int:
    """How much these could write at most, each `times` times. What they set is added to `known`."""
    total = 0
    for node in body:
        total += _grown(node, known, times)
        if total > LONGEST_LETTER:
            raise _TooLong(node.lineno)
    return total


def _grown(node: nodes.Node, known: dict[str, int], times: int) -> int:
    match node:
        case nodes.Assign():
            size = _size(node.node, known)
            known.update({name.name: size for name in _names(node.target)})
            return size
        case nodes.For():
            inner = {**known, **{name.name: _size(node.iter, known) for name in _names(node.target)}}
            return _written(node.body, inner, times * _items(node.iter, known)) + _written(
                node.else_, dict(known), times
            )
        case nodes.If():
            branches = [node.body, *(other.body for other in node.elif_), node.else_]
            return _size(node.test, known) + sum(_written(branch, known, times) for branch in branches)
        case _:
            return _size(node, known) * times


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    return iter([target]) if isinstance(target, nodes.Name) else target.find_all(nodes.Name)


def _size(node: nodes.Node, known: Mapping[str, int]) -> int:
    match node:
        case nodes.TemplateData():
            return len(node.data)
        case nodes.Const():
            return len(str(node.value))
        case nodes.Name():
            return known.get(node.name, _WORD)
        case nodes.Filter(name="join"):
            parts = [_size(child, known) for child in node.iter_child_nodes()]
            return parts[0] * max(1, sum(parts[1:]))
        case _:
            return 1 + sum(_size(child, known) for child in node.iter_child_nodes())


def _items(node: nodes.Node, known: Mapping[str, int]) -> int:
    """How often a loop over this may go round."""
    match node:
        case nodes.List() | nodes.Tuple() | nodes.Dict():
            return len(node.items)
        case nodes.Name():
            return known.get(node.name, _ITEMS)
        case nodes.Getattr():
            return _ITEMS
        case _:
            return max(_ITEMS, _size(node, known))
