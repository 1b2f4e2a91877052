"""What the mail of a step is: what it is for, and whether it carries a calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed
from worker.domain.follow_ups import FOLLOW_UP_STEPS
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import CalendarPart, Purpose, Sequence
from worker.domain.value import value


@value(frozen=True, slots=True)
class Kind:
    """What a step says of its mails. Mails to organizers carry no campaign headers and no way out."""

    purpose: Purpose
    calendar: CalendarPart = CalendarPart.NONE

    @property
    def is_bulk(self) -> bool:
        """Proactive mails to many; the thank-you answers an act of the person."""
        return self.purpose in {Purpose.INVITATIONS, Purpose.INTRODUCTIONS}


#: From the edition and the name of a step; raises ComposeFailed for a step that there is not.
KindOf = Callable[[Edition, str], Kind]

_TO_ORGANIZERS = Kind(Purpose.ORGANIZERS)
_OURS: Mapping[str, Kind] = {
    "thank-you": Kind(Purpose.THANKS),
    "invitation": Kind(Purpose.INVITATIONS, CalendarPart.REQUEST),
    "nudge": Kind(Purpose.INTRODUCTIONS),
}
_OTHER = Kind(Purpose.INVITATIONS)
#: Steps that belong to no sequence.
_OWN_STEPS = (*CHANGE_STEPS.values(), *FOLLOW_UP_STEPS.values())
_OF_OWN = {step.name: Kind(step.purpose, step.calendar) for step in _OWN_STEPS}


def as_ours(_edition: Edition, step: str) -> Kind:
    """The kind that our own `schedules/cafe.toml` gives a step; any other is an invitation without a calendar.

    That is the kind about whose way out the law is strictest.
    """
    if step in ORGANIZER_STEPS:
        return _TO_ORGANIZERS
    return _OURS.get(step) or _OF_OWN.get(step) or _OTHER


def as_in_schedules(sequence: Callable[[str], Sequence]) -> KindOf:
    """The kind that the edition's own sequence gives a step; `sequence` finds it by name."""

    def kind_of(edition: Edition, step: str) -> Kind:
        if step in ORGANIZER_STEPS:
            return _TO_ORGANIZERS
        if step in _OF_OWN:
            return _OF_OWN[step]
        found = sequence(edition.sequence).step(step)
        if found is None:
            raise ComposeFailed(f"{step!r} is no step of {edition.sequence}.toml: put it back")
        return Kind(found.purpose, found.calendar)

    return kind_of
