"""Mark who was there from a pasted note: the whole note, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from worker.domain.attendance_note import Newcomer, Question, read_note
from worker.domain.edition import Edition
from worker.domain.person import Guest, Person, Presence
from worker.services.campaign import reschedule
from worker.services.consents import record
from worker.services.registered import said_at_the_door
from worker.services.setting import known_edition
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class MarkReport:
    """What was saved: marks by person id and guests added. With questions, nothing was."""

    marks: Mapping[str, Presence] = field(default_factory=dict)
    added: tuple[Guest, ...] = ()
    questions: tuple[Question, ...] = ()


def mark_presence(tools: Tools, edition_id: str, text: str) -> MarkReport:
    """Save what the note says and re-plan; saying it again changes nothing. Refused for an unknown edition."""
    report = note_presence(tools, edition_id, text)
    if not report.questions:
        reschedule(tools, edition_id)
    return report


def note_presence(tools: Tools, edition_id: str, text: str) -> MarkReport:
    """Save what the note says; whoever asked re-plans."""
    edition, guests = known_edition(tools.store, edition_id), tools.store.guests(edition_id)
    note = read_note(text, guests.values())
    if note.questions:
        return MarkReport(questions=note.questions)
    added = tuple(_newcomer(tools, edition, newcomer) for newcomer in note.newcomers)
    marked = (replace(guests[person], presence=presence) for person, presence in note.marks.items())
    record(tools, said_at_the_door(tools, (newcomer.person.id for newcomer in added)))
    tools.store.save_guests(edition_id, (*marked, *added))
    return MarkReport(note.marks, added)


def _newcomer(tools: Tools, edition: Edition, newcomer: Newcomer) -> Guest:
    """Present, in the language of the edition; never asked whether they may be introduced."""
    person = tools.person_id(tools.fingerprint(newcomer.address))
    first = newcomer.name.split()[0]
    return Guest(Person(person, newcomer.name, first, newcomer.address, edition.language), Presence.PRESENT)
