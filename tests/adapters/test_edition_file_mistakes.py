"""A mistake in an edition file is named with file, line, key, value and remedy; the samples and the docs have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.small_edition import NEXT, NOTES, SMALL, read, written
from worker.adapters.edition_files import read_edition
from worker.domain.edition import (
    Introductions,
    Naming,
)
from worker.domain.errors import InvalidFile

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("instead_of", "written_is", "sentence"),
    [
        ("[venue]", "[venu]", "line 14: venu = {'name': 'Le Petit Victoire', 'address': '4 place des"),
        ("postal_address", "postal_adress", "line 4: series.postal_adress = '4 place des Victoires, 75002 Paris'"),
        ("zone =", "zones =", "line 11: edition.zones = 'Europe/Paris': unknown key; did you mean zone?"),
        ('id = "cafe"\n', "", "line 1: series.id: missing; write 1 to 12 small letters"),
        ('"cafe"', '"Café"', "line 2: series.id = 'Café': write 1 to 12 small letters"),
        ('"cafe"', '"much-too-long"', "line 2: series.id = 'much-too-long': write 1 to 12"),
        ('"cafe"', '"cafe-"', "line 2: series.id = 'cafe-': write 1 to 12"),
        ("Café des Victoires", " ", "line 3: series.name = ' ': write some words between quotes"),
        ('"Café des Victoires"', "3", "line 3: series.name = 3: write some words between quotes"),
        ("La marque", "La\\nmarque", "line 8: edition.title = 'La\\nmarque personnelle': keep it on one line"),
        ("number = 12", 'number = "12"', "line 7: edition.number = '12': write a whole number from 1"),
        ("number = 12", "number = true", "line 7: edition.number = True: write a whole number"),
        ("number = 12", "number = 99999999", "line 7: edition.number = 99999999: write a whole number from 1"),
        ("number = 12\n", "", "line 6: edition.number: missing; write a whole number"),
        ("8 10:00", "8 08:30", "line 10: edition.end = '2026-12-08 08:30': must be later than start, which is 2026"),
        ("8 08:30", "8 8h30", "line 9: edition.start = '2026-12-08 8h30': write the day and the hour on the wall"),
        ("-08 08:30", "-32 08:30", "line 9: edition.start = '2026-12-32 08:30': write the day and the hour"),
        ("-08 08:30", "-08", "line 9: edition.start = '2026-12-08': write the day and the hour on the wall"),
        ('"2026-12-08 08:30"', "2026-12-08", "line 9: edition.start = 2026-12-08: write the day and the hour"),
        ('"2026-12-08 08:30"', "8", "line 9: edition.start = 8: write the day and the hour on the wall"),
        ('"2026-12-08 08:30"', "2026-12-08T08:30:00Z", "line 9: edition.start = 2026-12-08 08:30:00+00:00: write"),
        ("08:30", "08:30+01:00", "line 9: edition.start = '2026-12-08 08:30+01:00': write local time, without Z or"),
        ("2026-12-08 08:30", "2026-03-29 02:30", "line 9: edition.start = '2026-03-29 02:30': the clocks of Europe"),
        ("Europe/Paris", "Europe/Pris", "line 11: edition.zone = 'Europe/Pris': did you mean Europe/Paris?"),
        ("Europe/Paris", "CEST+1", "line 11: edition.zone = 'CEST+1': "),
        ('zone = "Europe/Paris"\n', "", "line 6: edition.zone: missing; write an IANA zone such as"),
        ('language = "fr"', 'language = "de"', "line 12: edition.language = 'de': write one of: fr, en"),
        ('language = "fr"', 'language = "fr"\nsequence = "../x"', "line 13: edition.sequence = '../x': write the name"),
        ('name = "Le Petit Victoire"\n', "", "line 14: venue.name: missing; write some words"),
        ("paule@cafe.example.org", "paule@cafe", "line 20: organizers.1.address = 'paule@cafe': write one mail"),
        ("paule@cafe.example.org", "paulé@cafe.example.org", "line 20: organizers.1.address = 'paulé@cafe.example"),
        ('"paule@cafe.example.org"', "2", "line 20: organizers.1.address = 2: write one mail address"),
        ("[[organizers]]", "[organizers]", "line 18: organizers = {'name': 'Paule Renan', "),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_key_value_and_remedy(
    tmp_path: Path, instead_of: str, written_is: str, sentence: str
) -> None:
    path = written(tmp_path, SMALL.replace(instead_of, written_is, 1))

    with pytest.raises(InvalidFile) as refused:
        read_edition(path)

    assert str(refused.value).startswith(f"cafe-12.toml, {sentence}")


@pytest.mark.parametrize(
    ("instead_of", "written_is", "sentence"),
    [
        ("number = 13", "number = 12", "line 23: next.number = 12: must be greater than the number of this"),
        ("2027-01-12 08:30:00", "2026-12-08 09:00:00", "line 25: next.start = 2026-12-08 09:00:00: must come after"),
        ("2027-01-12 10:00:00", "2027-01-12 08:00:00", "line 26: next.end = 2027-01-12 08:00:00: must be later than"),
        ("[next]", "[next]\nlanguage = 'fr'", "line 23: next.language = 'fr': unknown key; "),
        ("ready = true", 'ready = "yes"', "line 29: notes.ready = 'yes': write true or false, without quotes"),
        ("ready = true", "redy = true", "line 29: notes.redy = True: unknown key; did you mean ready?"),
        ('"Une question."', '""', "line 31: notes.extracts.1.text = '': write some words"),
        ('text = "Une question."\n', "", "line 30: notes.extracts.1.text: missing; write some words"),
        ("agreed = true", 'agreed = "oui"', "line 33: notes.extracts.1.author_agreed = 'oui': write true or false"),
        ("author_agreed", "author_agred", "line 33: notes.extracts.1.author_agred = True: unknown key; did you mean"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_notes_or_the_next_edition_is_named_likewise(
    tmp_path: Path, instead_of: str, written_is: str, sentence: str
) -> None:
    path = written(tmp_path, SMALL + (NEXT + NOTES).replace(instead_of, written_is, 1))

    with pytest.raises(InvalidFile) as refused:
        read_edition(path)

    assert str(refused.value).startswith(f"cafe-12.toml, {sentence}")


def test_an_edition_without_organizers_is_refused(tmp_path: Path) -> None:
    alone = SMALL[: SMALL.index("[[organizers]]")]

    with pytest.raises(InvalidFile, match=r"organizers: missing; write at least one table"):
        read(tmp_path, alone)


def test_two_organizers_never_share_an_address(tmp_path: Path) -> None:
    again = SMALL[SMALL.index("[[organizers]]") :]

    with pytest.raises(InvalidFile, match=r"line 23: organizers\.2\.address = 'paule@.*two organizers"):
        read(tmp_path, SMALL + again)


def test_an_address_of_the_web_is_a_whole_one(tmp_path: Path) -> None:
    url = 'name = "Café des Victoires"\nurl = "cafe.example.org"'

    with pytest.raises(
        InvalidFile, match=r"line 4: series\.url = 'cafe\.example\.org': write an address of the web"
    ):
        read(tmp_path, SMALL.replace('name = "Café des Victoires"', url))


@pytest.mark.parametrize("number", [10, 11, 12])
def test_the_sample_editions_are_readable(number: int) -> None:
    edition = read_edition(ROOT / "sample" / f"cafe-{number}.toml")

    assert (edition.id, edition.meeting.start.hour, edition.meeting.start.weekday()) == (
        f"cafe-{number}",
        8,
        1,
    )
    assert edition.next is not None
    assert edition.next.id == f"cafe-{number + 1}"


def test_the_example_of_the_docs_is_an_edition(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]

    edition = read(tmp_path, example)

    assert [extract.author for extract in edition.notes.extracts] == ["Claire Vasseur", ""]


def test_people_are_asked_before_they_are_named_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    named = '[introductions]\nmode = "named"\nat_least = 5\n'

    assert read(tmp_path, SMALL).introductions == Introductions(Naming.ASK_FIRST, 3)
    assert read(tmp_path, SMALL + named).introductions == Introductions(Naming.NAMED, 5)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('mode = "always"', "ask-first"),
        ("at_least = 2", "from 3 to 100"),
        ("at_least = true", "from 3 to 100"),
        ("names = true", "introductions.names"),
    ],
)
def test_a_mistake_about_introductions_is_named(tmp_path: Path, line: str, remedy: str) -> None:
    with pytest.raises(InvalidFile, match=remedy):
        read(tmp_path, f"{SMALL}\n[introductions]\n{line}\n")
