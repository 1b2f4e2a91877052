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
    for name in (
        *("Inès Garçon", "Théo Lefèvre", "Marie Dupont", "Marie Durand", "Luc Martin", "Pierre Martin"),
        *(
            "Anne-Sophie de La Tour",
            "Willem van den Berg",
            "Øyvind Øster",
            "Jean-Noël Le Goff",
            "Charles d'Almeida",
        ),
    )
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
        ("L. Martin", ["Luc Martin"]),
        ("Mme Garçon et M. Lefèvre.", ["Inès Garçon", "Théo Lefèvre"]),
        ("anne sophie de la tour", ["Anne-Sophie de La Tour"]),
        ("Mme de La Tour", ["Anne-Sophie de La Tour"]),
        ("J’ai revu Willem van den Berg hier.", ["Willem van den Berg"]),
        ("Oyvind, jean noel", ["Øyvind Øster", "Jean-Noël Le Goff"]),
        ("D’ALMEIDA", ["Charles d'Almeida"]),
        ("Pas encore, Luc m’a écrit", ["Luc Martin"]),
        ("Inès Garçon. Théo Lefèvre.", ["Inès Garçon", "Théo Lefèvre"]),
        ("Rencontré Inès, hier Luc Martin Acme", ["Inès Garçon", "Luc Martin"]),
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


@pytest.mark.parametrize(
    "text",
    ["Je n’ai pas vu Luc.", "tout le monde sauf Luc", "I did not meet Luc", "Pas encore rencontré Luc"],
)
def test_whoever_was_not_met_is_a_question_and_no_wish(text: str) -> None:
    found = mentioned(f"{text} Mais Inès, oui", ROOM)

    assert _names(found) == ["Inès Garçon"]
    assert [guest.person.name for each in found.unclear for guest in each.candidates] == ["Luc Martin"]


@pytest.mark.parametrize(
    ("text", "reminds"), [("Luc Durand", "Luc Martin"), ("Martine Garçon", "Inès Garçon")]
)
def test_half_a_name_is_nobody_but_a_question(text: str, reminds: str) -> None:
    for written in (text, f"J’ai vu {text} hier"):
        found = mentioned(written, ROOM)

        assert _names(found) == []
        [question] = found.unclear
        assert question.written == text
        assert reminds in {guest.person.name for guest in question.candidates}


def test_a_name_with_a_slip_is_asked_about_in_small_letters_too() -> None:
    [question] = mentioned("marie dupond", ROOM).unclear

    assert "Marie Dupont" in {guest.person.name for guest in question.candidates}


def test_greetings_and_signatures_name_nobody() -> None:
    besides = ["Marc Petit", "Paule Renan", "Pierre Faure"]
    found = mentioned("Bonjour Paule, j’ai vu Inès. Merci !\nCordialement,\nMarc", ROOM, besides)

    assert (_names(found), found.unclear) == (["Inès Garçon"], ())
    [question] = mentioned("Inès\nPierre", ROOM, besides).unclear
    assert [guest.person.name for guest in question.candidates] == ["Pierre Martin"]


@given(text=st.text(max_size=200))
def test_any_text_names_only_people_who_were_there(text: str) -> None:
    found = mentioned(text, ROOM)

    assert set(_names(found)) <= {guest.person.name for guest in ROOM}
