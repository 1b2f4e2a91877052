"""What organizers paste to say who was there, and what is asked back instead of guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.attendance_note import AttendanceNote, Newcomer, Question, Unclear, read_note
from worker.domain.person import Guest, Person, Presence


def listed(name: str, address: str, presence: Presence = Presence.UNKNOWN) -> Guest:
    key = address.partition("@")[0]
    return Guest(Person(key, name, name.split(maxsplit=1)[0], address), presence)


LUC = listed("Luc Martin", "luc@example.org")
LUCIE = listed("Lucie Martin", "lucie@example.org")
MAUD = listed("Maud Tissier", "maud@example.org")
INES = listed("Inès Delcourt", "ines@example.org")
ZOE = listed("Zoé Blin-Roux", "zoe@example.org", Presence.CANCELLED)
GUESTS = (LUC, LUCIE, MAUD, INES, ZOE)
PAUL = Newcomer("Paul Roy", "paul@example.org")


def reads(text: str) -> AttendanceNote:
    return read_note(text, GUESTS)


def marks(text: str) -> str:
    """`luc- maud+ zoe!`: absent, present, cancelled."""
    note, signs = reads(text), {Presence.ABSENT: "-", Presence.PRESENT: "+", Presence.CANCELLED: "!"}
    assert note.questions == ()
    return " ".join(f"{person}{signs[presence]}" for person, presence in sorted(note.marks.items()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("présents sauf Luc Martin", "ines+ luc- lucie+ maud+"),
        ("présents sauf Luc Martin et Maud Tissier", "ines+ luc- lucie+ maud-"),
        ("Tous présents", "ines+ luc+ lucie+ maud+"),
        ("tous sauf Luc. Excusée : Inès", "ines! luc- lucie+ maud+"),
        ("all present except Luc Martin and Maud Tissier", "ines+ luc- lucie+ maud-"),
        ("Everyone was here but Luc", "ines+ luc- lucie+ maud+"),
        ("tous présents, absents : aucun", "ines+ luc+ lucie+ maud+"),
        ("absents : Luc, Inès", "ines- luc-"),
        ("Absents :\n- Luc Martin (malade)\n- Inès\n\nPrésents :\n* Maud", "ines- luc- maud+"),
        ("présents : Luc ; Inès ; Zoé", "ines+ luc+ zoe+"),
        ("présent·e·s : Maud", "maud+"),
        ("excusés : Inès", "ines!"),
        ("annulé : Inès", "ines!"),
        ("Cancelled: Maud. Absent: Luc", "luc- maud!"),
        ("no-shows: Maud", "maud-"),
        ("tous présents + Zoé Blin-Roux", "ines+ luc+ lucie+ maud+ zoe+"),
        ("absent: luc@example.org", "luc-"),
        ("absent : Luc Martin <LUC@Example.org>", "luc-"),
    ],
)
def test_a_note_is_understood_as_people_write_it(text: str, said: str) -> None:
    assert marks(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "présents sauf Luc Martin, + Paul Roy paul@example.org",
        "présents sauf Luc Martin + Paul Roy <paul@example.org>",
        "all present except Luc Martin; plus Paul Roy <Paul@Example.org>",
        "absent : Luc Martin\nprésents : Paul Roy paul@example.org",
        "absent : Luc Martin\n+ Paul Roy (paul@example.org)\n+ Paul Roy paul@example.org",
    ],
)
def test_somebody_new_comes_with_an_address(text: str) -> None:
    note = reads(text)

    assert note.newcomers == (PAUL,)
    assert note.questions == ()
    assert note.marks["luc"] is Presence.ABSENT


@pytest.mark.parametrize("name", ["LUC MARTIN", "martin luc", "Luc  Martn", "Luc Martín"])
def test_accents_case_order_and_a_slip_of_the_finger_do_not_matter(name: str) -> None:
    assert marks(f"absents : {name}") == "luc-"


def test_who_had_cancelled_is_not_swept_in_with_everyone() -> None:
    note = reads("tous présents")

    assert "zoe" not in note.marks


def test_who_is_not_spoken_of_is_not_marked() -> None:
    assert marks("absents : Luc") == "luc-"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("", Question(Unclear.NOTHING_SAID, "")),
        ("présents", Question(Unclear.NOTHING_SAID, "présents")),
        ("Luc Martin", Question(Unclear.NO_HEADING, "Luc Martin", (LUC,))),
        ("absents : Martin", Question(Unclear.SEVERAL, "Martin", (LUC, LUCIE))),
        ("absents : Luk Martin", Question(Unclear.NOT_ON_LIST, "Luk Martin", (LUC, LUCIE))),
        ("absents : Mauve", Question(Unclear.NOT_ON_LIST, "Mauve", (MAUD,))),
        ("absents : Wolfgang", Question(Unclear.NOT_ON_LIST, "Wolfgang")),
        ("absent : Paul Roy paul@example.org", Question(Unclear.NOT_ON_LIST, "Paul Roy paul@example.org")),
        ("+ Paul Roy", Question(Unclear.NO_ADDRESS, "Paul Roy")),
        ("+ Maude Tissier", Question(Unclear.NO_ADDRESS, "Maude Tissier", (MAUD,))),
        ("+ Paul Roy paul@example", Question(Unclear.BAD_ADDRESS, "Paul Roy paul@example")),
        ("+ Paul Roy paul@", Question(Unclear.BAD_ADDRESS, "Paul Roy paul@")),
        ("+ paul@example.org", Question(Unclear.NO_NAME, "paul@example.org")),
        ("+ Paul Roy maud@example.org", Question(Unclear.ANOTHER_NAME, "Paul Roy maud@example.org", (MAUD,))),
        ("+ Luc Martin l@example.com", Question(Unclear.ANOTHER_ADDRESS, "Luc Martin l@example.com", (LUC,))),
        ("présent : Luc\nabsent : Luc Martin", Question(Unclear.CONTRADICTION, "Luc Martin", (LUC,))),
    ],
)
def test_what_is_not_clear_is_asked_with_those_who_may_be_meant(text: str, question: Question) -> None:
    assert reads(text).questions == (question,)


def test_a_first_name_alone_with_a_slip_is_nobody() -> None:
    marie = listed("Marie Noël", "marie@example.org")

    note = read_note("absent : Marine", [marie])

    assert (note.marks, note.questions) == ({}, (Question(Unclear.NOT_ON_LIST, "Marine", (marie,)),))


def test_a_first_name_is_asked_about_when_somebody_is_listed_under_it_alone() -> None:
    alone = listed("Luc", "alone@example.org")

    note = read_note("absent : Luc", [LUC, alone])

    assert note.questions == (Question(Unclear.SEVERAL, "Luc", (LUC, alone)),)


def test_an_initial_is_not_the_end_of_a_sentence() -> None:
    note = reads("absent : L. Martin")

    assert [question.about for question in note.questions] == ["L. Martin"]


WORDS = st.sampled_from(
    ["présents", "sauf", "absents :", "+", "Luc", "Martin", "et", ",", "\n", "x@y.zz", "?", "tous"]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_whatever_is_pasted_marks_only_people_of_the_list_or_asks(text: str) -> None:
    note = reads(text)

    assert set(note.marks) <= {guest.person.id for guest in GUESTS}
    assert note.marks or note.newcomers or note.questions or "tous" in text.casefold()


@given(st.sets(st.sampled_from(["Luc Martin", "Lucie Martin", "Maud Tissier", "Inès Delcourt"]), min_size=1))
def test_those_named_are_absent_and_all_others_present(absent: set[str]) -> None:
    note = reads(f"présents sauf {', '.join(sorted(absent))}")

    missing = {guest.person.name for guest in GUESTS if note.marks.get(guest.person.id) is Presence.ABSENT}
    assert missing == absent
    assert len(note.marks) == 4
