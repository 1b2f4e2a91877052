"""Whom a mail may tell of: full names, addresses and organisations of others are found, and nothing else is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from tests.sample import cafe, guest
from worker.domain.circle import Betrayed, Circle, Tale
from worker.domain.edition import Extract, Notes
from worker.domain.known_people import KnownPeople
from worker.domain.listed import Listed
from worker.domain.person import Guest, Person
from worker.domain.plain import spoken


def somebody(name: str, organisation: str = "", address: str = "", sector: str = "") -> Guest:
    first = name.split(maxsplit=1)[0]
    person = Person(name.lower().replace(" ", "-"), name, first, address or f"{first.lower()}@example.org")
    return Guest(person, organisation=organisation, sector=sector)


JULIE = somebody("Julie Dupont", "Atelier Bleu")
ZOE = somebody("Zoé Lefèvre-Martin", "Plumes & Cie", "zoe.l@example.org")
JEAN = somebody("Jean Pierre Martin", "Google")
PIERRE = somebody("Pierre Martin", "L’Oréal")
OTHERS = [JULIE, ZOE, JEAN, PIERRE, somebody("Madonna"), somebody("Clara Petit", "Auto-entrepreneur")]
CIRCLE = Circle(cafe(12), OTHERS)


def told(text: str, *may_tell: Guest, shared: str = "") -> Tale | None:
    found = betrayed(CIRCLE, shared, text, *(may_tell or (JULIE,)))
    return found.tale if found else None


def betrayed(circle: Circle, shared: str, text: str, *may_tell: Guest) -> Betrayed | None:
    return circle.betrayed(shared, tuple(spoken(text)), [text], may_tell)


@pytest.mark.parametrize(
    "text",
    [
        "Vous étiez avec Zoé Lefèvre-Martin hier.",
        "ZOE LEFEVRE MARTIN",
        "zoé lefèvre\u2011martin",
        "Lefèvre-Martin Zoé",
        "avec Zoé\u00a0Lefèvre-Martin,",
        unicodedata.normalize("NFD", "Zoé Lefèvre-Martin"),
        "Zo\u00adé Lefèvre-Mar\u200btin",
    ],
)
def test_a_full_name_is_found_however_it_is_written(text: str) -> None:
    assert told(text) is Tale.NAME
    assert told("", shared=text) is Tale.NAME


@pytest.mark.parametrize(
    "text",
    [
        "Zoé est venue, Martin aussi.",
        "Zoé. Lefèvre et Martin",
        "Julie, Pierre, Martin et Zoé",
        "Pierre et Martin",
        "Pierre\nMartin",
        "Madonna chante chez Google",
        "J’ai vu un auto-entrepreneur de L’Oréal",
        "",
    ],
)
def test_single_words_and_words_apart_are_nobodys(text: str) -> None:
    assert told(text) is None


def test_an_address_is_found_and_its_readers_own_is_not() -> None:
    assert told("écrivez à ZOE.L@example.org") is Tale.ADDRESS
    assert told("mailto:zoe.l%40example.org?subject=x") is Tale.ADDRESS
    assert told("à julie@example.org, donc à vous") is None
    assert told("Notre adresse : paule@cafe.example.org.") is None
    assert told("Voici Zoé Lefèvre-Martin, zoe.l@example.org", JULIE, ZOE) is Tale.ADDRESS


def test_an_organisation_is_found_and_that_of_whom_the_facts_name_is_not() -> None:
    assert told("de chez Plumes et Cie") is None
    assert told("de chez PLUMES & Cie") is Tale.ORGANISATION
    assert told("à l’Atelier Bleu", ZOE) is Tale.ORGANISATION
    assert told("à l’Atelier Bleu", ZOE, JULIE) is None
    assert told("à l’Atelier Bleu", JULIE) is None


def test_whom_the_facts_name_may_be_told_of_also_where_a_name_holds_anothers() -> None:
    assert told("Jean Pierre Martin", JULIE, JEAN) is None
    assert told("Jean Pierre Martin", JULIE) is Tale.NAME
    assert told("Bonjour Jean-Pierre Martin,", JEAN) is None


def test_namesakes_are_not_told_apart_by_their_name() -> None:
    other = replace(ZOE, person=replace(ZOE.person, id="other", address="other@example.org"))
    circle = Circle(cafe(12), [*OTHERS, other])

    assert betrayed(circle, "", "Zoé Lefèvre-Martin", other) is None
    found = betrayed(circle, "", "Zoé Lefèvre-Martin", JULIE)
    assert isinstance(found, Betrayed)
    assert found.people == {"other", ZOE.person.id}


def test_organizers_places_and_whoever_agreed_to_be_quoted_are_everybodys() -> None:
    said = Notes(ready=True, extracts=(Extract("Oser.", "Zoé Lefèvre-Martin"),))
    edition = cafe(12, notes=said)
    circle = Circle(edition, [*OTHERS, somebody("Paule Renan"), somebody("Victoires Place")])

    assert betrayed(circle, "Zoé Lefèvre-Martin : Oser.", "", JULIE) is None
    assert betrayed(circle, "Paule Renan, place des Victoires, Le Petit Victoire", "", JULIE) is None


def test_a_trade_is_no_organisation() -> None:
    circle = Circle(
        cafe(12), [somebody("Zoé Petit", "Design graphique"), somebody("Luc Roux", sector="design graphique")]
    )

    assert betrayed(circle, "", "Design graphique", JULIE) is None


def test_what_is_shared_is_looked_at_once() -> None:
    circle = Circle(cafe(12), OTHERS)
    shared = "avec Zoé Lefèvre-Martin"

    assert betrayed(circle, shared, "", JULIE) is not None
    circle._people = KnownPeople(cafe(12), Listed.of([]))  # noqa: SLF001 - whoever looked again would find nothing
    assert betrayed(circle, shared, "", JULIE) is not None
    assert betrayed(circle, shared, "", ZOE) is None


def test_somebody_who_is_not_on_the_list_may_read_their_own_name() -> None:
    stranger = guest("Denis")

    assert betrayed(CIRCLE, "", "Denis Test", stranger) is None
    assert betrayed(CIRCLE, "", "Karim Julie Dupont", somebody("Karim Julie Dupont")) is None
