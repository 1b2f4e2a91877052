"""Proofread every template when the folder is loaded, on invented people of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from jinja2.sandbox import ImmutableSandboxedEnvironment

from worker.domain.errors import InvalidFile
from worker.domain.own_draft import with_even_lines
from worker.mail.context import Context, context, reader
from worker.mail.frame import FRAME, INLINED, MEDIA
from worker.mail.frame_proofread import frame_flaws
from worker.mail.front import needs, read_front
from worker.mail.proofread import flaws
from worker.mail.samples import LINKS, samples
from worker.mail.sandbox import NumberedLines, sandbox, unmarked
from worker.mail.slots import Slots, has_slot
from worker.mail.template_names import LETTERHEAD, LetterName, footer, letters
from worker.mail.vocabulary import Vocabulary, unknown_names, vocabulary
from worker.mail.writing import Stuck, read_tree, write

_RESERVED = "take out what lies between U+F0000 and U+FFFFD: it stands for values here"
#: How a draft is called where a template would be named.
DRAFT = "draft"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def normalised(sources: Mapping[str, str]) -> dict[str, str]:
    """The sources with LF at each line's end, the last one too, and no byte order mark."""
    return {name: with_even_lines(text) for name, text in sources.items()}


def proofread(sources: Mapping[str, str]) -> None:
    """InvalidFile with file and line for the first mistake that any reader of any letter would meet."""
    names = letters(sources)
    _check_files(sources, names)
    environment = sandbox(sources, NumberedLines)
    for flaw in frame_flaws(environment, sources):
        _refuse(*flaw)
    for language in sorted({name.language for name in names}):
        desk = _Desk(environment, language, tuple(context("", facts, LINKS, language) for facts in samples()))
        known = vocabulary(desk.people)
        own = [name for name in names if name.language == language]
        for file in (LETTERHEAD, footer(language), *map(str, own)):
            _check_names(environment, file, sources[file], known)
        for name in own:
            _check_letter(desk, name, needs(sources[str(name)]))


def proofread_draft(text: str, language: str, values: Context) -> None:
    """InvalidFile for the first mistake in what somebody wrote for one reader, with these values; `file` is DRAFT."""
    try:
        _check_characters(DRAFT, text)
        environment = sandbox({DRAFT: text}, NumberedLines)
        _check_names(environment, DRAFT, text, _known(language))
        _check_draft(DRAFT, write(environment, DRAFT, values, Slots()), language)
    except Stuck as stuck:
        raise InvalidFile(file=DRAFT, line=stuck.line, key="Jinja", value=None, remedy=stuck.why) from None
    except InvalidFile as error:
        raise InvalidFile(
            file=DRAFT, line=error.line, key=error.key, value=error.value, remedy=error.remedy
        ) from None


@lru_cache(maxsize=2)
def _known(language: str) -> Vocabulary:
    return vocabulary(context("", facts, LINKS, language) for facts in samples())


def _check_files(sources: Mapping[str, str], names: Iterable[LetterName]) -> None:
    wanted = {FRAME, INLINED, MEDIA, LETTERHEAD, *(footer(name.language) for name in names)}
    for missing in sorted(wanted - set(sources)):
        _refuse(missing, None, "file", "is missing")
    for name, text in sources.items():
        _check_characters(name, text)


def _check_characters(name: str, text: str) -> None:
    if has_slot(text):
        _refuse(name, None, "character", _RESERVED)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        _refuse(name, line, "character", f"take out U+{ord(control[0]):04X}, which nobody sees")


def _refuse(name: str, line: int | None, key: str, remedy: str) -> NoReturn:
    raise InvalidFile(file=f"templates/{name}", line=line, key=key, value=None, remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One language, and the people on whom its letters are tried."""

    environment: ImmutableSandboxedEnvironment
    language: str
    people: tuple[Context, ...]


def _check_names(
    environment: ImmutableSandboxedEnvironment, name: str, source: str, known: Vocabulary
) -> None:
    needed = needs(source)
    if needed and needed not in known:
        _refuse(name, 1, f"needs: {needed}", f"known here: {', '.join(sorted(known))}")
    try:
        tree = read_tree(environment, name, source)
    except Stuck as stuck:
        _refuse(stuck.name, stuck.line, "Jinja", stuck.why)
    for line, unknown, remedy in unknown_names(tree, known):
        _refuse(name, line, unknown, remedy)


def _check_letter(desk: _Desk, letter: LetterName, needed: str) -> None:
    people = [person for person in desk.people if not needed or person[needed]]
    around = {"step": letter.step, "reader": reader(letter.step)}
    for name in (str(letter), LETTERHEAD, footer(desk.language)):
        try:
            drafts = {write(desk.environment, name, {**person, **around}, Slots()) for person in people}
        except Stuck as stuck:
            _refuse(stuck.name, stuck.line, "Jinja", stuck.why)
        for draft in sorted(drafts):
            _check_draft(name, draft, desk.language)


def _check_draft(name: str, marked: str, language: str) -> None:
    draft, lines = unmarked(marked)
    body, above = draft, 0
    if not name.startswith("_frame/"):
        front = read_front(draft)
        if isinstance(front, str):
            _refuse(name, 1, "front", front)
        body, above = front.body, front.body_line
    for flaw in flaws(body, language):
        known = [line for line in lines[above + flaw.line :] if line]
        _refuse(name, known[0] if known else None, flaw.what, flaw.remedy)
