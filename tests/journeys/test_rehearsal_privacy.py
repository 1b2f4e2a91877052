"""A whole rehearsal leaves nobody's name or address in queues, task arguments, logs, journals, moves or metrics."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from worker import bootstrap
from worker.adapters.guest_tables import read_table
from worker.adapters.redis_server import ensure_server
from worker.demo.play import SAMPLE, sample_edition
from worker.domain.plain import plain
from worker.web.metrics import exposition

#: Rooms of the ledger that are made to hold people and their words. What is not here may know ids, and nothing else.
_MAY_KNOW = ("guests", "edition", "aside", "originals", "drafts", "unclear", "swaps", "portraits", "approved")


def people(folder: Path) -> frozenset[str]:
    """Every full name, address and organisation of more than a word on the sample's lists, as they compare."""
    edition, guests = sample_edition(SAMPLE)
    table = read_table(guests)
    cells = {cell.strip() for row in table.rows for cell in row.cells if "@" in cell or " " in cell.strip()}
    public = {edition.host.name, edition.series.name, edition.meeting.venue.name}
    found = {cell for cell in cells - public if len(cell) > 6 and "," not in cell}
    assert sum("@" in cell for cell in found) >= 40
    return frozenset(map(plain, found))


def commands(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every write that Redis was ever asked for, by key: queues too, long after they were emptied."""
    for file in sorted((folder / "redis" / "appendonlydir").glob("*.incr.aof")):
        raw, at = file.read_bytes(), 0
        while at < len(raw):
            words, at = _command(raw, at)
            yield words[1].decode() if len(words) > 1 else "", b" ".join(words)


def _command(raw: bytes, at: int) -> tuple[list[bytes], int]:
    """One array of RESP and where it ends."""
    end = raw.index(b"\r\n", at)
    count, at, words = int(raw[at + 1 : end]), end + 2, []
    for _ in range(count):
        end = raw.index(b"\r\n", at)
        size = int(raw[at + 1 : end])
        words.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return words, at


def _opened(text: str) -> str:
    """As it compares, with what JSON escapes and base64 hide."""
    unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    found = (words[: len(words) // 4 * 4] for words in _BASE64.findall(text))
    packed = (base64.b64decode(words).decode("utf-8", "ignore") for words in found)
    return plain("\n".join((unescaped, *packed)))


_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}")


def told(text: str, names: frozenset[str]) -> list[str]:
    opened = _opened(text)
    return [name for name in names if name in opened]


@pytest.mark.exhaustive
def test_a_rehearsal_names_nobody_where_nobody_may_be_named(
    rehearsed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, rooms = people(rehearsed), dict[str, str]()
    for key, command in commands(rehearsed):
        rooms[key] = rooms.get(key, "") + command.decode("utf-8", "replace") + "\n"
    known = {key for key, text in rooms.items() if told(text, names)}

    assert known  # whoever found nobody at all would not have looked
    assert {key for key in known if key.removeprefix("{apres}:").split(":")[0] not in _MAY_KNOW} == set()
    assert {str(body) for body in _bodies(rooms)} <= {"[]", "['campaign']", "['urgent']"}
    logs = [*(rehearsed / "logs").iterdir(), *(rehearsed / "journal").rglob("*.log")]
    logs += [*(rehearsed / "rights").iterdir(), rehearsed / "redis" / "redis.log"]
    assert len(logs) >= 5
    assert {file.name: found for file in logs if (found := told(file.read_text("utf-8"), names))} == {}
    assert told(_metrics(rehearsed, monkeypatch), names) == []


def _bodies(rooms: dict[str, str]) -> Iterator[list[str]]:
    """What tasks were ever given."""
    for queue in ("campaign", "urgent", "chores"):
        for body in re.findall(r'"body": "([^"]+)"', rooms[queue]):
            yield json.loads(base64.b64decode(body))[0]


def _metrics(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    server = ensure_server(folder / "redis")
    monkeypatch.setenv("APRES_DATA", str(folder))
    monkeypatch.setenv("APRES_REDIS_URL", server.url)
    monkeypatch.setenv("APRES_BROKER_URL", server.broker_url)
    bootstrap.forget()
    try:
        text = exposition(bootstrap.tools).decode()
    finally:
        bootstrap.forget()
        server.stop()
    assert "apres_ledger_up 1.0" in text
    return text
