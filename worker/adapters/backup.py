"""A ledger as one file, and back: gzip, a JSON line for each key, a checksum at the end.

    {"apres-backup": 1, "ledger": …, "sequence": …, "keys": …}
    {"key": …, "type": "hash" | "string" | "set" | "zset" | "stream", "value": …}
    {"sha256": of all lines before}

What can be made again is left out: leases, claims, connection slots, RedBeat's entries, a bent clock.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.domain.errors import InvalidFile, Refused
from worker.domain.lifecycle import IN_HAND
from worker.mail.fingerprint import person_id

VERSION = 1

_PASSING = ("leases", "slots", "clock", "claim:", "given:", "redbeat")
_PRECIOUS = (
    "edition",
    "consent",
    "guests",
    "campaign",
    "messages",
    "suppressions",
    "introductions",
    "wishes",
    "apart",
)
_ATTEMPTS = 5
_MESSAGES = keys.named("messages", "")

Progress = Callable[[int, int], None]


def write_backup(client: Redis, file: Path, progress: Progress) -> int:
    """Everything at one moment, even while workers send; gives the number of keys.

    The file is ours alone, and whole or not there. Refused when editions are added faster than they can be read.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    records = _records(client)
    mark: Any = client.hgetall(keys.LEDGER)
    told = {"ledger": mark.get("id", ""), "sequence": int(mark.get("sequence", 0)), "keys": len(records)}
    _write(file, {"apres-backup": VERSION, **told}, records, progress)
    return len(records)


def rewrite_backup(file: Path, change: Callable[[dict[str, Any]], Any]) -> bool:
    """Put what `change` makes of each key's value in its place, nothing where it is empty; whether any was changed.

    InvalidFile for a damaged or foreign one, which stays as it is.
    """
    header, before = _checked(file)
    after = [{**record, "value": change(record)} for record in before]
    kept = [record for record in after if record["value"]]
    if kept == before:
        return False
    _write(file, {**header, "keys": len(kept)}, kept, lambda _done, _total: None)
    return True


def _write(file: Path, header: dict[str, Any], records: list[dict[str, Any]], progress: Progress) -> None:
    draft, digest = file.with_name(f"{file.name}.draft"), sha256()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
            for number, line in enumerate(map(_line, (header, *records))):
                digest.update(line)
                packed.write(line)
                progress(number, len(records))
            packed.write(_line({"sha256": digest.hexdigest()}))
        raw.flush()
        os.fsync(raw.fileno())
    draft.replace(file)


def read_backup(client: Redis, file: Path, progress: Progress) -> int:
    """Put a backup into an empty ledger and hold it; gives the number of keys.

    InvalidFile for a damaged or foreign one, Refused for a ledger that is not empty; either way nothing is changed.
    """
    _, records = _checked(file)
    if any(name.removeprefix(f"{keys.TAG}:").startswith(_PRECIOUS) for name in _names(client)):
        raise Refused("the ledger is not empty: give --replace, which keeps a backup of it first")
    pipe: Any = client.pipeline(transaction=True)
    pipe.delete(*(name for name in client.scan_iter(f"{keys.TAG}:*") if "redbeat" not in name), "-")
    for number, record in enumerate(records, start=1):
        _put(pipe, record)
        _let_go(pipe, record)
        _name_barred(pipe, record)
        progress(number, len(records))
    pipe.hset(keys.LEDGER, "held", "older")
    pipe.execute()
    return len(records)


def _let_go(pipe: Any, record: dict[str, Any]) -> None:
    """Whoever held a message then holds it no more: its lease is over, so that the next tick gives it back."""
    edition = record["key"].removeprefix(_MESSAGES)
    if edition == record["key"]:
        return
    held = [field for field, text in record["value"].items() if json.loads(text).get("state") in IN_HAND]
    if held:
        pipe.zadd(keys.LEASES, {f"{edition}.{field}": 0 for field in held})


def _name_barred(pipe: Any, record: dict[str, Any]) -> None:
    """Claiming finds suppressions by person, which a backup of an earlier version does not tell."""
    if record["key"] == keys.SUPPRESSIONS:
        prints = (field.partition("/")[0] for field in record["value"])
        pipe.hset(keys.PRINTS, mapping={person_id(printed): printed for printed in prints})


def _records(client: Redis) -> list[dict[str, Any]]:
    for _ in range(_ATTEMPTS):
        names = _names(client)
        kinds = [str(client.type(name)) for name in names]
        pipe: Any = client.pipeline(transaction=True)
        for name, kind in zip(names, kinds, strict=True):
            _READ[kind](pipe, name)
        values = pipe.execute()
        if _names(client) == names:
            triples = zip(names, kinds, values, strict=True)
            return [{"key": n, "type": k, "value": sorted(v) if k == "set" else v} for n, k, v in triples]
    raise Refused("editions are being added at this moment: try again in a minute")


def _names(client: Redis) -> list[str]:
    found = client.scan_iter(f"{keys.TAG}:*", count=1000)
    own = (name for name in found if not name.removeprefix(f"{keys.TAG}:").startswith(_PASSING))
    return sorted(own)


_READ: dict[str, Callable[[Any, str], object]] = {
    "string": lambda pipe, name: pipe.get(name),
    "hash": lambda pipe, name: pipe.hgetall(name),
    "set": lambda pipe, name: pipe.smembers(name),
    "zset": lambda pipe, name: pipe.zrange(name, 0, -1, withscores=True),
    "stream": lambda pipe, name: pipe.xrange(name),
}

_WRITE: dict[str, Callable[[Any, str, Any], object]] = {
    "string": lambda pipe, name, value: pipe.set(name, value),
    "hash": lambda pipe, name, value: pipe.hset(name, mapping=value),
    "set": lambda pipe, name, value: pipe.sadd(name, *value),
    "zset": lambda pipe, name, value: pipe.zadd(name, {member: score for member, score in value}),  # noqa: C416
    "stream": lambda pipe, name, value: [pipe.xadd(name, fields, id=at) for at, fields in value],
}


def _put(pipe: Any, record: dict[str, Any]) -> None:
    _WRITE[record["type"]](pipe, record["key"], record["value"])


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _checked(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
        head, *body, foot = lines
        header, footer = json.loads(head), json.loads(foot)
    except (OSError, ValueError, EOFError) as error:
        raise _unfit(
            file, "is no backup of Après, or a part of one: give the file that apres backup wrote"
        ) from error
    if header.get("apres-backup") != VERSION:
        raise _unfit(file, f"is of another version: this Après reads version {VERSION}")
    if footer.get("sha256") != sha256(b"".join(lines[:-1])).hexdigest() or header["keys"] != len(body):
        raise _unfit(file, "is damaged, its checksum does not fit: take another backup")
    return header, [json.loads(line) for line in body]


def _unfit(file: Path, remedy: str) -> InvalidFile:
    return InvalidFile(file=file.name, line=None, key="backup", value=None, remedy=remedy)
