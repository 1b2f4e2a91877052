"""Which meetings the calendar of a series tells of: those to come, moved and called off, and of the last year."""

from __future__ import annotations

from datetime import timedelta

from worker.domain.edition import Edition, Meeting, Series
from worker.domain.errors import Refused
from worker.services.tools import Tools

_REMEMBERED = timedelta(days=366)


def published(tools: Tools, named: str) -> tuple[Series, tuple[Meeting, ...]]:
    """The series of this name, or of this edition, with its meetings in order. Refused when none is known."""
    edition = tools.store.edition(named)
    editions = tools.store.editions(edition.series.id if edition else named)
    if not editions:
        raise Refused(
            f"no edition or series {named!r} is known: give the path of an edition's .toml file once"
        )
    since = tools.store.now() - _REMEMBERED
    meetings = sorted(_meetings(editions).values(), key=lambda meeting: meeting.start)
    return editions[-1].series, tuple(meeting for meeting in meetings if meeting.end > since)


def _meetings(editions: tuple[Edition, ...]) -> dict[str, Meeting]:
    """By id. What invites to a meeting knows its changes; the edition of the meeting itself does not."""
    own = {edition.meeting.id: edition.meeting for edition in editions}
    invited = {edition.next.id: edition.next for edition in editions if edition.next}
    return own | invited
