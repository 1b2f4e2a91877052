"""Public holidays of a country, given to the domain as data."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import country_holidays


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of an ISO 3166 country in a year; none for ""."""
    return frozenset(country_holidays(country, years=year)) if country else frozenset()


def is_known_country(country: str) -> bool:
    """Whether the library knows this country of two letters; "" is known to have no holidays."""
    # Asked for itself: listing all countries loads every one of them, half a second at each command.
    try:
        return country == "" or (len(country) == 2 and country_holidays(country) is not None)
    except NotImplementedError:
        return False
