"""An edition as the text of its file; read again (`edition_files.py`) it is the same edition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from worker.domain.edition import Edition, Meeting, Organizer
from worker.domain.errors import Refused


def write_edition(edition: Edition, path: Path) -> None:
    """A new file; Refused where there is one already."""
    text = edition_text(edition)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise Refused(f"{path} is there already: keep it, or choose another name with --to") from error


def edition_text(edition: Edition) -> str:
    """The file of an edition that is still to come: no notes yet, the next Café left to be filled in."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    series, meeting = edition.series, edition.meeting
    yield f"# {series.name}, {meeting.number}. Chaque clé / every key: docs/editions.md"
    yield from _table("series", id=series.id, name=series.name, postal_address=series.postal_address)
    if series.url:
        yield f"url = {_quoted(series.url)}"
    yield from ("", "[edition]", *_meeting(meeting), f"zone = {_quoted(meeting.zone.key)}")
    yield from (f"language = {_quoted(edition.language)}", f"sequence = {_quoted(edition.sequence)}")
    yield from _table("venue", name=meeting.venue.name, address=meeting.venue.address)
    for organizer in edition.organizers:
        yield from _organizer(organizer)
    yield from (
        "",
        "# Les notes du débat, après / the notes of the debate, afterwards",
        "[notes]",
        "ready = false",
    )
    yield from ("", "# Le Café suivant, dès qu’il est fixé / the next one, once it is set")
    yield from (f"# {line}" for line in ("[next]", f"number = {meeting.number + 1}", 'title = "…"'))
    yield from ("# start = 2027-01-12 08:30:00", "# end = 2027-01-12 10:00:00")


def _meeting(meeting: Meeting) -> Iterator[str]:
    yield f"number = {meeting.number}"
    yield f"title = {_quoted(meeting.title)}"
    yield f"start = {meeting.start:%Y-%m-%d %H:%M:%S}"
    yield f"end = {meeting.end.astimezone(meeting.zone):%Y-%m-%d %H:%M:%S}"


def _organizer(organizer: Organizer) -> Iterator[str]:
    yield from ("", "[[organizers]]", f"name = {_quoted(organizer.name)}")
    yield from (f"address = {_quoted(organizer.address)}", f"language = {_quoted(organizer.language)}")


def _table(table: str, /, **values: str) -> Iterator[str]:
    yield from ("", f"[{table}]")
    yield from (f"{key} = {_quoted(value)}" for key, value in values.items())


def _quoted(text: str) -> str:
    """TOML's basic string: JSON's, but that DEL must be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
