"""What organizers do to a Café that people are invited to: move it, rename it, call it off, un-invite somebody."""

from __future__ import annotations

from dataclasses import replace

from worker.domain.change import Details, called_off, changed
from worker.domain.changes_told import UNINVITE, seat_name
from worker.domain.edition import Edition, Meeting
from worker.domain.errors import Refused
from worker.domain.message import MessageKey
from worker.services.campaign import follow
from worker.services.invitations import Invitation
from worker.services.telling import has_left
from worker.services.tools import Tools


def change(tools: Tools, invited: Invitation, details: Details) -> Meeting:
    """Make it so; whoever holds an older state is told once, with the latest. Refused when nothing would differ."""
    _refuse_what_is_over(tools, invited.meeting)
    after = changed(invited.meeting, details, tools.store.now())
    if after == invited.meeting:
        raise Refused(f"{invited.meeting.id} is so already: nothing to change")
    if after.end <= after.start or after.start <= tools.store.now():
        raise Refused(f"{invited.meeting.id} must begin in the future and end after it begins")
    _keep(tools, invited, after)
    return after


def call_off(tools: Tools, invited: Invitation) -> Meeting:
    """It does not take place: whoever holds an invitation is told, their calendar drops it. Never taken back."""
    _refuse_what_is_over(tools, invited.meeting)
    after = called_off(invited.meeting, tools.store.now())
    _keep(tools, invited, after)
    return after


def uninvite(tools: Tools, invited: Invitation, person: str) -> None:
    """One person is expected no more: told so if their invitation left, and not invited otherwise."""
    _refuse_what_is_over(tools, invited.meeting)
    tools.store.uninvite(invited.edition.id, person, tools.store.now())
    follow(tools, invited.edition.id)


def invite_again(tools: Tools, invited: Invitation, person: str) -> None:
    """Take an un-invitation back; whoever was told of it gets a new invitation. Refused for whoever is invited.

    Who was not told yet keeps the invitation that they have, or gets it in its time.
    """
    _refuse_what_is_over(tools, invited.meeting)
    seat = tools.store.seats(invited.edition.id, [person]).get(person)
    if seat is None or not seat.taken:
        raise Refused(f"this person is invited to {invited.meeting.id} already: nothing to take back")
    dropped = has_left(tools, MessageKey(invited.edition.id, seat_name(UNINVITE, seat.turn), person))
    tools.store.invite_again(invited.edition.id, person, tools.store.now(), seat.turn + dropped)
    follow(tools, invited.edition.id)


def from_file(tools: Tools, read: Edition) -> Edition:
    """An edition as its file says, with what the file cannot know: which changes its invitations went through.

    Another hour, place or title in the file is a change like any other.
    """
    known = tools.store.edition(read.id)
    if known is None or known.next is None or read.next is None or known.next.id != read.next.id:
        return read
    wanted = Details(read.next.title, read.next.start, read.next.end, read.next.venue)
    if known.next.called_off:
        return replace(read, next=known.next)
    return replace(read, next=changed(known.next, wanted, tools.store.now()))


def _refuse_what_is_over(tools: Tools, meeting: Meeting) -> None:
    if meeting.called_off:
        raise Refused(f"{meeting.id} was called off: give the next Café another number")
    if meeting.start <= tools.store.now():
        raise Refused(f"{meeting.id} has begun: its calendars cannot be changed any more")


def _keep(tools: Tools, invited: Invitation, after: Meeting) -> None:
    """The snapshot first: what is composed from now on says the latest, and the plan tells it to everybody else."""
    tools.store.save_edition(replace(invited.edition, next=after))
    follow(tools, invited.edition.id)
    own = tools.store.edition(after.id)
    if own is not None:
        here = replace(own.meeting, title=after.title, start=after.start, end=after.end, venue=after.venue)
        tools.store.save_edition(replace(own, meeting=here))
        follow(tools, own.id)
