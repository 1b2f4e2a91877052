"""Bring a guest list into an edition: each row accounted for, nothing known is weakened, twice is once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from worker.domain.edition import Edition
from worker.domain.guest_rows import Draft, Guests, Outcome, RowResult, outweighs, read_rows
from worker.domain.headings import recognise
from worker.domain.person import Consent, Guest, Person
from worker.domain.suppression import EVERYTHING, Cause, Suppression
from worker.domain.table import Table
from worker.services.consents import record
from worker.services.correct import in_their_words
from worker.services.registered import GuestList, left_by_list, said_by_list
from worker.services.setting import known_edition
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. `rows` holds every row of the file once; people are counted once each."""

    file: str
    rows: tuple[RowResult, ...]
    added: tuple[Guest, ...]
    changed: tuple[Guest, ...]
    unchanged: int

    def counts(self) -> dict[Outcome, int]:
        """How many rows had each fate; they sum to the file."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome}


def import_guests(
    tools: Tools, edition_id: str, table: Table, *, mapping: Mapping[str, str] | None = None
) -> ImportReport:
    """Read the list, keep its people and what they agreed to, record its opt-outs as suppressions.

    Raises InvalidFile for unknown headings.
    """
    judged = _judged(tools, edition_id, table, mapping)
    for draft in judged.leaving:
        fingerprint = tools.fingerprint(draft.address)
        tools.store.suppress(Suppression(fingerprint, Cause.UNSUBSCRIBED, tools.store.now(), note=table.file))
    record(tools, left_by_list(tools, judged.list, judged.leaving))
    record(tools, said_by_list(tools, edition_id, judged.list, judged.staying))
    tools.store.save_guests(edition_id, [*judged.report.added, *judged.report.changed])
    return judged.report


def judge_guests(
    tools: Tools, edition_id: str, table: Table, *, mapping: Mapping[str, str] | None = None
) -> ImportReport:
    """What `import_guests` would do. Changes nothing."""
    return _judged(tools, edition_id, table, mapping).report


@dataclass(frozen=True, slots=True)
class _Judged:
    report: ImportReport
    list: GuestList
    staying: tuple[Draft, ...]
    leaving: tuple[Draft, ...]


def _judged(tools: Tools, edition_id: str, table: Table, mapping: Mapping[str, str] | None) -> _Judged:
    edition, places = known_edition(tools.store, edition_id), recognise(table, mapping)
    guests = read_rows(table, places, tools.judge_address)
    gone = _addresses_that_left(tools, guests)
    rows = tuple(_if_gone(row, gone) for row in guests.rows)
    staying = tuple(draft for draft in guests.drafts if draft.address.casefold() not in gone)
    new = in_their_words(tools, edition, [_guest(tools, edition, draft) for draft in staying])
    known = tools.store.guests(edition_id, [guest.person.id for guest in new])
    kept = [
        _together(known.get(guest.person.id), guest, draft) for guest, draft in zip(new, staying, strict=True)
    ]
    added = tuple(guest for guest in kept if guest.person.id not in known)
    changed = tuple(g for g in kept if g.person.id in known and known[g.person.id] != g)
    report = ImportReport(table.file, rows, added, changed, len(kept) - len(added) - len(changed))
    leaving = tuple(row.draft for row in guests.rows if row.outcome is Outcome.OPTED_OUT and row.draft)
    return _Judged(report, GuestList(table, places), staying, leaving)


def _addresses_that_left(tools: Tools, guests: Guests) -> frozenset[str]:
    """Opted out in this very file, in any of its rows, or suppressed for everything before."""
    drafts = [row.draft for row in guests.rows if row.draft]
    here = {
        row.draft.address.casefold() for row in guests.rows if row.draft and row.outcome is Outcome.OPTED_OUT
    }
    fields = {
        f"{tools.fingerprint(draft.address)}/{EVERYTHING}": draft.address.casefold() for draft in drafts
    }
    standing = tools.store.standing(fields)
    left = {fields[field] for field, found in standing.items() if found.cause is not Cause.ADDRESS_BAD}
    return frozenset(here | left)


def _if_gone(row: RowResult, gone: frozenset[str]) -> RowResult:
    if row.draft is None or row.draft.address.casefold() not in gone:
        return row
    return replace(row, outcome=Outcome.OPTED_OUT, first_row=None)


def _guest(tools: Tools, edition: Edition, draft: Draft) -> Guest:
    person = Person(
        id=tools.person_id(tools.fingerprint(draft.address)),
        name=draft.name,
        first_name=draft.first_name,
        address=draft.address,
        language=draft.language or edition.language,
    )
    return Guest(
        person,
        draft.presence,
        draft.introduced,
        draft.organisation,
        draft.sector,
        draft.interests,
        draft.table,
        draft.languages,
    )


def _together(known: Guest | None, new: Guest, draft: Draft) -> Guest:
    """What was known, with what the file says outright: a blank never erases, nor does what it lets one infer."""
    if known is None:
        return new
    person = new.person if new.person.own_words else _named(known.person, new.person, draft)
    return Guest(
        person,
        new.presence if outweighs(draft, known.presence) else known.presence,
        new.introduced if new.introduced is not Consent.NOT_ASKED else known.introduced,
        new.organisation or known.organisation,
        new.sector or known.sector,
        new.interests or known.interests,
        new.table or known.table,
        new.languages or known.languages,
    )


def _named(known: Person, new: Person, draft: Draft) -> Person:
    return replace(
        known,
        name=new.name or known.name,
        first_name=new.first_name or known.first_name,
        language=draft.language or known.language,
    )
