"""Stop writing to an address, or begin again. The last gate reads this; plans follow."""

from __future__ import annotations

from worker.domain.address import normalise
from worker.domain.errors import Refused
from worker.domain.notice import HOUSE
from worker.domain.sequence import Purpose
from worker.domain.suppression import EVERYTHING, THEIR_OWN_ACT, Cause, Suppression
from worker.services.campaign import follow
from worker.services.tools import Tools


def suppress(tools: Tools, address: str, *, scope: str = EVERYTHING, because: str = "") -> Suppression:
    """From now on nothing in this scope goes to this address; one that stands already stays as it is.

    Raises InvalidAddress, and Refused for a scope that is none.
    """
    refusal = Suppression(
        tools.fingerprint(normalise(address)), Cause.BY_HAND, tools.store.now(), _checked(scope), because
    )
    tools.store.suppress(refusal)
    replan(tools)
    return tools.store.standing([refusal.field])[refusal.field]


def unsuppress(tools: Tools, address: str, *, scope: str = EVERYTHING, because: str = "") -> None:
    """Write to this address again. Refused when nothing stands, or when it was the person's own act.

    Somebody who asked to be erased and registers again is a stranger: that needs a reason, and their yes anew.
    """
    fingerprint = tools.fingerprint(normalise(address))
    field = f"{fingerprint}/{_checked(scope)}"
    standing = tools.store.standing([field]).get(field)
    if standing is None:
        raise Refused(f"this address is not suppressed for {scope!r}: nothing to take back")
    if standing.cause in THEIR_OWN_ACT:
        raise Refused(
            "this person asked us not to write: only they can change that, for example by writing to you"
        )
    if standing.cause is Cause.ERASED and not because:
        raise Refused("this person asked to be erased: say why they may be written to again, with --because")
    tools.store.lift(fingerprint, scope, because)
    replan(tools)


def replan(tools: Tools) -> None:
    """The gate needs no telling; but plans should show it, and whoever was to meet this person gets somebody else."""
    for edition_id in tools.store.editions_at_work():
        if edition_id != HOUSE:
            follow(tools, edition_id)


def _checked(scope: str) -> str:
    kind, _, name = scope.partition(":")
    purposes = [str(purpose) for purpose in Purpose]
    if scope == EVERYTHING or (kind == "series" and name) or (kind == "purpose" and name in purposes):
        return scope
    raise Refused(
        f"{scope!r} is no scope: write all, series:<id>, or purpose: and one of {', '.join(purposes)}"
    )
