"""One template and its values to Markdown, or the place where it got stuck."""

from __future__ import annotations

import traceback
from collections.abc import Mapping

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from worker.mail.grammar import LONGEST_SOURCE, foreign
from worker.mail.sandbox import SLOTS
from worker.mail.slots import Slots


class Stuck(Exception):
    """A template that could not be written out: its name, the line, and why."""

    def __init__(self, name: str, line: int | None, why: str) -> None:
        """Keep the place for the sentence that a person will read."""
        self.name, self.line, self.why = name, line, why
        super().__init__(f"templates/{name}{f', line {line}' if line else ''}: {why}")


def write(
    environment: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, object], slots: Slots
) -> str:
    """The Markdown of one template; its values are left in `slots`. Stuck when it cannot be written."""
    try:
        return environment.get_template(name).render({**values, SLOTS: slots})
    except TemplateSyntaxError as error:
        raise Stuck(error.name or name, error.lineno, error.message or "not Jinja") from None
    except Exception as error:  # noqa: BLE001 - an expression fails with whatever Python knows: the template's mistake
        raise Stuck(name, _line(error, name), str(error)) from None


def write_source(
    environment: ImmutableSandboxedEnvironment,
    name: str,
    source: str,
    values: Mapping[str, object],
    slots: Slots,
) -> str:
    """The same of a source that is no file; it is read first, for whoever wrote it."""
    read_tree(environment, name, source)
    try:
        code = environment.compile(source, name, name)
        written = environment.template_class.from_code(environment, code, environment.globals)
        return written.render({**values, SLOTS: slots})
    except Exception as error:  # noqa: BLE001 - likewise
        raise Stuck(name, _line(error, name), str(error)) from None


def read_tree(environment: ImmutableSandboxedEnvironment, name: str, source: str) -> nodes.Template:
    """The template as Jinja's tree. Stuck when it is not Jinja, or no letter's."""
    if len(source) > LONGEST_SOURCE:
        raise Stuck(name, None, f"longer than the {LONGEST_SOURCE:,} characters that a letter may have")
    try:
        tree = environment.parse(source, name, name)
    except TemplateSyntaxError as error:
        raise Stuck(name, error.lineno, error.message or "not Jinja") from None
    except (RecursionError, ValueError) as error:
        raise Stuck(name, None, f"cannot be read: {type(error).__name__}, make it simpler") from None
    for strange in foreign(tree):
        raise Stuck(name, strange.line, f"{strange.what}: {strange.remedy}")
    return tree


def _line(error: Exception, name: str) -> int | None:
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == name), None)
