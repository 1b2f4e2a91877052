"""What an edition file says, and what may be left out of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.adapters.small_edition import NEXT, NOTES, SMALL, read
from worker.domain.edition import (
    Extract,
    Notes,
    Organizer,
    Series,
    Venue,
)

PARIS = ZoneInfo("Europe/Paris")


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    edition = read(tmp_path, SMALL)

    assert edition.series == Series("cafe", "Café des Victoires", "4 place des Victoires, 75002 Paris")
    assert edition.organizers == (Organizer("Paule Renan", "paule@cafe.example.org", "fr"),)
    assert (edition.id, edition.sequence, edition.notes, edition.next) == ("cafe-12", "cafe", Notes(), None)


def test_hours_are_those_on_the_wall_of_the_venue(tmp_path: Path) -> None:
    as_words = read(tmp_path, SMALL).meeting
    as_toml = read(tmp_path, SMALL.replace('"2026-12-08 08:30"', "2026-12-08T08:30:00")).meeting

    assert as_words == as_toml
    assert as_words.start == datetime(2026, 12, 8, 8, 30, tzinfo=PARIS)
    assert as_words.zone == PARIS


def test_the_next_edition_is_at_the_same_venue_unless_it_says_otherwise(tmp_path: Path) -> None:
    elsewhere = NEXT + '[next.venue]\nname = "Café du Port"\naddress = "1 quai, Lyon"\n'

    same, other = read(tmp_path, SMALL + NEXT).next, read(tmp_path, SMALL + elsewhere).next

    assert same is not None
    assert other is not None
    assert (same.id, same.venue, same.zone) == (
        "cafe-13",
        Venue("Le Petit Victoire", "4 place des Victoires"),
        PARIS,
    )
    assert other.venue == Venue("Café du Port", "1 quai, Lyon")


def test_the_next_edition_may_be_in_another_zone(tmp_path: Path) -> None:
    following = read(tmp_path, SMALL + NEXT + 'zone = "America/Montreal"').next

    assert following is not None
    assert following.start == datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("America/Montreal"))


@pytest.mark.parametrize("consent", ["author_agreed = false", ""])
def test_an_author_who_did_not_say_yes_is_not_named(tmp_path: Path, consent: str) -> None:
    agreed = read(tmp_path, SMALL + NOTES).notes
    silent = read(tmp_path, SMALL + NOTES.replace("author_agreed = true", consent)).notes

    assert agreed.extracts == (Extract("Une question.", "Claire Vasseur"),)
    assert silent.extracts == (Extract("Une question.", ""),)


def test_each_organizer_is_written_to_in_their_language(tmp_path: Path) -> None:
    second = '[[organizers]]\nname = "Iris Quill"\naddress = "iris@cafe.example.org"\nlanguage = "en"\n'

    organizers = read(tmp_path, SMALL + second).organizers

    assert [organizer.language for organizer in organizers] == ["fr", "en"]
