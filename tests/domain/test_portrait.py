"""A description fits several people who were there, or it says less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.person import Guest, Person, Presence
from worker.domain.portrait import ANYBODY, Portrait, Room, portrait


def _guest(name: str, sector: str, *interests: str, presence: Presence = Presence.PRESENT) -> Guest:
    person = Person(name, name, name, f"{name}@example.org")
    return Guest(person, presence, sector=sector, interests=interests)


READER = _guest("reader", "Conseil", "écriture", "vélo")
OTHER = _guest("other", "Santé", "Écriture", "chant")


def test_sector_and_interest_while_three_others_may_be_meant() -> None:
    room = [READER, OTHER, _guest("a", "santé", "écriture"), _guest("b", "SANTÉ ", "écriture ")]

    assert portrait(READER, OTHER, Room(room)) == Portrait("Santé", "Écriture")


def test_the_reader_is_nobody_they_could_take_for_the_other() -> None:
    room = [READER, OTHER, _guest("a", "", "écriture")]

    assert portrait(READER, OTHER, Room(room)) == ANYBODY


def test_then_the_interest_then_the_sector_then_nothing() -> None:
    writers = [_guest(name, "Droit", "écriture") for name in "ab"]
    doctors = [_guest(name, "Santé") for name in "cd"]

    assert portrait(READER, OTHER, Room([READER, OTHER, *writers, *doctors])) == Portrait("", "Écriture")
    assert portrait(READER, OTHER, Room([READER, OTHER, *doctors])) == Portrait("Santé")
    assert portrait(READER, OTHER, Room([READER, OTHER])) == ANYBODY
    assert portrait(READER, OTHER, Room([READER, OTHER, *writers]), crowd=4) == ANYBODY


def test_only_people_who_were_there_are_a_crowd() -> None:
    away = [_guest(name, "Santé", "écriture", presence=Presence.ABSENT) for name in "abc"]

    assert portrait(READER, OTHER, Room([READER, OTHER, *away])) == ANYBODY


_GUESTS = st.lists(
    st.tuples(
        st.sampled_from(["", "santé", "Santé", "droit"]),
        st.lists(st.sampled_from(["vélo", "Vélo", "chant", " "]), max_size=3),
        st.sampled_from([Presence.PRESENT, Presence.ABSENT]),
    ),
    min_size=2,
    max_size=12,
)


@given(rows=_GUESTS, crowd=st.integers(2, 5))
def test_whatever_is_said_fits_the_other_and_so_many_present(
    rows: list[tuple[str, list[str], Presence]], crowd: int
) -> None:
    guests = [_guest(str(n), sector, *own, presence=there) for n, (sector, own, there) in enumerate(rows)]
    reader, other = guests[:2]

    said = portrait(reader, other, Room(guests), crowd)

    fitting = [guest for guest in guests if guest is not reader and guest.presence is Presence.PRESENT]
    if said.sector:
        fitting = [guest for guest in fitting if guest.sector.casefold() == said.sector.casefold()]
    if said.interest:
        assert said.interest.casefold() in {each.casefold() for each in reader.interests}
        fitting = [g for g in fitting if said.interest.casefold() in {i.casefold() for i in g.interests}]
    assert said == ANYBODY or len(fitting) >= crowd
