"""What the calendars of an edition's guests say, read from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from worker.domain.changes_told import (
    CANCEL,
    CHANGE_STEPS,
    REINVITE,
    UNINVITE,
    UPDATE,
    Told,
    seat_name,
    step_name,
)
from worker.domain.edition import Edition
from worker.domain.ledger import Record
from worker.domain.lifecycle import UNSENT, State
from worker.domain.message import MessageKey
from worker.domain.sequence import CalendarPart
from worker.services.tools import Tools

#: Past the gate: it carries what the plan said then, for good.
_GONE = frozenset({State.SENT, State.SENDING, State.IN_DOUBT})


def carrying_steps(tools: Tools, edition: Edition) -> frozenset[str]:
    """The steps of an edition whose mails carry its calendar: those of its sequence, and those of changes."""
    steps = tools.sequence(edition.sequence).steps
    own = (step.name for step in steps if step.calendar is not CalendarPart.NONE)
    return frozenset((*own, *CHANGE_STEPS))


def carrying_keys(tools: Tools, edition: Edition, people: Iterable[str]) -> list[MessageKey]:
    """Every message that may carry the calendar to these people, planned or not."""
    people, version = list(people), edition.next.version if edition.next else 0
    rounds = {step_name(step, n) for step in CHANGE_STEPS.values() for n in range(version + 1)}
    names = sorted(carrying_steps(tools, edition) - set(CHANGE_STEPS) | rounds)
    turns = {person: seat.turn for person, seat in tools.store.seats(edition.id, people).items()}
    return [
        MessageKey(edition.id, name, person)
        for person in people
        for name in (*names, *_names_of_seats(turns.get(person, 0)))
    ]


def _names_of_seats(turns: int) -> list[str]:
    return [seat_name(step, turn) for step in (UNINVITE, REINVITE) for turn in range(1, turns + 1)]


def told(tools: Tools, edition: Edition, people: Iterable[str] | None = None) -> Told:
    """Who holds which version of the invitation: everybody, or these people only. Nothing where nothing has changed."""
    people = None if people is None else list(people)
    seats = tools.store.seats(edition.id, people)
    if edition.next is None or not (edition.next.version or seats):
        return Told()
    if people is None:
        records = _carriers(tools, edition)
    else:
        records = list(tools.store.records_of(carrying_keys(tools, edition, people)))
    gone = [record for record in records if record.state in _GONE]
    turns = {person: seat.turn for person, seat in seats.items()}
    held, given = _held(gone), {r.key.person for r in gone if _gives(r, turns)}
    return Told(
        held={
            person: version for person, version in held.items() if person in given or not turns.get(person)
        },
        leaving=frozenset(record.key.person for record in gone if record.state is State.SENDING),
        outdated=tuple(r.key for r in records if r.key.step_name in CHANGE_STEPS and r.state in UNSENT),
        uninvited={person: seat.since for person, seat in seats.items() if seat.taken},
        turns=turns,
        again={who: s.since for who, s in seats.items() if s.turn and not s.taken and who not in given},
        patience=tools.limits.gate_lease,
    )


def has_left(tools: Tools, key: MessageKey) -> bool:
    """Whether this message is past its gate: its reader knows, or may."""
    return any(record.state in _GONE for record in tools.store.records_of([key]))


def _gives(record: Record, turns: Mapping[str, int]) -> bool:
    """Whether it brought the invitation of its person's present turn."""
    turn = turns.get(record.key.person, 0)
    return bool(turn) and record.key.step == seat_name(REINVITE, turn)


def is_somebody_untold(tools: Tools, edition: Edition) -> bool:
    """Whether a mail left with an older state after the plan was drawn, and nothing was planned to put it right."""
    known = told(tools, edition)
    if edition.next is None:
        return False
    names = {step_name(step, edition.next.version) for step in (UPDATE, CANCEL)}
    planned = {record.key.person for record in _carriers(tools, edition) if record.key.step in names}
    older = {person for person, version in known.held.items() if version < edition.next.version}
    return bool(older - planned - set(known.uninvited) & set(tools.store.guests(edition.id, older)))


def _carriers(tools: Tools, edition: Edition) -> list[Record]:
    steps = carrying_steps(tools, edition)
    return [record for record in tools.store.records(edition.id) if record.key.step_name in steps]


def _held(gone: Iterable[Record]) -> dict[str, int]:
    held: dict[str, int] = {}
    for record in gone:
        person = record.key.person
        held[person] = max(held.get(person, 0), record.version)
    return held
