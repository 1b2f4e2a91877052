"""Rows become people: each accounted for once, nothing guessed, nothing unknown let through."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.address import Judged
from worker.domain.guest_rows import Guests, Outcome, Trouble, read_rows
from worker.domain.headings import recognise
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
        ("✓", Presence.PRESENT),
        ("❌", Presence.ABSENT),
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
        ("Checked In", Outcome.KEPT, None),
        ("Validé", Outcome.KEPT, None),
        ("Not Attending", Outcome.KEPT, None),
        ("waitlist", Outcome.TO_FIX, Trouble.NOT_CONFIRMED),
        ("承認", Outcome.TO_FIX, Trouble.UNKNOWN_STATUS),
        ("not_going_maybe", Outcome.TO_FIX, Trouble.UNKNOWN_STATUS),
    ],
)
def test_an_unknown_status_fails_closed(status: str, outcome: Outcome, trouble: Trouble | None) -> None:
    [row] = read("name;email;status", f"A;a@x;{status}").rows

    assert (row.outcome, row.trouble) == (outcome, trouble)


def test_not_attending_is_cancelled_and_not_a_yes() -> None:
    [draft] = read("name;email;status", "A;a@x;Not Attending").drafts

    assert draft.presence is Presence.CANCELLED


def test_a_status_of_somebody_who_was_let_in_says_present() -> None:
    [draft] = read("name;email;attendee status", "A;a@x;Checked In").drafts

    assert draft.presence is Presence.PRESENT


@pytest.mark.parametrize("rows", [("A;a@x;2026-12-08", "A;a@x;"), ("A;a@x;", "A;a@x;2026-12-08")])
def test_of_two_tickets_one_scan_is_enough(rows: tuple[str, str]) -> None:
    [draft] = read("name;email;checked_in_at", *rows).drafts

    assert (draft.presence, draft.inferred) == (Presence.PRESENT, False)


def test_a_second_ticket_given_back_does_not_undo_a_scan() -> None:
    [draft] = read(
        "name;email;status;checked_in_at", "A;a@x;paid;2026-12-08", "A;a@x;refunded;", "A;a@x;paid;"
    ).drafts

    assert draft.presence is Presence.PRESENT


@pytest.mark.parametrize("junk", ["N/A", "-", "TBD", "?", "néant"])
def test_an_answer_that_says_nothing_is_empty(junk: str) -> None:
    [draft] = read("Nom;E-mail;Société;Présent", f"Zoé;z@x;{junk};{junk}").drafts

    assert (draft.organisation, draft.presence) == ("", Presence.UNKNOWN)


@pytest.mark.parametrize("name", ["Иван Петров", "李 明", "Łukasz"])
def test_a_name_in_any_script_is_a_name(name: str) -> None:
    assert [draft.name for draft in read("Nom complet;E-mail", f"{name};z@x").drafts] == [name]


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


def test_where_somebody_sat_and_what_they_speak_are_read() -> None:
    [draft] = read(
        "Nom;E-mail;Langue;Langues parlées;N° de table", "A;a@x;fr;Français, anglais, espagnol;7"
    ).drafts

    assert (draft.language, draft.languages, draft.table) == ("fr", ("fr", "en", "espagnol"), "7")


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
