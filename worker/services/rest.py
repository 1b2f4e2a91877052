"""A pause: nothing for three months, then everything as before. Nobody has to remember it."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from worker.domain.address import normalise
from worker.domain.person import Guest
from worker.domain.suppression import PAUSE, Cause, Suppression
from worker.services.tools import Tools

MONTHS = 3


def rest(tools: Tools, guest: Guest) -> datetime:
    """Nothing from the next gate on, but word of what changed; gives the end. Once more begins it anew."""
    now = tools.store.now()
    pause = Suppression(_fingerprint(tools, guest), Cause.UNSUBSCRIBED, now, PAUSE, until=months_after(now))
    tools.store.suppress(pause)
    return months_after(now)


def end_rest(tools: Tools, guest: Guest) -> None:
    """As before, from now on."""
    tools.store.lift(_fingerprint(tools, guest), PAUSE)


def rests_until(tools: Tools, guest: Guest) -> datetime | None:
    """The end of a pause that stands."""
    field = f"{_fingerprint(tools, guest)}/{PAUSE}"
    found = tools.store.standing([field]).get(field)
    return found.until if found else None


def months_after(moment: datetime, months: int = MONTHS) -> datetime:
    """The same day so many months later; the last of that month where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _fingerprint(tools: Tools, guest: Guest) -> str:
    return tools.fingerprint(normalise(guest.person.address))
