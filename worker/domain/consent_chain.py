"""The log of consents as a chain: each link names the one before, so nothing can be slipped in, changed or left out.

A link holds no person: an opaque id, and a digest of the record salted with a secret of its own. The record and its
salt lie beside the chain. Without them the digest says nothing to anybody, and the chain still closes: so a person
can be erased from a log that only grows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from worker.domain.consent import Statement

#: What the first link names as the one before.
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """A statement on its way into the log: `id` and `salt` are random and never used twice."""

    id: str
    salt: str
    statement: Statement

    @property
    def digest(self) -> str:
        """What the chain keeps of it."""
        return _hashed(self.salt, *_fields(self.statement))


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many links it has, and the hash of the last."""

    number: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `hash` covers the rest of it and, through `before`, all that came earlier."""

    number: int
    at: datetime
    id: str
    digest: str
    before: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a chain found.

    `broken` are the numbers of links that do not follow on the one before, `altered` those
    whose record says something else than when it was sealed; `erased` is how many have none left.
    """

    links: int
    head: str
    broken: tuple[int, ...] = ()
    altered: tuple[int, ...] = ()
    erased: int = 0

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written."""
        return not self.broken and not self.altered


def chained(head: Head, sealed: Iterable[Sealed]) -> tuple[Link, ...]:
    """The links that these make after `head`."""
    links: list[Link] = []
    for one in sealed:
        number, at = head.number + 1, one.statement.at
        link = Link(number, at, one.id, one.digest, head.hash, _link_hash(number, at, one, head.hash))
        links.append(link)
        head = Head(number, link.hash)
    return tuple(links)


def checked(links: Iterable[Link], kept: Mapping[str, Sealed]) -> Verdict:
    """Go along the chain from its beginning; `kept` are the records that are still there, by id."""
    before, number, erased = BEGINNING, 0, 0
    broken: list[int] = []
    altered: list[int] = []
    for number, link in enumerate(links, start=1):
        if (link.number, link.before, link.hash) != (number, before, _again(link)):
            broken.append(number)
        record = kept.get(link.id)
        if record is None:
            erased += 1
        elif record.digest != link.digest or record.statement.at != link.at:
            altered.append(number)
        before = link.hash
    return Verdict(number, before, tuple(broken), tuple(altered), erased)


def stood_at(kept: Iterable[Sealed], moment: datetime) -> dict[str, Statement]:
    """The last word in each field at that moment."""
    said = sorted((one.statement for one in kept if one.statement.at <= moment), key=lambda one: one.at)
    return {statement.field: statement for statement in said}


def _again(link: Link) -> str:
    return _hashed(str(link.number), link.at.isoformat(), link.id, link.digest, link.before)


def _link_hash(number: int, at: datetime, one: Sealed, before: str) -> str:
    return _hashed(str(number), at.isoformat(), one.id, one.digest, before)


def _fields(said: Statement) -> tuple[str, ...]:
    return (
        said.person,
        said.purpose,
        said.answer,
        said.wording,
        said.at.isoformat(),
        said.means,
        said.detail,
        said.edition,
    )


def _hashed(*parts: str) -> str:
    # As JSON, so that no two lists of parts read alike.
    return sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
