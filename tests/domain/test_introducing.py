"""A plan keeps every rule, and is the best one there is."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations, product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.gatherings_drawn import HEAVIEST, SEED, crowd, dice, drawn
from tests.domain.series import gatherings
from worker.domain.attaching import MOST_NAMES
from worker.domain.candidates import possible
from worker.domain.gathering import Gathering
from worker.domain.introductions import Rung
from worker.domain.rounds import matched
from worker.domain.ties import Ties


def eligible(gathering: Gathering) -> dict[str, set[str]]:
    """Read off the facts, apart from the planner's own rules for it."""
    partners: dict[str, set[str]] = {one.id: set() for one in gathering.attendees}
    for a, b in combinations(gathering.attendees, 2):
        firms = {one.organisation.removesuffix(" SAS").lower() for one in (a, b)}
        same_firm = len(firms) == 1 and "" not in firms
        silent = a.languages and b.languages and not a.languages & b.languages
        two = (min(a.id, b.id), max(a.id, b.id))
        if not (same_firm or silent or two in gathering.apart or two in gathering.told):
            partners[a.id].add(b.id)
            partners[b.id].add(a.id)
    return partners


@given(gatherings())
def test_a_plan_keeps_every_rule(gathering: Gathering) -> None:
    plan, partners = drawn(gathering), eligible(gathering)

    assert set(plan.places) == set(partners)
    for person, place in plan.places.items():
        assert set(place.names) <= partners[person]
        assert len(set(place.names)) == len(place.names) <= MOST_NAMES
        assert all(person in plan.places[other].names for other in place.names)
        assert (place.rung is Rung.HOST) == (not place.names)


@given(gatherings())
def test_nobody_is_without_a_name_while_an_eligible_partner_has_room(gathering: Gathering) -> None:
    plan, partners = drawn(gathering), eligible(gathering)

    for person in plan.hosted:
        assert all(len(plan.places[other].names) == MOST_NAMES for other in partners[person])


@given(gatherings())
def test_a_third_name_only_saves_somebody_from_having_none(gathering: Gathering) -> None:
    plan = drawn(gathering)

    for place in plan.places.values():
        if len(place.names) == MOST_NAMES:
            assert any(one.round == 0 for one in place.suggestions)


@given(gatherings(most=7))
def test_with_one_name_each_the_points_are_those_of_brute_force(gathering: Gathering) -> None:
    ties = Ties(gathering, SEED)
    edges = {(one.a, one.b): one.points for one in possible(ties)}
    made = matched(possible(ties), HEAVIEST, names=1)

    assert (len(made), sum(edges[two] for two in made)) == best(edges, frozenset(range(len(ties.people))))


def best(edges: dict[tuple[int, int], int], people: frozenset[int]) -> tuple[int, int]:
    """The most pairs, then the most points, by trying everything."""

    @cache
    def of(left: frozenset[int]) -> tuple[int, int]:
        if len(left) < 2:
            return 0, 0
        first, rest = min(left), left - {min(left)}
        found = [of(rest)]
        for other in rest:
            if (first, other) in edges:
                pairs, points = of(rest - {other})
                found.append((pairs + 1, points + edges[first, other]))
        return max(found)

    return of(people)


@given(gatherings())
def test_no_pair_is_left_that_could_be_opened_for_two_with_room(gathering: Gathering) -> None:
    ties = Ties(gathering, SEED)
    worth = {frozenset((one.a, one.b)): one.points for one in possible(ties)}
    made = {frozenset(two) for two in matched(possible(ties), HEAVIEST)}
    load = Counter(person for two in made for person in two)
    room = [person for person in range(len(ties.people)) for _ in range(2 - load[person])]

    assert max(load.values(), default=0) <= 2
    for two, (a, b) in product(made, permutations(room, 2)):
        c, d = sorted(two)
        new = [frozenset((a, c)), frozenset((b, d))]
        if {a, b}.isdisjoint(two) and all(each in worth and each not in made for each in new):
            assert worth[new[0]] + worth[new[1]] <= worth[two]


@given(st.integers(0, 10**6))
def test_with_one_name_each_the_pairs_are_those_of_networkx(seed: int) -> None:
    ties = Ties(crowd(35, dice(seed)), SEED)
    choices = possible(ties)
    graph = nx.Graph()
    graph.add_weighted_edges_from([(one.a, one.b, one.points << 45 | one.tie_break) for one in choices])

    theirs = nx.max_weight_matching(graph, maxcardinality=True)

    assert set(matched(choices, HEAVIEST, names=1)) == {(min(two), max(two)) for two in theirs}


@given(gatherings(), st.randoms())
def test_the_order_of_facts_does_not_matter(gathering: Gathering, chance: random.Random) -> None:
    people = list(gathering.attendees)
    chance.shuffle(people)

    assert drawn(replace(gathering, attendees=tuple(people))) == drawn(gathering)
