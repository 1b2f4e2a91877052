"""A template written out for one person as Markdown that can be edited: the beginning of a draft of their own.

What speaks to the reader is written in words. What may still change (dates, places, links, names of others) stays a
value in braces, and so does all that Markdown could take for something else: it is filled in when the mail is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from worker.mail.sandbox import sandbox, words_of
from worker.mail.typography import typeset

#: Values that are written in words: they are of the reader, or of the past.
_SETTLED = frozenset({"guest", "host", "notes"})
# No sign of Markdown's, no web or mail address, and nothing that would begin a list.
_PLAIN = re.compile(r"(?!\d+[.)])(?!.*(?:://|@))[^\W_][^\\`*_\[\]<>&{}#|~=+\n]*")
_GAPS = re.compile(r"\n{3,}")


class Traced(str):
    """A word that knows how a template names it."""

    __slots__ = ("path",)
    path: str

    @classmethod
    def of(cls, words: str, path: str) -> Traced:
        """These words, under this name."""
        made = cls(words)
        made.path = path
        return made


def traced(value: Any, path: str = "") -> Any:
    """The value with each word in it traced; what is not there stays as it is."""
    if isinstance(value, str):
        return Traced.of(value, path) if value else value
    if isinstance(value, dict):
        return {name: traced(part, f"{path}.{name}" if path else name) for name, part in value.items()}
    if isinstance(value, list):
        return [traced(part, f"{path}[{number}]") for number, part in enumerate(value)]
    return value


def tracing(sources: Mapping[str, str], language: str) -> ImmutableSandboxedEnvironment:
    """A sandbox that writes traced values as a person would."""
    environment = sandbox(sources, written=lambda value: _in_a_draft(value, language))
    for name in ("capitalize", "lower", "upper"):
        environment.filters[name] = _still_traced(environment.filters[name], name)
    return environment


def without_gaps(draft: str) -> str:
    """The draft without the empty lines that its template's tags left."""
    return _GAPS.sub("\n\n", draft)


def _still_traced(change: Any, name: str) -> Any:
    def changed(words: str) -> str:
        made = change(words)
        return Traced.of(made, f"{words.path} | {name}") if isinstance(words, Traced) else str(made)

    return changed


def _in_a_draft(value: object, language: str) -> str:
    if isinstance(value, Undefined):
        return str(value)
    words, path = words_of(value), getattr(value, "path", "")
    is_settled = not path or path.replace("[", ".").partition(".")[0] in _SETTLED
    if is_settled and _PLAIN.fullmatch(words) and typeset(words, language) == words:
        return words
    return f"{{{{ {path or _quoted(words)} }}}}"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
