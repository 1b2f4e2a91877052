"""The edition after the last one: same series, organizers, language and sequence; nothing planned, nothing armed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from worker.domain.campaign import Status
from worker.domain.edition import Edition, Meeting, Notes
from worker.domain.errors import Refused
from worker.ports import Store


def clone(store: Store, edition: Edition, start: datetime | None = None) -> Edition:
    """The Café it invites to as an edition of its own, or the next number at `start`. Keeps and arms nothing.

    Refused without either, and when that edition has a campaign already.
    """
    meeting = _meeting(edition, start)
    if store.campaign(meeting.id).status is not Status.DRAFT:
        status = store.campaign(meeting.id).status
        raise Refused(f"{meeting.id} is {status} already; see: apres status {meeting.id}")
    return replace(edition, meeting=meeting, notes=Notes(), next=None)


def _meeting(edition: Edition, start: datetime | None) -> Meeting:
    this, following = edition.meeting, edition.next
    if following is not None and not following.called_off and start is None:
        return replace(following, revision=0, past=())
    if start is None:
        raise Refused(f"{edition.id} invites to nothing: add [next] to its file, or say when: --start")
    number = max(this.number, following.number if following else 0) + 1
    name = f"{edition.series.id}-{number}"
    return Meeting(name, number, this.title, start, start + (this.end - this.start), this.venue)
