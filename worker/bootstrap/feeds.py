"""The calendar of a series from the ledger into files."""

from __future__ import annotations

from pathlib import Path

from worker import bootstrap
from worker.adapters.feed_files import write_whole
from worker.mail.feed import LANGUAGES, Feed, feed, says_the_same
from worker.services.feed import published


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
