"""The calendar of a series from the ledger into files."""

from __future__ import annotations

from pathlib import Path

from worker import bootstrap
from worker.adapters.feed_files import write_whole
from worker.mail.feed import LANGUAGES, Feed, feed, says_the_same
from worker.services.feed import published


def write_feeds() -> None:
    """The calendars of every series into the folder that settings name; nothing where they name none."""
    folder = bootstrap.settings().feed_folder
    if folder is None:
        return
    store = bootstrap.store()
    known = (store.edition(name) for name in store.known_editions())
    for series in sorted({edition.series.id for edition in known if edition}):
        write_feed(series, folder)


def write_feed(named: str, folder: Path) -> dict[Path, tuple[bool, int]]:
    """One file for each language; gives for each whether it changed, and of how many meetings it tells."""
    tools = bootstrap.tools()
    series, meetings = published(tools, named)
    done: dict[Path, tuple[bool, int]] = {}
    for language in LANGUAGES:
        path = folder / f"{series.id}.{language}.ics"
        content = feed(Feed(series, meetings, language, bootstrap.identity().domain, tools.store.now()))
        done[path] = write_whole(path, content, says_the_same), len(meetings)
    return done
