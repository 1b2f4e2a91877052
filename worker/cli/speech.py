"""French and English, side by side where they are said. French unless the person's locale is English."""

from __future__ import annotations

import os

from worker.mail.typography import for_header, typeset


def language() -> str:
    """`fr` or `en`: APRES_LANGUAGE, else the locale (LC_ALL, then LANG), else French."""
    wanted = (os.environ.get(name, "") for name in ("APRES_LANGUAGE", "LC_ALL", "LANG"))
    chosen = next((value for value in wanted if value), "fr")
    return "en" if chosen.lower().startswith("en") else "fr"


def say(french: str, english: str) -> str:
    """The sentence in the person's language, with its typography but no narrow spaces: terminals draw them badly."""
    if language() == "en":
        return typeset(english, "en")
    return for_header(typeset(french, "fr"))


def counted(number: int, french: str, english: str) -> str:
    """« 1 message prévu », « 3 messages prévus », "0 messages": every word takes the plural."""
    one = number == 1 if language() == "en" else abs(number) < 2
    words = english if language() == "en" else french
    return f"{number} " + (words if one else " ".join(map(_plural, words.split(" "))))


def _plural(word: str) -> str:
    return word if word.endswith("s") else f"{word}s"
