"""The names a template may use, read off sample values, and those it uses without knowing them.

A name in a branch that no sample takes would else wait for its person to be found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from jinja2 import nodes

#: A name's members by name; of a list, those of its items under "[]". A plain value has none.
Vocabulary = Mapping[str, "Vocabulary"]

_ITEM = "[]"


def vocabulary(values: Iterable[object]) -> Vocabulary:
    """All the names in any of the values."""
    members: dict[str, list[object]] = {}
    for value in values:
        for name, member in _members(value):
            members.setdefault(name, []).append(member)
    return {name: vocabulary(found) for name, found in members.items()}


def _members(value: object) -> Iterable[tuple[str, object]]:
    if isinstance(value, dict):
        return value.items()
    return ((_ITEM, item) for item in value) if isinstance(value, list) else ()


def unknown_names(template: nodes.Template, known: Vocabulary) -> Iterator[tuple[int, str, str]]:
    """For each name the template uses and does not know: its line, the name, what to write instead."""
    own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    for name in template.find_all(nodes.Name):
        if name.name not in own and name.name not in known and name.name != "loop":
            yield name.lineno, name.name, _remedy(name.name, known)
    named = dict(known)
    for loop in template.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name):
            named[loop.target.name] = _meaning(loop.iter, named).get(_ITEM, {})
    for member in template.find_all(nodes.Getattr):
        owner = _meaning(member.node, named)
        if owner and _ITEM not in owner and member.attr not in owner and not hasattr(dict, member.attr):
            yield member.lineno, f"{_spelled(member.node)}.{member.attr}", _remedy(member.attr, owner)


def _meaning(node: nodes.Node, named: Vocabulary) -> Vocabulary:
    match node:
        case nodes.Name():
            return named.get(node.name, {})
        case nodes.Getattr():
            return _meaning(node.node, named).get(node.attr, {})
        case nodes.Getitem():
            return _meaning(node.node, named).get(_ITEM, {})
        case _:
            return {}


def _spelled(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else "…"


def _remedy(name: str, known: Vocabulary) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(sorted(known))}"
