"""From facts to a letter in two parts: templates compiled once, shapes kept, values filled in per person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from worker.domain.errors import ComposeFailed
from worker.domain.facts import Facts
from worker.mail.context import context
from worker.mail.frame import Frame
from worker.mail.front import needs
from worker.mail.links import Links
from worker.mail.loading import normalised, proofread
from worker.mail.rendered import Rendered
from worker.mail.sandbox import sandbox
from worker.mail.shape import Draft, Unfit, shape
from worker.mail.slots import Slots
from worker.mail.template_names import LETTERHEAD, LetterName, footer, letters
from worker.mail.writing import Stuck, write

_DEFAULT_LANGUAGE = "fr"
#: How many shapes are kept: an edition in two languages has some thirty.
_SHAPES = 512


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

    def render(self, step: str, facts: Facts, links: Links) -> Rendered:
        """The letter of a step for one person, in their language, else the edition's, else French.

        ComposeFailed names the template and the line, never a person.
        """
        name, slots = self._choose(step, facts), Slots()
        try:
            return self._shape(self._draft(name, facts, links, slots)).fill(slots.values)
        except Unfit as error:
            raise ComposeFailed(f"templates/{name}: {error}") from None
        except Stuck as error:
            raise ComposeFailed(str(error)) from None

    def _choose(self, step: str, facts: Facts) -> LetterName:
        wanted = (facts.guest.person.language, facts.edition.language, _DEFAULT_LANGUAGE)
        names = [LetterName(language, step) for language in wanted]
        found = next((name for name in names if name in self._letters), None)
        if found is None:
            raise ComposeFailed(
                f"templates/{names[-1]} is missing: write it, or take {step!r} out of the schedule"
            )
        return found

    def _draft(self, name: LetterName, facts: Facts, links: Links, slots: Slots) -> Draft:
        values = context(name.step, facts, links, name.language)
        needed = needs(self._sources[str(name)])
        if needed and not values.get(needed):
            raise Unfit(f"this letter needs {needed!r}, and there is none")
        parts = (LETTERHEAD, str(name), footer(name.language))
        return Draft(name.language, *(write(self._sandbox, part, values, slots) for part in parts))
