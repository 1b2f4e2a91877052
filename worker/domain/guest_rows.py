"""From the rows of a guest list to people: every row is accounted for exactly once, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from worker.domain import cell_words
from worker.domain.address import Judged
from worker.domain.headings import Field, folded, words
from worker.domain.names import whole_name
from worker.domain.person import Consent, Presence
from worker.domain.table import Row, Table


class Outcome(StrEnum):
    """What became of a row."""

    KEPT = "kept"
    MERGED = "merged"
    TO_FIX = "to_fix"
    OPTED_OUT = "opted_out"


class Trouble(StrEnum):
    """Why a row is to be put right."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    UNKNOWN_STATUS = "unknown_status"
    NOT_CONFIRMED = "not_confirmed"
    UNKNOWN_PRESENCE = "unknown_presence"
    UNKNOWN_OPT_OUT = "unknown_opt_out"


@dataclass(frozen=True, slots=True)
class Draft:
    """A guest as the list tells; "" and UNKNOWN where it does not say. `address` is clean.

    `inferred`: absence was concluded from an empty check-in, so whatever anybody said outright is stronger.
    """

    address: str
    name: str = ""
    first_name: str = ""
    language: str = ""
    presence: Presence = Presence.UNKNOWN
    introduced: Consent = Consent.NOT_ASKED
    organisation: str = ""
    sector: str = ""
    interests: tuple[str, ...] = ()
    table: str = ""
    languages: tuple[str, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row's fate. `first_row` is where a merged person stood first; `detail` the word or problem to put right."""

    number: int
    outcome: Outcome
    draft: Draft | None = None
    first_row: int | None = None
    trouble: Trouble | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Guests:
    """The people of a list, each once, and the fate of each row in its order."""

    drafts: tuple[Draft, ...]
    rows: tuple[RowResult, ...]


Judge = Callable[[str], Judged]
_CHECK_INS = frozenset(
    words(
        "checked in at | checked in | check ins | check in | scanne | enregistrement effectue | "
        "date de controle | pointe"
    )
)


def read_rows(table: Table, places: Mapping[Field, int], judge: Judge) -> Guests:
    """Judge every row. Later rows of one address fill the blanks of the first and have the last word on presence."""
    reader = _Reader(places, judge, _blank_presence(table, places))
    results: list[RowResult] = []
    people: dict[str, Draft] = {}
    first_rows: dict[str, int] = {}
    for row in table.rows:
        result = reader.read(row)
        draft = result.draft
        if result.outcome is Outcome.KEPT and draft is not None:
            key = draft.address.casefold()
            if key in people:
                people[key] = merged(people[key], draft)
                result = replace(result, outcome=Outcome.MERGED, first_row=first_rows[key])
            else:
                people[key], first_rows[key] = draft, row.number
        results.append(result)
    return Guests(tuple(people.values()), tuple(results))


def _blank_presence(table: Table, places: Mapping[Field, int]) -> Presence:
    """In a check-in column with any check-in, an empty cell means absent; in any other it says nothing."""
    place = places.get(Field.PRESENCE)
    if place is None or folded(table.headings[place]) not in _CHECK_INS:
        return Presence.UNKNOWN
    seen = (cell_words.presence(row.cells[place]) for row in table.rows)
    return Presence.ABSENT if Presence.PRESENT in seen else Presence.UNKNOWN


def merged(first: Draft, later: Draft) -> Draft:
    """The first, its blanks filled; what the later says outright wins for presence and consent."""
    blanks = {f.name: getattr(later, f.name) for f in fields(Draft) if not getattr(first, f.name)}
    spoken = later if outweighs(later, first.presence) else first
    agreed = later.introduced if later.introduced is not Consent.NOT_ASKED else first.introduced
    told = {"presence": spoken.presence, "inferred": spoken.inferred, "introduced": agreed}
    return replace(first, **(blanks | told))


def outweighs(later: Draft, known: Presence) -> bool:
    """Whether a row changes a presence already known: no blank does, and no cancelled ticket undoes a presence."""
    if later.inferred:
        return known is Presence.UNKNOWN
    if later.presence is Presence.CANCELLED:
        return known is not Presence.PRESENT
    return later.presence is not Presence.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Reader:
    places: Mapping[Field, int]
    judge: Judge
    blank_presence: Presence

    def read(self, row: Row) -> RowResult:
        def cell(field: Field) -> str:
            place = self.places.get(field)
            return cell_words.filled(row.cells[place]) if place is not None else ""

        if not cell(Field.ADDRESS):
            return RowResult(row.number, Outcome.TO_FIX, trouble=Trouble.NO_ADDRESS)
        judged = self.judge(cell(Field.ADDRESS))
        if judged.problem:
            return self._to_fix(row, Trouble.BAD_ADDRESS, f"{cell(Field.ADDRESS)}: {judged.problem}")
        return self._of_person(row, judged.address, cell)

    def _of_person(self, row: Row, address: str, cell: Callable[[Field], str]) -> RowResult:
        leaves = cell_words.opt_out(cell(Field.OPTED_OUT))
        if leaves is None:
            return self._to_fix(row, Trouble.UNKNOWN_OPT_OUT, cell(Field.OPTED_OUT))
        draft = self._draft(address, cell)
        if leaves:
            return RowResult(row.number, Outcome.OPTED_OUT, draft)
        registered = cell_words.registration(cell(Field.STATUS))
        if registered is None:
            return self._to_fix(row, Trouble.UNKNOWN_STATUS, cell(Field.STATUS))
        if not isinstance(registered, Presence):
            return self._to_fix(row, Trouble.NOT_CONFIRMED, registered)
        return self._with_presence(row, draft, cell(Field.PRESENCE), registered)

    def _with_presence(self, row: Row, draft: Draft, text: str, registered: Presence) -> RowResult:
        said = cell_words.presence(text)
        if said is None:
            return self._to_fix(row, Trouble.UNKNOWN_PRESENCE, text)
        # A check-in speaks louder than a cancelled ticket; a cancelled ticket than an empty check-in.
        if said is Presence.UNKNOWN or (registered is Presence.CANCELLED and said is not Presence.PRESENT):
            said = registered
        inferred = not text and said is Presence.UNKNOWN and self.blank_presence is Presence.ABSENT
        kept = replace(draft, presence=Presence.ABSENT if inferred else said, inferred=inferred)
        return RowResult(row.number, Outcome.KEPT, kept)

    def _draft(self, address: str, cell: Callable[[Field], str]) -> Draft:
        name, first = whole_name(cell(Field.FIRST_NAME), cell(Field.LAST_NAME), cell(Field.NAME))
        return Draft(
            address=address,
            name=name,
            first_name=first,
            language=cell_words.language(cell(Field.LANGUAGE)),
            introduced=cell_words.consent(cell(Field.INTRODUCED)),
            organisation=cell(Field.ORGANISATION),
            sector=cell(Field.SECTOR),
            interests=_listed(cell(Field.INTERESTS)),
            table=cell(Field.TABLE),
            languages=tuple(
                cell_words.language(one) or folded(one) for one in _listed(cell(Field.LANGUAGES))
            ),
        )

    def _to_fix(self, row: Row, trouble: Trouble, detail: str) -> RowResult:
        return RowResult(row.number, Outcome.TO_FIX, trouble=trouble, detail=detail)


def _listed(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace(";", ",").replace("|", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
