"""An edition file (`docs/editions.md`) as an edition; every mistake is named with file, line, key, value and remedy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from worker.adapters.edition_words import (
    a_crowd,
    a_language,
    a_line,
    a_number,
    a_sequence,
    a_series_id,
    a_text,
    a_url,
    a_zone,
    an_address,
    on_the_wall_of,
    yes_or_no,
)
from worker.adapters.toml_lines import load
from worker.adapters.toml_table import TomlTable, one_of
from worker.domain.edition import (
    Edition,
    Extract,
    Introductions,
    Meeting,
    Naming,
    Notes,
    Organizer,
    Series,
    Venue,
)
from worker.domain.portrait import CROWD

_MEETING_KEYS = ("number", "title", "start", "end", "zone")


def read_edition(path: Path) -> Edition:
    """The edition in a file; InvalidFile for the first mistake. Hours carry the ZoneInfo of their venue."""
    values, lines = load(path)
    top = TomlTable(values, (), lines)
    top.allow("series", "edition", "venue", "organizers", "notes", "next", "introductions")
    series, about = _series(top.table("series")), top.table("edition")
    about.allow(*_MEETING_KEYS, "language", "sequence")
    language = about.need("language", a_language)
    meeting = _meeting(about, series, about.need("zone", a_zone), _venue(top.table("venue")))
    return Edition(
        series=series,
        meeting=meeting,
        organizers=_organizers(top.tables("organizers"), language),
        language=language,
        notes=_notes(top.table("notes")),
        next=_next(top.table("next"), series, meeting) if "next" in values else None,
        sequence=about.take("sequence", a_sequence, "cafe"),
        introductions=_introductions(top.table("introductions"))
        if "introductions" in values
        else Introductions(),
    )


def _series(table: TomlTable) -> Series:
    table.allow("id", "name", "postal_address", "url")
    return Series(
        id=table.need("id", a_series_id),
        name=table.need("name", a_line),
        postal_address=table.need("postal_address", a_line),
        url=table.take("url", a_url, ""),
    )


def _venue(table: TomlTable) -> Venue:
    table.allow("name", "address")
    return Venue(table.need("name", a_line), table.need("address", a_line))


def _meeting(table: TomlTable, series: Series, zone: ZoneInfo, venue: Venue) -> Meeting:
    number, title = table.need("number", a_number), table.need("title", a_line)
    start, end = table.need("start", on_the_wall_of(zone)), table.need("end", on_the_wall_of(zone))
    if not _is_before(start, end):
        raise table.mistake("end", f"must be later than start, which is {start:%Y-%m-%d %H:%M}")
    return Meeting(f"{series.id}-{number}", number, title, start, end, venue)


def _next(table: TomlTable, series: Series, this: Meeting) -> Meeting:
    table.allow(*_MEETING_KEYS, "venue")
    venue = _venue(table.table("venue")) if "venue" in table.values else this.venue
    following = _meeting(table, series, table.take("zone", a_zone, this.zone), venue)
    if _is_before(following.start, this.end):
        raise table.mistake("start", f"must come after this edition, which ends {this.end:%Y-%m-%d %H:%M}")
    if following.number <= this.number:
        raise table.mistake("number", f"must be greater than the number of this edition, {this.number}")
    return following


def _is_before(one: datetime, other: datetime) -> bool:
    # Two hours of one zone are compared as they stand on the wall (PEP 495), whatever the clocks did in between.
    return one.astimezone(UTC) < other.astimezone(UTC)


def _organizers(tables: list[TomlTable], language: str) -> tuple[Organizer, ...]:
    organizers: dict[str, Organizer] = {}
    for table in tables:
        organizer = _organizer(table, language)
        if organizer.address.lower() in organizers:
            raise table.mistake("address", "two organizers have this address; give each their own")
        organizers[organizer.address.lower()] = organizer
    return tuple(organizers.values())


def _organizer(table: TomlTable, language: str) -> Organizer:
    table.allow("name", "address", "language")
    return Organizer(
        name=table.need("name", a_line),
        address=table.need("address", an_address),
        language=table.take("language", a_language, language),
    )


def _notes(table: TomlTable) -> Notes:
    table.allow("ready", "extracts")
    extracts = table.tables("extracts") if table.values.get("extracts", []) != [] else []
    return Notes(table.take("ready", yes_or_no, default=False), tuple(_extract(each) for each in extracts))


def _introductions(table: TomlTable) -> Introductions:
    table.allow("mode", "at_least")
    return Introductions(
        table.take("mode", one_of(*Naming), Naming.ASK_FIRST),
        table.take("at_least", a_crowd, CROWD),
    )


def _extract(table: TomlTable) -> Extract:
    """Without a recorded consent, the name of the author goes no further than the file."""
    table.allow("text", "author", "author_agreed")
    text, author = table.need("text", a_text), table.take("author", a_line, "")
    agreed = table.take("author_agreed", yes_or_no, default=False)
    return Extract(text, author if agreed else "")
