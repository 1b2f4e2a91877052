"""Moments in words, on the clock of the edition."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from worker.cli.speech import language


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """« mardi 8 décembre à 13 h », "Tuesday 8 December at 1 pm"."""
    from worker.mail.dates import day_words, hour_words  # noqa: PLC0415 - Babel is slow to import

    local, spoken = at.astimezone(zone), language()
    return f"{day_words(local.date(), spoken)} {'at' if spoken == 'en' else 'à'} {hour_words(local, spoken)}"


def stamp(at: datetime, zone: ZoneInfo | None) -> str:
    """« 08/12 13:00:05 », for the margin of a list in order of time; "08 Dec" in English, where 08/12 is August.

    Without a zone, on the clock of this machine.
    """
    local = at.astimezone(zone)
    return local.strftime("%d %b %H:%M:%S" if language() == "en" else "%d/%m %H:%M:%S")
