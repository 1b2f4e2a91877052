"""Public holidays, as data for the domain."""

from __future__ import annotations

from datetime import date

from worker.adapters.holidays import is_known_country, public_holidays


def test_fixed_and_movable_holidays_of_france_are_known() -> None:
    year = public_holidays("FR", 2027)

    assert {date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 6), date(2027, 7, 14)} <= year
    assert {day.year for day in year} == {2027}


def test_countries_differ_and_no_country_has_no_holidays() -> None:
    assert date(2026, 7, 14) not in public_holidays("DE", 2026)
    assert public_holidays("", 2026) == frozenset()


def test_a_country_is_known_by_its_two_letters() -> None:
    assert is_known_country("FR")
    assert is_known_country("")
    assert not is_known_country("FRANCE")


def test_a_part_of_a_country_has_days_of_its_own() -> None:
    epiphany = date(2026, 1, 6)

    assert epiphany in public_holidays("DE-BY", 2026)
    assert epiphany not in public_holidays("DE", 2026)
    assert is_known_country("DE-BY")
    assert not is_known_country("DE-ATLANTIS")
    assert not is_known_country("DE-")
