"""Columns recognised in French and English; the payer is left alone; where two may be right, nobody chooses."""

from __future__ import annotations

import pytest

from worker.domain.errors import InvalidFile
from worker.domain.headings import Field, folded, recognise
from worker.domain.table import Row, Table


def table(headings: str, *rows: str) -> Table:
    body = tuple(Row(number, tuple(row.split(";"))) for number, row in enumerate(rows, start=2))
    return Table("list.csv", tuple(headings.split(";")), body)


EXPORTS = {
    "luma": "guest_id;name;first_name;last_name;email;phone_number;created_at;approval_status;checked_in_at",
    "eventbrite": "Order #;Order Date;First Name;Last Name;Email;Quantity;Ticket Type;Attendee #;Attendee Status",
    "eventbrite-uk": "Order no.;Order Date;First Name;Surname;Email;Quantity;Attendee no.;Attendee Status",
    "eventbrite-2": "Order ID;Attendee Status;First Name;Last Name;Email;Buyer First Name;Buyer Last Name;Buyer Email",
    "billetweb": ";Billet;Tarif;Nom;Prénom;Email;Nom acheteur;Prénom acheteur;Email acheteur;Scanné",
    "pretix": "Code de commande;Nom du participant;E-mail du participant;Entreprise du participant;Statut",
    "pretix-check-in": "Code de commande;Nom du participant;Produit;Enregistrement effectué;E-Mail;Entreprise",
    "forms": "Horodateur;Adresse e-mail;Prénom;Nom;Votre secteur ?",
    "hi-events": "ID;First Name;Last Name;Email;Status;Check Ins",
    "excel": "NOM;PRENOM;Mail;Société;Présent;Mise en relation",
}


@pytest.mark.parametrize("headings", EXPORTS.values(), ids=EXPORTS)
def test_the_headings_of_known_exports_are_recognised(headings: str) -> None:
    places = recognise(table(headings, ";" * headings.count(";")))

    address = folded(headings.split(";")[places[Field.ADDRESS]])
    assert "buyer" not in address
    assert "acheteur" not in address
    assert Field.NAME in places or {Field.FIRST_NAME, Field.LAST_NAME} <= set(places)


@pytest.mark.parametrize("payer", ["Email payeur", "Email acheteur", "Buyer Email", "E-mail de facturation"])
def test_the_payer_is_never_taken_for_the_participant(payer: str) -> None:
    with pytest.raises(InvalidFile, match=r"own addresses.*--map"):
        recognise(table(f"Nom participant;Prénom participant;{payer}", "a;b;c@x.org"))


def test_the_participants_own_address_stands_before_that_of_the_order() -> None:
    places = recognise(table("Email;Attendee name;Attendee email", "buyer@x.org;Zoé;z@x.org"))

    assert places[Field.ADDRESS] == 2


@pytest.mark.parametrize(
    ("headings", "row", "field"),
    [
        ("Adresse e-mail;Votre email", "a@x.org;b@x.org", "address"),
        ("E-mail;E-mail", "a@x.org;b@x.org", "address"),
        ("Email;Présent;Venu", "a@x.org;oui;non", "presence"),
        ("Email;Désinscrit;Ne plus m'écrire", "a@x.org;non;oui", "opted_out"),
    ],
)
def test_of_two_columns_that_differ_none_is_guessed(headings: str, row: str, field: str) -> None:
    with pytest.raises(InvalidFile, match=rf"line 1: .* or .* differ.*{field}.*Headings:.*--map .*={field}"):
        recognise(table(headings, row))


@pytest.mark.parametrize("row", ["a@x.org;a@x.org", "a@x.org;"])
def test_a_second_column_that_adds_nothing_is_no_question(row: str) -> None:
    assert recognise(table("Adresse e-mail;Votre email", row))[Field.ADDRESS] == 0


def test_a_named_column_settles_the_question() -> None:
    doubtful = table("Adresse e-mail;Votre email", "a@x.org;b@x.org")

    assert recognise(doubtful, {"votre EMAIL": "address"}) == {Field.ADDRESS: 1}


def test_an_unusual_heading_can_be_named() -> None:
    places = recognise(table("Qui;Où écrire", "Zoé;z@x"), {"Où écrire": "address", "Qui": "name"})

    assert places == {Field.ADDRESS: 1, Field.NAME: 0}


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ({"Nope": "address"}, "no column 'Nope'"),
        ({"Qui": "nope"}, "'nope' is no field; the fields are address"),
        ({"Qui": "address", "E-mail": "address"}, "two columns"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(mapping: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidFile, match=named):
        recognise(table("Qui;E-mail", "Zoé;z@x"), mapping)
