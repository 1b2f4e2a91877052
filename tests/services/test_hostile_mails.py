"""Whatever comes in is taken in: never an exception, never lost, never applied twice, never in another's name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import BOUNCES, CALENDARS
from tests.mail.answering import KNOWN, SECRETS, calendar, event_for, person_of, post_of
from tests.mail.reports import address_of, dsn
from tests.sample import cafe
from tests.sample import guest as named
from tests.services.incoming import words
from tests.services.mutations import mutated
from tests.services.office import office, opened, store_of
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.reading import read_answers
from worker.mail.tokens import WayOut, way_out_token
from worker.services import campaign
from worker.services.answering import take_in
from worker.services.tools import Tools

CAFE = cafe(12)
SEEDS = st.integers(0, 2**32)
#: Mails of one example; many examples make 100,000 of them in `make test-all`.
MAILS = 25


def guest(name: str) -> Guest:
    found = named(name)
    return replace(found, person=replace(found.person, id=person_of(found.person.address)))


PEOPLE = [guest(name) for name in ("Anne", "Bruno")]


@cache
def own_mails() -> tuple[bytes, ...]:
    """One of every kind that we understand, for two people."""
    found = []
    for one in PEOPLE:
        event, post = event_for(CAFE, one), post_of(CAFE, one)
        token = way_out_token(WayOut("cafe", "invitations", one.person.id), SECRETS)
        found += [
            post.around(calendar(event, method=method).encode()) for method in ("REPLY", "COUNTER", "REQUEST")
        ]
        found += [replace(post, encoding="8bit", kind=kind).around(calendar(event).encode()) for kind in
                  ("application/ms-tnef", "text/html", "message/rfc822", "text/calendar; charset=latin-1")]  # fmt: skip
        found += [dsn(address_of(MessageKey("cafe-12", "invitation", one.person.id), SECRETS[0]))]
        found += [
            words(subject=f"stop {token}"),
            words(text="stop").replace(b"rsvp+anne", post.to.encode()),
            words(),
        ]
    return tuple(found)


@cache
def collected() -> tuple[bytes, ...]:
    """Where they are, mails that others wrote too."""
    files = [*CALENDARS.rglob("*.eml"), *CALENDARS.rglob("*.ics"), *BOUNCES.rglob("*.eml")]
    return own_mails() + tuple(raw for file in sorted(files) if len(raw := file.read_bytes()) < 60_000)


def ready() -> Tools:
    """Both were invited."""
    tools = replace(
        office(),
        fingerprint=lambda address: fingerprint(address, SECRETS[-1]),
        person_id=person_id,
        read_answers=lambda raw: read_answers(raw, KNOWN),
    )
    opened(tools, *PEOPLE)
    campaign.arm(tools, "cafe-12")
    return tools


def known(tools: Tools) -> dict[str, Any]:
    """All that a mail could have changed."""
    memory = store_of(tools).memory
    return {
        "answers": {who: list(kept) for who, kept in memory.answers.items()},
        "aside": dict(memory.aside),
        "suppressions": dict(memory.suppressions),
        "originals": dict(memory.originals),
        "states": {key: (kept.state, kept.reason) for key, kept in memory.messages.items()},
    }


def taken_in_once_and_again(seed: int, mails: tuple[bytes, ...]) -> None:
    random, tools = Random(seed), ready()  # noqa: S311 - chance, not a secret
    ours = {one.person.id for one in PEOPLE}
    for _ in range(MAILS):
        raw = mutated(mails, random)
        take_in(tools, raw)
        after = known(tools)
        assert {person for _, person in after["answers"]} <= ours
        take_in(tools, raw)
        assert known(tools) == after


@given(SEEDS)
@settings(max_examples=8)
def test_a_mail_bent_in_any_way_is_taken_in_once(seed: int) -> None:
    taken_in_once_and_again(seed, own_mails())


@pytest.mark.exhaustive
@given(SEEDS)
@settings(max_examples=100_000 // MAILS, deadline=None)
def test_a_hundred_thousand_mails_bent_in_any_way_are_taken_in_once(seed: int) -> None:
    taken_in_once_and_again(seed, collected())
