"""The plain pairing: mutual, without repeats, at most two names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.pairing import Past, pair

PEOPLE = st.lists(st.from_regex(r"[a-z]{1,3}", fullmatch=True), max_size=25, unique=True)


@given(PEOPLE)
def test_everyone_with_company_has_one_or_two_mutual_partners(people: list[str]) -> None:
    partners = pair(people, Past(), salt="cafe-12")

    assert len(people) < 2 or set(partners) == set(people)
    for person, names in partners.items():
        assert 1 <= len(names) <= 2
        assert person not in names
        assert all(person in partners[name] for name in names)


@given(PEOPLE, st.randoms())
def test_the_order_of_people_does_not_matter(people: list[str], chance: object) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random

    assert pair(people, Past(), salt="x") == pair(shuffled, Past(), salt="x")


@given(PEOPLE)
def test_nobody_meets_the_same_person_twice(people: list[str]) -> None:
    first = pair(people, Past(), salt="cafe-12")
    met = frozenset(frozenset((a, b)) for a, names in first.items() for b in names)

    second = pair(people, Past(met=met), salt="cafe-13")

    assert not any(frozenset((a, b)) in met for a, names in second.items() for b in names)


def test_a_pair_stays_when_others_come_and_is_undone_when_one_goes() -> None:
    first = pair(["anne", "bruno"], Past(), salt="x")

    joined = pair(["anne", "bruno", "clara", "david"], Past(kept=first), salt="x")
    left = pair(["anne", "clara"], Past(kept=joined), salt="x")

    assert joined["anne"] == ("bruno",)
    assert left == {"anne": ("clara",), "clara": ("anne",)}


def test_nobody_is_added_to_someone_whose_names_are_already_said() -> None:
    kept = {"anne": ("bruno",), "bruno": ("anne",)}

    late = pair(["anne", "bruno", "clara"], Past(kept=kept, gone=frozenset({"anne", "bruno"})), salt="x")

    assert late == kept


def test_someone_alone_has_no_partner() -> None:
    assert pair(["anne"], Past(), salt="x") == {}
