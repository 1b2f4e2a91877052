"""What a lock promises: every file known by its hash, no place named where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[a-z0-9,-]+\])?==[^ \\]+( ; [^\\]+)? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")


def flaws(lock: str) -> list[str]:
    """Lines that are no pin, no hash and no comment; comments and pins that name a place; pins without a hash."""
    lines = lock.splitlines()
    return [*_strange(lines), *_placed(lines), *_unhashed(lines)]


def pinned(lock: str) -> dict[str, str]:
    """Every package of the lock, and the line that pins it."""
    found = (_PIN.match(line) for line in lock.splitlines())
    return {pin[1]: pin[0] for pin in found if pin}


def name_of(requirement: str) -> str:
    """`Celery[redis]>=5.7` is celery, in the spelling that locks use."""
    name = _NAME.match(requirement)
    assert name, f"not a requirement: {requirement}"
    return re.sub(r"[._-]+", "-", name[0]).lower()


def _strange(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if not (line.startswith("#") or _PIN.match(line) or _HASH.match(line)):
            yield f"line {number}: neither a pin nor a hash: {line}"


def _placed(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if "http" in line.partition("==")[2] or "://" in line or " @ " in line or "-index" in line:
            yield f"line {number}: names a place: {line}"


def _unhashed(lines: list[str]) -> Iterator[str]:
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        if _PIN.match(line) and not _HASH.match(following):
            yield f"line {number}: no hash follows: {line}"
