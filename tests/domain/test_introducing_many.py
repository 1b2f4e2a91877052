"""Plans over editions and crowds: nobody twice, everybody as often, every reason true."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.domain.gatherings_drawn import SEED, crowd, dice, drawn
from worker.domain.candidates import possible
from worker.domain.gathering import Attendee, Gathering
from worker.domain.introductions import Ground
from worker.domain.ties import Ties


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
