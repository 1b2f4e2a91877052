"""Quoted-printable in two steps (RFC 2045 §6.7): octets as it writes them, then rows.

What is written beforehand only has to be broken anew in each mail, where somebody's words make a line longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from worker.mail.mime import octets_of, quoted

#: Octets of a row before its soft break.
_ROW = 75
_SIGN, _DOT = b"=."


def unbroken(lines: bytes) -> bytes:
    """As `quoted_lines`, without its soft breaks; a dot in front is only seen when a line is `broken`."""
    return quoted(lines).replace(b"=\n", b"")


def quoted_words(words: Sequence[str]) -> list[bytes]:
    """Each word as it is written within a line, without soft breaks. Words are one line each (`slots.visible`)."""
    return [word.encode().replace(b"=", b"=3D") if word.isascii() else _quoted(word) for word in words]


# Many people share a first name, a field or an interest.
@lru_cache(maxsize=1024)
def _quoted(word: str) -> bytes:
    # A dot or a space is never a whole line, nor its end.
    return unbroken(octets_of(f"x{word}x"))[1:-1]


def broken(line: bytes) -> bytes:
    """An unbroken line in rows that end in CRLF, as `quoted_lines` breaks it: within no sign, before no dot."""
    if line.startswith(b"."):
        line = b"=2E" + line[1:]
    rows, start, length = [], 0, len(line)
    while (left := length - start) > _ROW and (left > _ROW + 1 or line[-3] == _SIGN):
        end = start + _ROW
        if line[end - 1] == _SIGN:
            end -= 1
        elif line[end - 2] == _SIGN:
            end -= 2
        rows.append(line[start:end])
        if line[end] == _DOT:
            line = b"%b=2E%b" % (line[:end], line[end + 1 :])
            length += 2
        start = end
    return b"=\r\n".join([*rows, line[start:]]) if rows else line
