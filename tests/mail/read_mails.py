"""A mail that came in, and what it was read as."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.mail.answering import KNOWN, Event, Post, calendar, event_for, person_of, post_of
from tests.sample import cafe
from tests.sample import guest as named
from worker.domain.answer import Partstat
from worker.domain.inbound import Answered, Decision
from worker.domain.person import Guest
from worker.mail.reading import read_answers

CAFE = cafe(12)


def guest(name: str) -> Guest:
    """A guest with the id that the address gives."""
    found = named(name)
    return replace(found, person=replace(found.person, id=person_of(found.person.address)))


ANNE, BRUNO = guest("Anne"), guest("Bruno")


HERS = event_for(CAFE, ANNE)


BY_MAIL = post_of(CAFE, ANNE)


YES = Answered("cafe-13", ANNE.person.id, Partstat.ACCEPTED, 0, datetime(2026, 12, 10, 10, 15, tzinfo=UTC))


def read(raw: bytes) -> Decision:
    [decision] = read_answers(raw, KNOWN)
    return decision


def mailed(event: Event = HERS, post: Post = BY_MAIL, method: str = "REPLY") -> Decision:
    return read(post.around(calendar(event, method=method).encode()))
