"""« Qui avez-vous rencontré ? », as people answer it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.mentions import Mentioned, mentioned
from worker.domain.person import Guest, Person


def _guest(name: str) -> Guest:
    return Guest(
        Person(name.casefold().replace(" ", ""), name, name.split(" ", maxsplit=1)[0], "x@example.org")
    )


ROOM = [
    _guest(name)
    for name in ("Inès Garçon", "Théo Lefèvre", "Marie Dupont", "Marie Durand", "Luc Martin", "Pierre Martin")
]


def _names(found: Mentioned) -> list[str]:
    return [guest.person.name for guest in found.people]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Inès et Théo", ["Inès Garçon", "Théo Lefèvre"]),
        ("ines, theo", ["Inès Garçon", "Théo Lefèvre"]),
        ("J'ai rencontré Inès Garçon mardi, et Luc", ["Inès Garçon", "Luc Martin"]),
        ("GARÇON INES", ["Inès Garçon"]),
        ("Marie Dup.", ["Marie Dupont"]),
        ("Oui ! J’ai vu Pierre sur la pierre", ["Pierre Martin"]),
        ("I had a coffee with Theo Lefevre. Thanks!", ["Théo Lefèvre"]),
        ("un serveur très aimable", []),
        ("personne", []),
        ("", []),
    ],
)
def test_names_in_lists_and_sentences(text: str, names: list[str]) -> None:
    found = mentioned(text, ROOM)

    assert _names(found) == names
    assert not found.unclear


def test_a_first_name_of_two_people_is_a_question() -> None:
    found = mentioned("Marie et Luc", ROOM)

    assert _names(found) == ["Luc Martin"]
    [question] = found.unclear
    assert question.written == "Marie"
    assert [guest.person.name for guest in question.candidates] == ["Marie Dupont", "Marie Durand"]


def test_a_name_that_nobody_there_has_is_a_question() -> None:
    [question] = mentioned("Jean Valjean", ROOM).unclear

    assert (question.written, question.candidates) == ("Jean Valjean", ())


@given(text=st.text(max_size=200))
def test_any_text_names_only_people_who_were_there(text: str) -> None:
    found = mentioned(text, ROOM)

    assert set(_names(found)) <= {guest.person.name for guest in ROOM}
