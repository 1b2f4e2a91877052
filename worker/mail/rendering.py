"""From facts to a letter in two parts: templates compiled once, shapes kept, values filled in per person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed, InvalidFile
from worker.domain.facts import Facts
from worker.domain.own_draft import OwnDraft
from worker.mail.context import Context, context, walls
from worker.mail.frame import Frame
from worker.mail.front import needs
from worker.mail.links import Links
from worker.mail.loading import DRAFT, normalised, proofread, proofread_draft
from worker.mail.plates import Plates
from worker.mail.rendered import Readable, Rendered
from worker.mail.sandbox import sandbox
from worker.mail.shape import Draft, Unfit, shape
from worker.mail.slots import Slots
from worker.mail.template_names import LETTERHEAD, LetterName, footer, letters
from worker.mail.tracing import traced, tracing, without_gaps
from worker.mail.turn import Turn, turn_of
from worker.mail.writing import Stuck, write, write_source

_DEFAULT_LANGUAGE = "fr"
#: How many shapes are kept: an edition in two languages has some thirty.
_SHAPES = 512
#: Plates weigh some 25 kB each.
_EDITIONS, _PLATES = 4, 64

PlatesOf = Callable[[Turn], Plates | None]


class Templates:
    """The letters of one `templates/` folder, proofread. The same facts give the same letter, byte for byte."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the files' texts by name, below `templates/`; InvalidFile names the first mistake and its line."""
        self._sources = normalised(sources)
        proofread(self._sources)
        self._letters = frozenset(letters(self._sources))
        self._sandbox = sandbox(self._sources)
        frame = Frame(self._sources)
        self._shape = lru_cache(_SHAPES)(lambda draft: shape(draft, frame))
        self._editions = lru_cache(_EDITIONS)(self._plates_of)
        self._latest: tuple[Edition | None, PlatesOf] = (None, lambda _turn: None)
        self._letter = lru_cache(_SHAPES)(self._choose)
        self._tracing = lru_cache(2)(lambda language: tracing(self._sources, language))

    def check_letters(self, steps: Iterable[str], written_in: str) -> None:
        """InvalidFile for the first of these steps that has no letter for somebody who reads neither language."""
        for step in steps:
            if not self._letters & {LetterName(written_in, step), LetterName(_DEFAULT_LANGUAGE, step)}:
                missing = LetterName(_DEFAULT_LANGUAGE, step)
                remedy = f"is missing: write it, or take {step!r} out of the schedule"
                raise InvalidFile(
                    file=f"templates/{missing}", line=None, key="file", value=None, remedy=remedy
                )

    def render(self, step: str, facts: Facts, links: Links) -> Rendered:
        """The letter of a step for one person, in their language, else the edition's, else French.

        ComposeFailed names the template and the line, never a person.
        """
        name, slots = self._letter(step, facts.guest.person.language, facts.edition.language), Slots()
        values = context(step, facts, links, name.language)
        try:
            if facts.draft is not None:
                return self._shape(self._own(name, facts.draft, values, slots)).fill(slots.values)
            return self._shape(self._draft(name, values, slots)).fill(slots.values)
        except Unfit as error:
            raise ComposeFailed(f"templates/{name}: {error}") from None
        except Stuck as error:
            raise ComposeFailed(str(error)) from None

    def readable(self, step: str, facts: Facts, links: Links) -> Readable:
        """As `Readable.of(render(…))`, byte for byte, for the time of what is the person's own."""
        name = self._letter(step, facts.guest.person.language, facts.edition.language)
        own: list[str] = []
        turn = turn_of(name, facts, links, own)
        plates = self._plates(facts.edition)(turn) if turn else None
        if plates is None:
            return Readable.of(self.render(step, facts, links))
        try:
            return plates.fill(own)
        except Unfit as error:
            raise ComposeFailed(f"templates/{name}: {error}") from None

    def _plates(self, edition: Edition) -> PlatesOf:
        latest, plates = self._latest
        if latest is not edition:
            plates = self._editions(edition, walls(edition))
            self._latest = (edition, plates)
        return plates

    def _plates_of(self, edition: Edition, _walls: tuple[str, ...]) -> PlatesOf:
        return lru_cache(_PLATES)(lambda turn: self._cast(edition, turn))

    def _cast(self, edition: Edition, turn: Turn) -> Plates | None:
        """None for a letter whose turns depend on the very words of a person, and for one that cannot be."""
        slots = Slots()
        try:
            draft = self._draft(turn.letter, turn.values(edition), slots)
            return Plates.of(self._shape(draft), slots.values)
        except (Unfit, Stuck):
            return None

    def _choose(self, step: str, reads: str, written_in: str) -> LetterName:
        names = [LetterName(language, step) for language in (reads, written_in, _DEFAULT_LANGUAGE)]
        found = next((name for name in names if name in self._letters), None)
        if found is None:
            raise ComposeFailed(
                f"templates/{names[-1]} is missing: write it, or take {step!r} out of the schedule"
            )
        return found

    def begun(self, step: str, facts: Facts, links: Links) -> str:
        """The letter of a step as Markdown for one person to rewrite; unchanged it says what the template says."""
        name = self._letter(step, facts.guest.person.language, facts.edition.language)
        values = traced(context(step, facts, links, name.language))
        try:
            return without_gaps(write(self._tracing(name.language), str(name), values, Slots()))
        except Stuck as error:
            raise ComposeFailed(str(error)) from None

    def check_draft(self, step: str, facts: Facts, links: Links) -> None:
        """InvalidFile with the line of the first mistake in the facts' draft; `file` is "draft"."""
        name = self._letter(step, facts.guest.person.language, facts.edition.language)
        if facts.draft is not None:
            proofread_draft(facts.draft.text, name.language, context(step, facts, links, name.language))

    def _draft(self, name: LetterName, values: Context, slots: Slots) -> Draft:
        _need(needs(self._sources[str(name)]), values)
        parts = (LETTERHEAD, str(name), footer(name.language))
        return Draft(name.language, *(write(self._sandbox, part, values, slots) for part in parts))

    def _own(self, name: LetterName, own: OwnDraft, values: Context, slots: Slots) -> Draft:
        if own.letter != name.step:
            raise ComposeFailed(
                f"the draft was written in place of {own.letter!r}, and {name.step!r} is due now: "
                "write it anew, or discard it"
            )
        _need(needs(own.text), values)
        try:
            body = write_source(self._sandbox, DRAFT, own.text, values, slots)
        except Stuck as error:
            raise ComposeFailed(
                f"{DRAFT}{f', line {error.line}' if error.line else ''}: {error.why}"
            ) from None
        above, below = (
            write(self._sandbox, part, values, slots) for part in (LETTERHEAD, footer(name.language))
        )
        return Draft(name.language, above, body, below)


def _need(name: str, values: Context) -> None:
    if name and not values.get(name):
        raise Unfit(f"this letter needs {name!r}, and there is none")
