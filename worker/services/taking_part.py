"""Whether somebody takes part in an edition's introductions, why not, and to which words they agreed when."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.consent import Statement, fields, in_force
from worker.domain.edition import Edition
from worker.domain.person import Consent, Guest, Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Purpose
from worker.services.introductions import here_now
from worker.services.resting import fallen_silent, resting_of
from worker.services.setting import guests_of
from worker.services.tools import Tools

_NOT_THERE = {
    Presence.ABSENT: Reason.ABSENT,
    Presence.CANCELLED: Reason.CANCELLED_BY_GUEST,
    Presence.UNKNOWN: Reason.PRESENCE_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One person: what keeps them out, or None; their last word on introductions, and the text they had read."""

    guest: Guest
    hindrance: Reason | None = None
    consent: Statement | None = None
    read: str = ""


def part_of(tools: Tools, edition: Edition, person: str) -> Part:
    """From the log of consents and all else that counts. Changes nothing."""
    guest = guests_of(tools, edition, [person])[person]
    known = fields(person, Purpose.INTRODUCTIONS, edition.id)
    said = in_force(tools.store.consents(known).values())
    read = tools.store.wordings().get(said.wording, "") if said else ""
    return Part(guest, _hindrance(tools, edition, guest), said, read)


def _hindrance(tools: Tools, edition: Edition, guest: Guest) -> Reason | None:
    person = guest.person.id
    if guest.presence is not Presence.PRESENT:
        return _NOT_THERE[guest.presence]
    if guest.introduced is not Consent.GIVEN:
        return Reason.NO_CONSENT
    if resting_of(tools, edition, [person]) or fallen_silent(tools, edition, [person]):
        return Reason.RESTING
    return None if here_now(tools, edition, [person]) else Reason.SUPPRESSED
