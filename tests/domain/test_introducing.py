"""The planner of introductions beside two oracles, brute force and networkx, and what holds for any gathering."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations, product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.series import gatherings
from worker.adapters.matching import RustworkxMatcher
from worker.domain.attaching import MOST_NAMES
from worker.domain.candidates import possible
from worker.domain.gathering import Attendee, Gathering
from worker.domain.introducing import draw
from worker.domain.introductions import Ground, IntroductionPlan, Rung
from worker.domain.rounds import matched
from worker.domain.ties import Ties

HEAVIEST = RustworkxMatcher().heaviest
SEED = "test"


def dice(seed: int) -> random.Random:
    """The same throws every time."""
    return random.Random(seed)  # noqa: S311 - invented people


def drawn(gathering: Gathering, names: int = 2, seed: str = SEED) -> IntroductionPlan:
    return draw(gathering, HEAVIEST, seed=seed, names=names)


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


def crowd(size: int, chance: random.Random, edition: str = "cafe-1") -> Gathering:
    """So many people as they come to a Café."""
    topics = [f"thème {number}" for number in range(20)]
    people = [
        Attendee(
            f"p{number:04d}",
            f"firme {chance.randrange(size)}",
            chance.choice(["santé", "droit", "énergie", "culture"]),
            tuple(chance.sample(topics, chance.randrange(5))),
            frozenset({"fr"}),
            str(number // 8),
            frozenset(chance.sample(["e1", "e2", "e3", "e4"], chance.randrange(5))),
        )
        for number in range(size)
    ]
    wishes = [(chance.choice(people).id, chance.choice(people).id) for _ in range(size)]
    return Gathering(edition, tuple(people), frozenset((a, b) for a, b in wishes if a != b))


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


def test_another_seed_or_edition_draws_other_lots() -> None:
    gathering = crowd(40, dice(3))

    assert drawn(gathering).pairs != drawn(gathering, seed="another").pairs
    assert drawn(gathering).pairs != drawn(replace(gathering, edition="cafe-9")).pairs


def test_a_series_of_editions_repeats_nobody_and_names_everybody_evenly() -> None:
    chance, told = dice(5), frozenset[tuple[str, str]]()
    for number in range(8):
        gathering = replace(crowd(40, chance, f"cafe-{number}"), told=told)
        plan = drawn(gathering)

        assert not plan.pairs & told
        assert Counter(len(place.names) for place in plan.places.values()) == {2: 40}
        told |= plan.pairs


def test_a_club_of_twelve_is_served_until_everybody_knows_everybody() -> None:
    chance, told, served = dice(7), frozenset[tuple[str, str]](), 0
    club = replace(crowd(12, chance), wishes=frozenset())
    club = replace(club, attendees=tuple(replace(one, organisation="") for one in club.attendees))
    for number in range(8):
        plan = drawn(replace(club, edition=f"cafe-{number}", told=told))
        served += not plan.hosted
        told |= plan.pairs

    assert len(told) == 66
    assert served >= 5
    assert len(plan.hosted) == 12


def test_most_people_of_one_firm_get_as_many_names_as_three_each_allow() -> None:
    big = [Attendee(f"b{number:02d}", "Géante") for number in range(18)]
    others = [Attendee(f"o{number}", f"firme {number}") for number in range(4)]

    plan = drawn(Gathering("cafe-1", (*big, *others)))

    assert len(plan.places) - len(plan.hosted) == 16
    assert max(len(place.names) for place in plan.places.values()) == 3


def test_among_many_the_promising_are_looked_at_and_everybody_has_two_names() -> None:
    gathering = crowd(420, dice(11))
    ties = Ties(gathering, SEED)

    plan = drawn(gathering)

    assert len(possible(ties)) < 420 * 12
    assert min(len(place.names) for place in plan.places.values()) >= 1
    mutual = {(min(a, b), max(a, b)) for a, b in gathering.wishes if (b, a) in gathering.wishes}
    allowed = {two for two in mutual if ties.obstacle(*(ties.number[each] for each in two)) is None}
    assert allowed <= plan.pairs


def test_every_reason_is_true() -> None:
    gathering = crowd(40, dice(13))
    plan = drawn(gathering)

    for one in plan.suggestions:
        a, b = gathering.by_id[one.a], gathering.by_id[one.b]
        assert (Ground.SHARED_INTEREST in one.grounds) == bool(set(a.interests) & set(b.interests))
        assert not one.topic or {one.topic} <= set(a.interests) & set(b.interests)
        assert (Ground.SAME_TABLE in one.grounds) == (a.table == b.table)
        assert (Ground.OTHER_SECTOR in one.grounds) == (a.sector != b.sector)
        assert (Ground.NEVER_CROSSED in one.grounds) == (not a.earlier & b.earlier)
        assert (Ground.FIRST_TIME in one.grounds) == (bool(a.earlier) != bool(b.earlier))
        assert (Ground.MUTUAL_WISH in one.grounds) == ({one.pair, one.pair[::-1]} <= gathering.wishes)


def test_a_wish_of_one_side_is_never_among_the_reasons() -> None:
    two = (Attendee("anne"), Attendee("bruno"))
    without = drawn(Gathering("cafe-1", two))
    wished = drawn(Gathering("cafe-1", two, wishes=frozenset({("anne", "bruno")})))

    [plain], [told] = without.suggestions, wished.suggestions
    assert (plain.grounds, plain.topic) == (told.grounds, told.topic)
    assert told.points.hook == 160


def test_the_same_firm_and_interest_are_known_however_they_are_written() -> None:
    a, b = (
        Attendee("a", "Acme, S.A.S.", interests=("Open-Data",)),
        Attendee("b", "ACME", interests=("open data",)),
    )

    assert drawn(Gathering("cafe-1", (a, b))).pairs == frozenset()
    plan = drawn(Gathering("cafe-1", (a, replace(b, organisation="Acme Labo"))))
    assert plan.suggestions[0].topic == "Open-Data"
    unlike = (replace(a, organisation="", interests=("C++",)), replace(b, organisation="", interests=("C#",)))
    assert Ground.SHARED_INTEREST not in drawn(Gathering("cafe-1", unlike)).suggestions[0].grounds
