"""Rows become people: each accounted for once, nothing guessed, nothing unknown let through."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.address import Judged
from worker.domain.errors import InvalidFile
from worker.domain.guest_rows import Guests, Outcome, Trouble, read_rows
from worker.domain.headings import Field, recognise
from worker.domain.names import whole_name
from worker.domain.person import Consent, Presence
from worker.domain.table import Row, Table


def judge(text: str) -> Judged:
    return Judged(text.strip(), "") if "@" in text else Judged("", "has no @")


def table(headings: str, *rows: str) -> Table:
    body = tuple(Row(number, tuple(row.split(";"))) for number, row in enumerate(rows, start=2))
    return Table("list.csv", tuple(headings.split(";")), body)


def read(headings: str, *rows: str) -> Guests:
    found = table(headings, *rows)
    return read_rows(found, recognise(found), judge)


EXPORTS = {
    "luma": "guest_id;name;first_name;last_name;email;phone_number;created_at;approval_status;checked_in_at",
    "eventbrite": "Order #;Order Date;First Name;Last Name;Email;Quantity;Ticket Type;Attendee #;Attendee Status",
    "eventbrite-2": "Order ID;Attendee Status;First Name;Last Name;Email;Buyer First Name;Buyer Last Name;Buyer Email",
    "billetweb": ";Billet;Tarif;Nom;Prénom;Email;Nom acheteur;Prénom acheteur;Email acheteur;Scanné",
    "pretix": "Code de commande;Nom du participant;E-mail du participant;Entreprise du participant;Statut",
    "forms": "Horodateur;Adresse e-mail;Prénom;Nom;Votre secteur ?",
    "hi-events": "ID;First Name;Last Name;Email;Status;Check Ins",
    "excel": "NOM;PRENOM;Mail;Société;Présent;Mise en relation",
}


@pytest.mark.parametrize("headings", EXPORTS.values(), ids=EXPORTS)
def test_the_headings_of_known_exports_are_recognised(headings: str) -> None:
    places = recognise(table(headings, ";" * headings.count(";")))

    assert Field.ADDRESS in places
    assert "buyer" not in headings.split(";")[places[Field.ADDRESS]].lower()
    assert "acheteur" not in headings.split(";")[places[Field.ADDRESS]]
    assert Field.NAME in places or {Field.FIRST_NAME, Field.LAST_NAME} <= set(places)


def test_the_payer_is_never_taken_for_the_participant() -> None:
    with pytest.raises(InvalidFile, match="--map"):
        recognise(table("Nom participant;Prénom participant;Email payeur", "a;b;c@d"))


def test_an_unusual_heading_can_be_named() -> None:
    places = recognise(table("Qui;Où écrire", "Zoé;z@x"), {"Où écrire": "address", "Qui": "name"})

    assert places == {Field.ADDRESS: 1, Field.NAME: 0}


@pytest.mark.parametrize("mapping", [{"Nope": "address"}, {"Qui": "nope"}])
def test_a_mapping_to_nothing_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(InvalidFile):
        recognise(table("Qui;E-mail", "Zoé;z@x"), mapping)


def test_a_duplicate_row_is_merged_and_fills_the_blanks_of_the_first() -> None:
    guests = read("Nom;E-mail;Secteur;Présent", "Zoé;z@x.org;;", "Z. Autre;Z@X.org;conseil;oui")

    assert [row.outcome for row in guests.rows] == [Outcome.KEPT, Outcome.MERGED]
    assert guests.rows[1].first_row == 2
    [zoe] = guests.drafts
    assert (zoe.name, zoe.sector, zoe.presence) == ("Zoé", "conseil", Presence.PRESENT)


@pytest.mark.parametrize(
    ("cell", "presence"),
    [
        ("oui", Presence.PRESENT),
        ("X", Presence.PRESENT),
        ("2026-12-08 08:31", Presence.PRESENT),
        ("Non", Presence.ABSENT),
        ("no-show", Presence.ABSENT),
        ("Annulé", Presence.CANCELLED),
        ("", Presence.UNKNOWN),
        ("N/A", Presence.UNKNOWN),
    ],
)
def test_words_of_presence(cell: str, presence: Presence) -> None:
    [zoe] = read("Nom;E-mail;Présence", f"Zoé;z@x.org;{cell}").drafts

    assert zoe.presence is presence


def test_an_empty_check_in_says_absent_only_where_others_checked_in() -> None:
    nobody = read("name;email;checked_in_at", "A;a@x;", "B;b@x;")
    somebody = read("name;email;checked_in_at", "A;a@x;", "B;b@x;2026-12-08T07:31:00Z")

    assert [draft.presence for draft in nobody.drafts] == [Presence.UNKNOWN] * 2
    assert [draft.presence for draft in somebody.drafts] == [Presence.ABSENT, Presence.PRESENT]


@pytest.mark.parametrize(
    ("status", "outcome", "trouble"),
    [
        ("approved", Outcome.KEPT, None),
        ("Validé", Outcome.KEPT, None),
        ("Not Attending", Outcome.KEPT, None),
        ("waitlist", Outcome.TO_FIX, Trouble.NOT_CONFIRMED),
        ("not_going_maybe", Outcome.TO_FIX, Trouble.UNKNOWN_STATUS),
    ],
)
def test_an_unknown_status_fails_closed(status: str, outcome: Outcome, trouble: Trouble | None) -> None:
    [row] = read("name;email;status", f"A;a@x;{status}").rows

    assert (row.outcome, row.trouble) == (outcome, trouble)


def test_not_attending_is_cancelled_and_not_a_yes() -> None:
    [draft] = read("name;email;status", "A;a@x;Not Attending").drafts

    assert draft.presence is Presence.CANCELLED


def test_an_opt_out_and_a_bad_address_are_told_apart() -> None:
    rows = read(
        "Nom;E-mail;Ne plus m'écrire", "A;a@x;oui", "B;pas une adresse;", "C;;", "D;d@x;peut-être"
    ).rows

    assert [row.outcome for row in rows] == [
        Outcome.OPTED_OUT,
        Outcome.TO_FIX,
        Outcome.TO_FIX,
        Outcome.TO_FIX,
    ]
    assert [row.trouble for row in rows[1:]] == [
        Trouble.BAD_ADDRESS,
        Trouble.NO_ADDRESS,
        Trouble.UNKNOWN_OPT_OUT,
    ]


def test_only_a_clear_yes_opens_an_introduction() -> None:
    words = ("oui", "non", "", "pourquoi pas")

    drafts = read("Nom;E-mail;Mise en relation", *(f"A;{n}@x;{word}" for n, word in enumerate(words))).drafts

    assert [d.introduced for d in drafts] == [
        Consent.GIVEN,
        Consent.REFUSED,
        Consent.NOT_ASKED,
        Consent.NOT_ASKED,
    ]


@pytest.mark.parametrize(
    ("first", "last", "whole", "expected"),
    [
        ("Jean-Luc", "DUPONT", "", ("Jean-Luc Dupont", "Jean-Luc")),
        ("", "", "DUPONT Jean-Luc", ("Jean-Luc Dupont", "Jean-Luc")),
        ("", "", "jean-luc dupont", ("Jean-Luc Dupont", "Jean-Luc")),
        ("", "", "Dr Anne Martin", ("Anne Martin", "Anne")),
        ("Anne", "de La Tour", "", ("Anne de La Tour", "Anne")),
        ("zoé", "", "", ("Zoé", "Zoé")),
        ("", "", "", ("", "")),
    ],
)
def test_names_are_written_as_people_write_them(
    first: str, last: str, whole: str, expected: tuple[str, str]
) -> None:
    assert whole_name(first, last, whole) == expected


CELLS = st.sampled_from(
    ["", "a@x.org", "A@X.org", "b@x.org", "nope", "oui", "non", "N/A", "approved", "???", "Zoé"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=30))
def test_every_row_is_accounted_for_exactly_once(rows: list[tuple[str, ...]]) -> None:
    found = Table(
        "list.csv",
        ("Nom", "E-mail", "Statut", "Présent", "Désinscrit"),
        tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)),
    )

    guests = read_rows(found, recognise(found), judge)

    assert [row.number for row in guests.rows] == [row.number for row in found.rows]
    assert Counter(row.outcome for row in guests.rows)[Outcome.KEPT] == len(guests.drafts)
    assert all((row.trouble is not None) == (row.outcome is Outcome.TO_FIX) for row in guests.rows)
