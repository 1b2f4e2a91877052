"""Which campaign invited to which Café: answers and changes speak of the Café, the campaign of the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.edition import Edition, Meeting
from worker.domain.errors import Refused
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE
from worker.ports import Store
from worker.services.setting import known_edition
from worker.services.telling import carrying_keys
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Invitation:
    """People are invited to `meeting` by the campaign of `edition`, the Café before it."""

    edition: Edition
    meeting: Meeting


def inviting_to(store: Store, meeting_id: str) -> Invitation | None:
    """The invitation to this Café; None when no edition that is known names it as its next."""
    for edition in reversed(store.editions(meeting_id.rpartition("-")[0])):
        if edition.next is not None and edition.next.id == meeting_id:
            return Invitation(edition, edition.next)
    return None


def invitation(store: Store, named: str) -> Invitation:
    """The invitation somebody speaks of by the Café that it invites to, or by the one whose campaign invites.

    A Café that is over speaks of the next one. Refused when there is neither.
    """
    to_it = inviting_to(store, named)
    if to_it is not None and store.now() < to_it.meeting.end:
        return to_it
    edition = store.edition(named)
    if edition is not None and edition.next is not None:
        return Invitation(edition, edition.next)
    if to_it is not None:
        return to_it
    known_edition(store, named)
    raise Refused(f"{named} invites to nothing: add [next] to its file")


def invitations_of(tools: Tools, person: str) -> list[Invitation]:
    """The Cafés to come that this person is on the list for, in campaigns at work."""
    found: dict[str, Invitation] = {}
    for edition_id in (name for name in tools.store.editions_at_work() if name != HOUSE):
        edition = tools.store.edition(edition_id)
        if edition is None or edition.next is None or edition.next.end <= tools.store.now():
            continue
        if tools.store.guests(edition_id, [person]):
            found[edition.next.id] = Invitation(edition, edition.next)
    return list(found.values())


def turn_of(tools: Tools, edition_id: str, person: str) -> int:
    """How often this person's invitation was given back."""
    seat = tools.store.seats(edition_id, [person]).get(person)
    return seat.turn if seat else 0


def carriers(tools: Tools, invited: Invitation, person: str, sequence: int) -> list[MessageKey]:
    """The messages of which one brought this person the invitation with this SEQUENCE."""
    records = tools.store.records_of(carrying_keys(tools, invited.edition, [person]))
    return [r.key for r in records if invited.meeting.as_of(r.version).revision == sequence]
