"""Who a step is for: the reason it is not for somebody, or none."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from worker.domain.answer import NOT_COMING, Answer
from worker.domain.edition import Edition
from worker.domain.person import Consent, Guest, Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Audience, CalendarPart, GateKind, Purpose, Step, Unless


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What besides the guest decides: the edition, who is suppressed for this step.

    `unconsented` are those without a recorded yes to its purpose, and the reason each.
    `answers` are those in force to the invitation to the next edition, by person. `writers` wrote to us and wait for
    an answer.
    `resting` are those for whom introductions rest.
    """

    edition: Edition
    suppressed: Container[str] = frozenset()
    unconsented: Mapping[str, Reason] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    uninvited: Container[str] = frozenset()
    writers: Container[str] = frozenset()
    resting: Container[str] = frozenset()


def hindrance(step: Step, guest: Guest, circumstances: Circumstances) -> Reason | None:
    """Why this step must not go to this guest now, or None. Asked when planning and again before composing.

    An unknown presence hinders only where presence matters; planning waits for it, sending does not.
    """
    person, calendar = guest.person.id, step.calendar
    if person in circumstances.suppressed:
        return Reason.SUPPRESSED
    if calendar is not _NO_CALENDAR and circumstances.edition.next is None:
        return Reason.NO_NEXT_EDITION
    if calendar is _CANCEL:
        return None
    if calendar is _REQUEST and circumstances.edition.upcoming is None:
        return Reason.CALLED_OFF
    if step.purpose is _INVITATIONS and person in circumstances.uninvited:
        return Reason.UNINVITED
    lacking = circumstances.unconsented.get(person)
    return lacking or _not_meant(step, guest, circumstances) or _answered(step, guest, circumstances)


# Every mail is asked about twice: to look a member of an enumeration up by its name takes longer than to compare it.
_NO_CALENDAR, _REQUEST, _CANCEL = CalendarPart.NONE, CalendarPart.REQUEST, CalendarPart.CANCEL
_INVITATIONS, _INTRODUCTIONS = Purpose.INVITATIONS, Purpose.INTRODUCTIONS


def _not_meant(step: Step, guest: Guest, circumstances: Circumstances) -> Reason | None:
    why_not = _WHY_NOT.get(step.audience)
    return why_not(guest, circumstances) if why_not else None


def _answered(step: Step, guest: Guest, circumstances: Circumstances) -> Reason | None:
    """What they said that makes this step wait, or pointless. A yes to a date that has moved is none; a no stays."""
    if step.purpose is _INTRODUCTIONS and guest.person.id in circumstances.writers:
        return Reason.WROTE
    answer, following = circumstances.answers.get(guest.person.id), circumstances.edition.next
    if answer is None or following is None:
        return None
    if Unless.DECLINED in step.unless and answer.partstat in NOT_COMING:
        return Reason.DECLINED
    if Unless.REPLIED in step.unless and not answer.is_about_an_older_date(following.revision_asked):
        return Reason.REPLIED
    return None


_NOT_THERE = {
    Presence.ABSENT: Reason.ABSENT,
    Presence.CANCELLED: Reason.CANCELLED_BY_GUEST,
    Presence.UNKNOWN: Reason.PRESENCE_UNKNOWN,
}
_NOT_MISSED = {Presence.PRESENT: Reason.NOT_MISSED, Presence.UNKNOWN: Reason.PRESENCE_UNKNOWN}


def _not_there(guest: Guest, _circumstances: Circumstances) -> Reason | None:
    return _NOT_THERE.get(guest.presence)


def _not_missed(guest: Guest, _circumstances: Circumstances) -> Reason | None:
    return _NOT_MISSED.get(guest.presence)


def _not_introduced(guest: Guest, circumstances: Circumstances) -> Reason | None:
    """Whoever has no partner hears from the host, so a partner is no condition."""
    if guest.introduced is not Consent.GIVEN:
        return Reason.NO_CONSENT
    return Reason.RESTING if guest.person.id in circumstances.resting else _not_there(guest, circumstances)


_WHY_NOT = {
    Audience.PRESENT: _not_there,
    Audience.MISSED: _not_missed,
    Audience.INTRODUCED: _not_introduced,
}


def waits_for(kind: GateKind, guest: Guest, edition: Edition) -> bool:
    """Whether a gate of this kind is still closed for this guest."""
    return guest.presence is Presence.UNKNOWN if kind is GateKind.PRESENCE else not edition.notes.ready
