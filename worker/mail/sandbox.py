"""Jinja as organizers may use it: strict, without a way out, every written value a slot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from jinja2 import FunctionLoader, StrictUndefined, TemplateRuntimeError, Undefined, pass_context
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from worker.mail.outline import Blank
from worker.mail.slots import Slots, visible

#: The name under which one rendering finds its slots; no template can write it.
SLOTS = "(slots)"

_FILTERS = ("count", "default", "first", "join", "last", "length", "lower", "upper")
#: None that tells a blank from the word it stands for, as `string` would.
_TESTS = ("defined", "undefined", "none", "odd", "even", "in", "eq", "ne", "lt", "le", "gt", "ge")
_TAG = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
_ALONE = re.compile(rf"^[ \t]*((?:{_TAG}[ \t]*)+)\n", re.MULTILINE | re.DOTALL)
_LINE_MARK = 0x100000
_EMPTY = "this value is empty for some people: put it under {% if … %}"


def sandbox(
    sources: Mapping[str, str], *extensions: type[Extension], written: Callable[..., str] | None = None
) -> ImmutableSandboxedEnvironment:
    """An environment over these sources, by name. Nothing is in it but our values and a few filters.

    `written` says what a value becomes where it is not a slot.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
        undefined=StrictUndefined,
        finalize=written or _to_slot,
        extensions=[LinesOfTheirOwn, *extensions],
        auto_reload=False,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {
        "capitalize": _capitalized
    }
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def _capitalized(words: str) -> str:
    # Jinja's own also writes the rest small, "8 december" and "paris" with it.
    return words[:1].upper() + words[1:]


@pass_context
def _to_slot(context: Context, value: object) -> str:
    if isinstance(value, Undefined):
        return str(value)
    words, slots = words_of(value), context[SLOTS]
    if not isinstance(slots, Slots):
        raise TemplateRuntimeError(_EMPTY)
    return slots.take(words)


def words_of(value: object) -> str:
    """What a template may write of this value: words or a number, and not nothing. TemplateRuntimeError else."""
    if isinstance(value, Blank):
        words = value.mark if value else ""
    elif isinstance(value, bool) or not isinstance(value, str | int):
        raise TemplateRuntimeError("only words and numbers can be written here")
    else:
        words = visible(value)
    if not words:
        raise TemplateRuntimeError(_EMPTY)
    return words


class LinesOfTheirOwn(Extension):
    """A tag alone on its line leaves nothing behind, not even the line; line numbers stay true.

    Jinja's `trim_blocks` also swallows the line's end after a tag *inside* a line, and glues two list items together.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        """Move the line's end into the tag."""
        return _ALONE.sub(_swallow, source)


def _swallow(match: re.Match[str]) -> str:
    tags = match[1].rstrip()
    cut = 3 if tags[-3] in "-+" else 2
    return f"{tags[:-cut]}\n{tags[-cut:]}"


class NumberedLines(Extension):
    """Each line's end tells from which line of the template it came; for proofreading only."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Mark each line's end."""
        for token in stream:
            yield Token(token.lineno, TOKEN_DATA, _marked(token)) if token.type == TOKEN_DATA else token


def _marked(token: Token) -> str:
    first, *rest = token.value.split("\n")
    return first + "".join(f"{chr(_LINE_MARK + token.lineno + n)}\n{line}" for n, line in enumerate(rest))


def unmarked(draft: str) -> tuple[str, tuple[int, ...]]:
    """The draft as it will be, and for each of its lines the template's line (0 where none is known)."""
    lines = draft.split("\n")
    ends = [ord(line[-1]) - _LINE_MARK if line and ord(line[-1]) >= _LINE_MARK else 0 for line in lines]
    return "\n".join(line[:-1] if end else line for line, end in zip(lines, ends, strict=True)), tuple(ends)
