"""What the two looks of a batch promise: what the single questions tell, on the memory twin and on real Redis."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product

import pytest

from tests.sample import cafe, guest
from tests.stores.contract import HOUR, NOON, AnyStore
from tests.stores.test_consents_contract import SEALED
from worker.domain.answer import Answer, Partstat
from worker.domain.consent import Word, fields
from worker.domain.consent_chain import Head
from worker.domain.inbound import Aside, Why
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Consent, Presence
from worker.domain.sequence import Purpose
from worker.domain.suppression import PAUSE, Cause, Suppression
from worker.ports.batches import Surroundings, Wanted, Words

PEOPLE = ("anne", "bruno", "clara", "nobody")
KEYS = [MessageKey("cafe-12", step, person) for step, person in product(("thank-you", "invitation"), PEOPLE)]
NEXT = "cafe-13"


def told(store: AnyStore) -> None:
    """Of everything a little: some said something, some never did."""
    for number in (10, 11, 12, 13):
        store.save_edition(cafe(number))
        there = guest("Anne", presence=Presence.PRESENT), guest("Bruno", presence=Presence.ABSENT)
        store.save_guests(f"cafe-{number}", [*there, guest("Clara", introduced=Consent.GIVEN)])
    store.uninvite("cafe-12", "bruno", NOON)
    store.uninvite("cafe-12", "clara", NOON)
    store.invite_again("cafe-12", "clara", NOON + HOUR, 1)
    store.keep_aside(Aside("m-1", Why.WORDS, NOON, "cafe-13", "anne", "anne@example.org", "Où ?"))
    store.keep_draft(KEYS[0], OwnDraft("fr/thank-you", "Chère Anne"))
    store.append_consents(SEALED, after=Head())
    for person, partstat in (
        ("anne", Partstat.ACCEPTED),
        ("anne", Partstat.DECLINED),
        ("bruno", Partstat.TENTATIVE),
    ):
        store.record_answer(Answer(NEXT, person, partstat, 0, NOON, NOON, f"{person}-{partstat}"))


def wanted(people: Collection[str] = PEOPLE, prints: Collection[str] = ()) -> Wanted:
    asked = [field for person in people for field in fields(person, Purpose.INTRODUCTIONS, "cafe-12")]
    return Wanted(people, prints, asked, people)


def test_the_first_look_tells_what_single_questions_would(store: AnyStore) -> None:
    told(store)

    assert store.surroundings("cafe-12", KEYS) == Surroundings(
        store.edition("cafe-12"),
        store.guests("cafe-12", PEOPLE),
        store.uninvited("cafe-12"),
        store.kept_aside(),
        store.guests_version("cafe-12"),
        store.drafts("cafe-12", KEYS),
    )


def test_the_second_look_tells_what_single_questions_would(store: AnyStore) -> None:
    told(store)
    asked = wanted()

    assert store.words(cafe(12), asked) == Words(
        store.earlier_visits("cafe-12", PEOPLE),
        frozenset(),
        {field: Word(said.answer, said.at) for field, said in store.consents(asked.consents).items()},
        store.seats("cafe-12", PEOPLE),
        store.answers(NEXT, PEOPLE),
    )
    assert store.words(cafe(12), asked).earlier_visits["anne"] == 2


def test_nothing_is_known_of_an_edition_that_nobody_kept(store: AnyStore) -> None:
    assert store.surroundings("cafe-99", KEYS) == Surroundings(None, {}, {}, (), 0, {})
    assert store.surroundings("cafe-99", []) == Surroundings(None, {}, {}, (), 0, {})


def test_whoever_is_not_asked_about_is_not_told_of(store: AnyStore) -> None:
    told(store)

    assert store.words(cafe(12), Wanted((), (), (), ())) == Words({}, frozenset(), {}, {}, ())


def test_an_edition_without_a_next_one_has_no_answers(store: AnyStore) -> None:
    told(store)

    assert store.words(replace(cafe(12), next=None), wanted()).answers == ()


@pytest.mark.parametrize("scope", ["all", "series:cafe", "purpose:thanks", PAUSE])
def test_whoever_was_ever_suppressed_is_told_of(store: AnyStore, scope: str) -> None:
    prints = ["a" * 26, "b" * 26, "c" * 26]
    store.suppress(
        Suppression(prints[0], Cause.UNSUBSCRIBED, NOON, scope, until=NOON if scope == PAUSE else None)
    )
    store.suppress(Suppression(prints[1], Cause.BY_HAND, NOON, scope))
    store.lift(prints[1], scope)

    assert store.words(cafe(12), wanted(prints=prints)).ever_suppressed == frozenset(prints[:2])
    assert store.words(cafe(12), wanted(prints=prints[2:])).ever_suppressed == frozenset()
