"""Public holidays of a country, given to the domain as data."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import country_holidays


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of an ISO 3166 country, or of a part of it (`DE-BY`), in a year; none for ""."""
    whole, _, part = country.partition("-")
    return frozenset(country_holidays(whole, subdiv=part or None, years=year)) if country else frozenset()


def is_known_country(country: str) -> bool:
    """Whether the library knows this country of two letters, and its part; "" is known to have no holidays."""
    # Asked for itself: listing all countries loads every one of them, half a second at each command.
    try:
        whole, dash, part = country.partition("-")
        known = len(whole) == 2 and bool(part) == bool(dash)
        return country == "" or (known and country_holidays(whole, subdiv=part or None) is not None)
    except NotImplementedError:
        return False
