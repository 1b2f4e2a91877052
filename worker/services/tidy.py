"""Keep nothing for longer than settings say: people who have not come for years, old moves, old copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from worker.domain.edition import Edition
from worker.services.erase import forget
from worker.services.subject import Subject
from worker.services.tools import Tools

#: People forgotten in one call; each is looked for in the whole ledger, and the next call goes on.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much went."""

    people: int
    moves: int


def tidy(tools: Tools) -> Tidied:
    """Forget whose last edition is long ago, moves of long ago, and copies that were left lying. Twice is once.

    Refusals and erasures stay, and the chain of consents; counts of what was sent stay too.
    """
    now, keep = tools.store.now(), tools.limits.keep
    gone = _long_gone(tools, now - keep.people)[:_MOST]
    for who in gone:
        forget(tools, who)
    moves = sum(tools.store.drop_moves(name, now - keep.moves) for name in tools.store.editions_ever())
    tools.copies.drop_older(keep.copies)
    return Tidied(len(gone), moves)


def _long_gone(tools: Tools, since: datetime) -> list[Subject]:
    """Everybody whose last edition, of all series, ended before this moment."""
    editions = [edition for name in tools.store.known_editions() if (edition := tools.store.edition(name))]
    old = [edition for edition in editions if _ended(edition) < since]
    recent = {
        person
        for edition in editions
        if _ended(edition) >= since
        for person in tools.store.guests(edition.id)
    }
    entries: dict[str, Subject] = {}
    for edition in sorted(old, key=_ended):
        for person, guest in tools.store.guests(edition.id).items():
            if person not in recent:
                known = entries.get(person, Subject(person, ""))
                entries[person] = Subject(person, "", (*known.entries, (edition, guest)))
    return list(entries.values())


def _ended(edition: Edition) -> datetime:
    return edition.meeting.end
