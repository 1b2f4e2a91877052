"""A person's own "stop", and their way back: what the link in every mail does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from worker.domain.address import normalise
from worker.domain.consent import PURPOSES
from worker.domain.person import Consent, Guest
from worker.domain.sequence import Purpose
from worker.domain.suppression import EVERYTHING, Cause, Suppression
from worker.mail.tokens import WayOut
from worker.services.choices import decide, ever_given
from worker.services.suppress import replan
from worker.services.tools import Tools


class Extent(StrEnum):
    """How much somebody wants no more: mails of the purpose they clicked in, or any of ours."""

    PURPOSE = "purpose"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a link's holder gets now. `guest` is None when we hold nothing about them any more."""

    guest: Guest | None
    stopped: frozenset[Extent]


def standing(tools: Tools, way: WayOut) -> Standing:
    """What was stopped so far. Changes nothing."""
    guest = _guest(tools, way)
    if guest is None:
        return Standing(None, frozenset())
    fields = {_suppression(tools, way, guest, extent).field: extent for extent in Extent}
    return Standing(guest, frozenset(fields[field] for field in tools.store.standing(fields)))


def withdraw(tools: Tools, way: WayOut, extent: Extent) -> Standing:
    """From the next gate on nothing of this extent reaches them; twice is once. Plans follow with `follow`."""
    guest = _guest(tools, way)
    if guest is not None:
        tools.store.suppress(_suppression(tools, way, guest, extent))
        decide(tools, way.person, _purposes(way, extent), Consent.REFUSED, where="stop")
    return standing(tools, way)


def come_back(tools: Tools, way: WayOut) -> Standing:
    """Lift what this link stopped, and nothing else; their own act, so their own to take back."""
    guest = _guest(tools, way)
    if guest is None:
        return standing(tools, way)
    for extent in Extent:
        refusal = _suppression(tools, way, guest, extent)
        kept = tools.store.standing([refusal.field]).get(refusal.field)
        if kept is not None and kept.cause is Cause.UNSUBSCRIBED:
            tools.store.lift(refusal.fingerprint, refusal.scope)
            again = _purposes(way, extent) & ever_given(tools, way.person)
            decide(tools, way.person, again, Consent.GIVEN, where="stop/back")
    return standing(tools, way)


def follow(tools: Tools) -> None:
    """Let the plans show it, and find others for whoever was to meet them. The gate needed no telling."""
    replan(tools)


def _purposes(way: WayOut, extent: Extent) -> frozenset[Purpose]:
    """None for a mail to organizers: that is no purpose of attendees."""
    return frozenset(purpose for purpose in PURPOSES if extent is Extent.EVERYTHING or purpose == way.purpose)


def _guest(tools: Tools, way: WayOut) -> Guest | None:
    for edition in reversed(tools.store.editions(way.series)):
        found = tools.store.guests(edition.id, [way.person]).get(way.person)
        if found is not None:
            return found
    return None


def _suppression(tools: Tools, way: WayOut, guest: Guest, extent: Extent) -> Suppression:
    fingerprint = tools.fingerprint(normalise(guest.person.address))
    scope = EVERYTHING if extent is Extent.EVERYTHING else f"purpose:{way.purpose}"
    return Suppression(fingerprint, Cause.UNSUBSCRIBED, tools.store.now(), scope)
