"""The page around letters, proofread: it fetches nothing, runs nothing, asks for nothing, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from worker.mail.frame import FRAME, INLINED, MEDIA, VALUES
from worker.mail.writing import Stuck, read_tree

_TAGS = "a|applet|audio|base|button|embed|form|frame|iframe|img|input|link|object|picture|script|source|svg|track|video"
_ATTRIBUTES = "src|srcset|href|background|on[a-z]+|http-equiv"
_STYLES = r"url\s*\(|@import|expression\s*\("
_ACTIVE = re.compile(rf"<\s*(?:{_TAGS})\b|\b(?:{_ATTRIBUTES})\s*=|{_STYLES}", re.IGNORECASE)
_ACTIVE_IN_CSS = re.compile(rf"{_STYLES}|<", re.IGNORECASE)


def frame_flaws(
    environment: ImmutableSandboxedEnvironment, sources: Mapping[str, str]
) -> Iterator[tuple[str, int | None, str, str]]:
    """File, line, what stands there, what to do: what the frame's three files may not hold."""
    yield from _strangers(environment, sources[FRAME])
    for name, active in ((FRAME, _ACTIVE), (INLINED, _ACTIVE_IN_CSS), (MEDIA, _ACTIVE_IN_CSS)):
        for number, line in enumerate(sources[name].split("\n"), start=1):
            for found in active.finditer(line):
                yield name, number, found[0], "our mails fetch nothing and run nothing: take it out"


def _strangers(
    environment: ImmutableSandboxedEnvironment, source: str
) -> Iterator[tuple[str, int | None, str, str]]:
    try:
        tree = read_tree(environment, FRAME, source)
    except Stuck as stuck:
        yield FRAME, stuck.line, "Jinja", stuck.why
        return
    names = list(tree.find_all(nodes.Name))
    known = VALUES | {name.name for name in names if name.ctx == "store"}
    for name in names:
        if name.name not in known:
            yield FRAME, name.lineno, name.name, f"known here: {', '.join(sorted(VALUES))}"
    for missing in sorted({"body", "footer"} - {name.name for name in names}):
        yield FRAME, None, missing, f"write {{{{ {missing} }}}} where it belongs"
