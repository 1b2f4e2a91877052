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
    if guest.person.id in circumstances.suppressed:
        return Reason.SUPPRESSED
    if step.calendar is not CalendarPart.NONE and circumstances.edition.next is None:
        return Reason.NO_NEXT_EDITION
    if step.calendar is CalendarPart.CANCEL:
        return None
    if step.calendar is CalendarPart.REQUEST and circumstances.edition.upcoming is None:
        return Reason.CALLED_OFF
    if step.purpose is Purpose.INVITATIONS and guest.person.id in circumstances.uninvited:
        return Reason.UNINVITED
    lacking = circumstances.unconsented.get(guest.person.id)
    return lacking or _not_meant(step, guest, circumstances) or _answered(step, guest, circumstances)


def _not_meant(step: Step, guest: Guest, circumstances: Circumstances) -> Reason | None:
    match step.audience:
        case Audience.PRESENT:
            return _not_there(guest)
        case Audience.MISSED:
            return None if guest.presence in _MISSED else _NOT_MISSED[guest.presence]
        case Audience.INTRODUCED:
            return _not_introduced(guest, circumstances)
        case _:
            return None


def _answered(step: Step, guest: Guest, circumstances: Circumstances) -> Reason | None:
    """What they said that makes this step wait, or pointless. A yes to a date that has moved is none; a no stays."""
    if step.purpose is Purpose.INTRODUCTIONS and guest.person.id in circumstances.writers:
        return Reason.WROTE
    answer, following = circumstances.answers.get(guest.person.id), circumstances.edition.next
    if answer is None or following is None:
        return None
    if Unless.DECLINED in step.unless and answer.partstat in NOT_COMING:
        return Reason.DECLINED
    if Unless.REPLIED in step.unless and not answer.is_about_an_older_date(following.revision_asked):
        return Reason.REPLIED
    return None


_MISSED = frozenset({Presence.ABSENT, Presence.CANCELLED})
_NOT_MISSED = {Presence.PRESENT: Reason.NOT_MISSED, Presence.UNKNOWN: Reason.PRESENCE_UNKNOWN}


def _not_there(guest: Guest) -> Reason | None:
    return {
        Presence.PRESENT: None,
        Presence.ABSENT: Reason.ABSENT,
        Presence.CANCELLED: Reason.CANCELLED_BY_GUEST,
        Presence.UNKNOWN: Reason.PRESENCE_UNKNOWN,
    }[guest.presence]


def _not_introduced(guest: Guest, circumstances: Circumstances) -> Reason | None:
    """Whoever has no partner hears from the host, so a partner is no condition."""
    if guest.introduced is not Consent.GIVEN:
        return Reason.NO_CONSENT
    return Reason.RESTING if guest.person.id in circumstances.resting else _not_there(guest)


def waits_for(kind: GateKind, guest: Guest, edition: Edition) -> bool:
    """Whether a gate of this kind is still closed for this guest."""
    return guest.presence is Presence.UNKNOWN if kind is GateKind.PRESENCE else not edition.notes.ready
