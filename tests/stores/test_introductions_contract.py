"""What every memory of introductions promises, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace

from tests.sample import cafe, guest
from tests.stores.contract import HOUR, NOON, AnyStore
from worker.domain.introductions import (
    Exclusion,
    Ground,
    IntroductionPlan,
    Place,
    Points,
    Rung,
    Suggestion,
    Swap,
)
from worker.domain.person import Presence

FIRST = Suggestion(
    "anne",
    "bruno",
    Points(350, 200, 75, 120, 50, 17),
    (Ground.SHARED_INTEREST, Ground.SAME_TABLE),
    "vélo « à Paris »",
)
SECOND = Suggestion("bruno", "clara", Points(circle=100), (Ground.SAME_MORNING,), round=2)
THIRD = Suggestion("anne", "david", Points(), (Ground.NEVER_CROSSED,), round=0)
PLAN = IntroductionPlan("cafe-12", (FIRST, SECOND, THIRD), frozenset({"emma"}), frozen=NOON)


def test_a_frozen_plan_comes_back_whole(store: AnyStore) -> None:
    assert store.introductions("cafe-12") is None
    assert store.places("cafe-12", ["anne"]) is None

    assert store.freeze_introductions(PLAN)

    kept = store.introductions("cafe-12")
    assert kept is not None
    assert (kept.places, kept.pairs, kept.hosted) == (PLAN.places, PLAN.pairs, PLAN.hosted)
    assert (kept.version, kept.frozen, kept.algorithm) == (0, NOON, PLAN.algorithm)


def test_the_first_plan_stands(store: AnyStore) -> None:
    store.freeze_introductions(PLAN)

    assert not store.freeze_introductions(replace(PLAN, suggestions=(SECOND,)))

    kept = store.introductions("cafe-12")
    assert kept is not None
    assert kept.pairs == PLAN.pairs


def test_a_plan_with_nobody_is_frozen_too(store: AnyStore) -> None:
    assert store.freeze_introductions(IntroductionPlan("cafe-12", frozen=NOON))

    assert store.places("cafe-12", ["anne"]) == {}
    assert not store.freeze_introductions(PLAN)


def test_a_place_tells_the_names_in_order_and_how_they_came(store: AnyStore) -> None:
    store.freeze_introductions(PLAN)

    places = store.places("cafe-12", ["emma", "anne", "david", "nobody"])

    assert places == {
        "emma": Place("emma", Rung.HOST),
        "anne": Place("anne", Rung.MATCHED, (FIRST, THIRD)),
        "david": Place("david", Rung.ATTACHED, (THIRD,)),
    }
    assert places["anne"].names == ("bruno", "david")


def test_a_plan_is_mended_from_the_version_that_stands_and_no_other(store: AnyStore) -> None:
    assert not store.mend_introductions(PLAN.without("bruno"))
    store.freeze_introductions(PLAN)

    assert store.mend_introductions(PLAN.without("bruno"))
    assert not store.mend_introductions(PLAN.without("anne"))

    kept = store.introductions("cafe-12")
    assert kept is not None
    assert kept.version == 1
    assert kept.pairs == {("anne", "david")}
    assert kept.hosted == {"clara", "emma"}
    assert "bruno" not in kept.places


def test_who_was_told_of_whom_is_known_over_all_editions(store: AnyStore) -> None:
    store.freeze_introductions(PLAN)
    store.freeze_introductions(IntroductionPlan("cafe-11", (replace(FIRST, b="zoe"),), frozen=NOON))

    told = store.suggested(["cafe-10", "cafe-11", "cafe-12"])

    assert told == {("anne", "bruno"), ("bruno", "clara"), ("anne", "david"), ("anne", "zoe")}


def test_only_who_was_there_was_there(store: AnyStore) -> None:
    store.save_edition(cafe(11))
    there, absent = (
        guest(n, presence=p) for n, p in (("Anne", Presence.PRESENT), ("Bruno", Presence.ABSENT))
    )
    store.save_guests("cafe-11", [there, absent])

    assert store.attendances(["cafe-11", "cafe-12"]) == {"cafe-11": {"anne"}, "cafe-12": frozenset()}
    assert store.attendances([]) == {}


def test_a_wish_is_ones_own_and_can_be_taken_back(store: AnyStore) -> None:
    for _ in range(2):
        store.wish("cafe-12", "anne", "bruno")
    store.wish("cafe-12", "bruno", "anne")
    store.wish("cafe-11", "anne", "clara")

    assert store.wishes(["cafe-11", "cafe-12"]) == {("anne", "bruno"), ("bruno", "anne"), ("anne", "clara")}

    assert store.unwish("cafe-12", "bruno", "anne")
    assert not store.unwish("cafe-12", "bruno", "anne")
    assert store.wishes(["cafe-12"]) == {("anne", "bruno")}


def test_an_exclusion_stands_until_whoever_asked_it_takes_it_back(store: AnyStore) -> None:
    hers, ours = Exclusion("anne", "bruno", NOON + HOUR, "anne"), Exclusion("anne", "bruno", NOON)

    assert store.keep_apart(hers)
    assert store.keep_apart(replace(ours, a="bruno", b="anne"))
    assert not store.keep_apart(replace(ours, since=NOON + 2 * HOUR))
    assert store.exclusions() == (ours, hers)

    assert store.let_meet(("bruno", "anne"))
    assert not store.let_meet(("bruno", "anne"))
    assert store.exclusions() == (hers,)


def test_swaps_keep_their_order(store: AnyStore) -> None:
    swaps = (Swap("anne", "bruno", "clara"), Swap("anne", "clara", "bruno"))

    store.save_swaps("cafe-12", swaps)

    assert store.swaps("cafe-12") == swaps
    assert store.swaps("cafe-11") == ()
