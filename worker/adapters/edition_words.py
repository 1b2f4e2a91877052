"""How single values of an edition file are read: texts, numbers, addresses, zones, hours on the wall.

Each function raises Unfit with the remedy for what it cannot read, None included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from email_validator import EmailNotValidError, validate_email

from worker.adapters.toml_table import Unfit, nearest

LANGUAGES = ("fr", "en")

_SERIES_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?")
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_WALL = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?")
_WALL_REMEDY = 'write the day and the hour on the wall such as "2026-12-08 08:30"'
_MOST_EDITIONS = 9_999_999  # with a series id of 12, the id of an edition is then at most 20 long


def a_text(value: Any) -> str:
    """Words, on one line or many, without the blanks around them; not blank."""
    if not isinstance(value, str) or not value.strip():
        raise Unfit("write some words between quotes")
    return unicodedata.normalize("NFC", value.strip())


def a_line(value: Any) -> str:
    """Words on one line: what stands in a header, a subject or a calendar."""
    text = a_text(value)
    if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text):
        raise Unfit("keep it on one line, without tabs")
    return text


def a_series_id(value: Any) -> str:
    """The first part of every message key."""
    if not isinstance(value, str) or not _SERIES_ID.fullmatch(value):
        raise Unfit('write 1 to 12 small letters, digits or inner dashes between quotes, such as "cafe"')
    return value


def a_sequence(value: Any) -> str:
    """The name of a file in `schedules/`."""
    if not isinstance(value, str) or not _FILE_NAME.fullmatch(value):
        raise Unfit('write the name of a file in schedules/ without .toml, such as "cafe"')
    return value


def a_number(value: Any) -> int:
    """Which edition of its series."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_EDITIONS:
        raise Unfit(f"write a whole number from 1 to {_MOST_EDITIONS}, without quotes")
    return value


def a_crowd(value: Any) -> int:
    """How many people a description must fit at least; of two, each would know."""
    if isinstance(value, bool) or not isinstance(value, int) or not 3 <= value <= 100:
        raise Unfit("write a whole number from 3 to 100, without quotes")
    return value


def yes_or_no(value: Any) -> bool:
    """`true` or `false`; a word in quotes is neither, for a consent is never guessed."""
    if not isinstance(value, bool):
        raise Unfit("write true or false, without quotes")
    return value


def a_language(value: Any) -> str:
    """A language that mails are written in."""
    if value not in LANGUAGES:
        raise Unfit(nearest(value, LANGUAGES))
    return str(value)


def an_address(value: Any) -> str:
    """An addr-spec (RFC 5321 §4.1.2) that any relay takes: ASCII, the domain as DNS has it. No DNS is asked."""
    try:
        checked = validate_email(
            value if isinstance(value, str) else "", check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError as error:
        raise Unfit('write one mail address such as "paule@cafe.example.org"') from error
    return checked.ascii_email or checked.normalized


def a_url(value: Any) -> str:
    """The address of a page, or "" for none."""
    if value == "":
        return ""
    if not re.fullmatch(r"https?://[^\s/.]+\.\S+", value if isinstance(value, str) else ""):
        raise Unfit('write an address of the web such as "https://cafe.example.org", or leave the line out')
    return str(value)


def a_zone(value: Any) -> ZoneInfo:
    """An IANA zone by its exact name: some file systems would also find `europe/paris`."""
    zones = available_timezones()
    if not isinstance(value, str) or value not in zones:
        near = get_close_matches(value, zones, n=1) if isinstance(value, str) else []
        raise Unfit(f"did you mean {near[0]}?" if near else 'write an IANA zone such as "Europe/Paris"')
    return ZoneInfo(value)


def on_the_wall_of(zone: ZoneInfo) -> Callable[[Any], datetime]:
    """A reading of an hour as people in this zone see it; an hour that happens twice is its first one."""

    def read(value: Any) -> datetime:
        wall = _wall(value).replace(tzinfo=zone)
        if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise Unfit(f"the clocks of {zone.key} jump over this hour that day; write another hour")
        return wall

    return read


def _wall(value: Any) -> datetime:
    wall = value if isinstance(value, datetime) else _from_words(value)
    if wall.tzinfo is not None:
        raise Unfit("write local time, without Z or offset; the zone has a line of its own")
    return wall


def _from_words(value: Any) -> datetime:
    try:
        wall = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise Unfit(_WALL_REMEDY) from error
    if wall.tzinfo is None and not _WALL.fullmatch(value):
        raise Unfit(_WALL_REMEDY)
    return wall
