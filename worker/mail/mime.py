"""MIME by hand: parts to bytes, CRLF only, no line over 76, the same bytes for the same parts."""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256
from itertools import count
from struct import Struct
from typing import Literal, NamedTuple

from worker.mail.headers import header

_PLAIN = bytes(range(127))

#: RFC 5322 §2.1.1.
_LONGEST_LINE = 998
#: Octets that a line of base64 holds (RFC 2045 §6.8).
_OF_A_LINE = 57


class Part(NamedTuple):
    """A body part: its header block and its body in pieces, all ending in CRLF. Parts of the same bytes are equal.

    In one that is `encoded` no boundary of ours can stand: quoted-printable and base64 know no "=_" (RFC 2045 §6.7).
    One that is `transparent` is known to travel as it is: see `is_transparent`.
    """

    head: bytes
    body: Sequence[bytes]
    encoded: bool = False
    transparent: bool = False

    def __eq__(self, other: object) -> bool:
        """However they are cut."""
        return isinstance(other, Part) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        """As they are equal."""
        return hash(bytes(self))

    def __bytes__(self) -> bytes:
        """As it stands between two boundaries."""
        return b"".join(self.lines)

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The same in pieces."""
        return self.head, b"\r\n", *self.body


def text_part(subtype: Literal["plain", "html"], text: str) -> Part:
    """text/plain or text/html in UTF-8; quoted-printable, or base64 where that is shorter (RFC 2045 §6).

    Half a character (a lone surrogate, as JSON can carry) becomes "?".
    """
    raw = raw_lines("\n".join(text.splitlines()))
    if is_mostly_foreign(foreign_octets(raw), len(raw)):
        return _encoded(_text_head(subtype, "base64"), base64(raw))
    encoded = quoted_printable(raw)
    return Part(quoted_head(subtype), (encoded,), encoded=True, transparent=is_transparent(encoded))


def _encoded(head: bytes, body: bytes) -> Part:
    return Part(head, (body,), encoded=True, transparent=True)


def quoted_head(subtype: Literal["plain", "html"]) -> bytes:
    """The header block of a text in quoted-printable."""
    return _text_head(subtype, "quoted-printable")


def is_transparent(lines: bytes) -> bool:
    """Whether whole lines travel as they are (RFC 5321 §4.5.2): with no break but CRLF, and none begins with a dot."""
    if lines.startswith(b".") or b"\n." in lines:
        return False
    return lines.count(b"\r") == lines.count(b"\n") == lines.count(b"\r\n")


@cache
def _text_head(subtype: Literal["plain", "html"], encoding: str) -> bytes:
    return _head([f"text/{subtype};", "charset=utf-8"], encoding)


def raw_lines(lines: str) -> bytes:
    """Lines parted by LF as octets, each with its CRLF."""
    return octets_of(lines.replace("\n", "\r\n")) + b"\r\n"


def octets_of(text: str) -> bytes:
    """As UTF-8; half a character becomes "?"."""
    return text.encode("utf-8", "replace")


def foreign_octets(raw: bytes) -> int:
    """How many octets are beyond what ASCII prints."""
    return 0 if raw.isascii() and b"\x7f" not in raw else len(raw.translate(None, _PLAIN))


def is_mostly_foreign(foreign: int, octets: int) -> bool:
    """Whether base64 is shorter: it takes a third more for all, quoted-printable two more for each foreign octet."""
    return foreign * 6 > octets


def quoted_printable(raw: bytes) -> bytes:
    """RFC 2045 §6.7, lines of at most 76, a CRLF at the end. `raw` has CRLF line ends."""
    return quoted_lines(raw.replace(b"\r\n", b"\n")).replace(b"\r", b"=0D").replace(b"\n", b"\r\n")


def quoted_lines(lines: bytes) -> bytes:
    """The same between lines that end in LF, and stay so; each is encoded by itself.

    A dot in front is encoded too: lines that have none travel as they are.
    """
    encoded = quoted(lines)
    while (dot := _dot_in_front(encoded)) >= 0:
        end = _line_end(encoded, dot)
        encoded = encoded[:dot] + _dot_quoted(encoded[dot:end]) + encoded[end:]
    return encoded


def _dot_in_front(lines: bytes) -> int:
    return 0 if lines.startswith(b".") else lines.find(b"\n.") + 1 or -1


def _line_end(encoded: bytes, start: int) -> int:
    """Where the line that goes on here ended before it was encoded."""
    end = encoded.find(b"\n", start)
    while end > 0 and encoded.startswith(b"=", end - 1):
        end = encoded.find(b"\n", end + 1)
    return end if end >= 0 else len(encoded)


def quoted(lines: bytes) -> bytes:
    """As `quoted_lines`, with any dots in front."""
    # Where blanks end a line, `binascii` leaves no room for what they become unless all ends with them.
    if b" \n" in lines or b"\t\n" in lines:
        return b"\n".join(map(quoted, lines.split(b"\n")))
    return binascii.b2a_qp(lines, istext=True, quotetabs=False)


def _dot_quoted(line: bytes) -> bytes:
    # Two octets more in front: what follows breaks elsewhere.
    return b"=2E" + quoted(b"dot" + binascii.a2b_qp(line)[1:])[3:]


def base64(raw: bytes) -> bytes:
    """RFC 2045 §6.8, lines of 76, a CRLF at the end."""
    encoded = binascii.b2a_base64(raw, newline=False)
    full, rest = divmod(len(encoded), 76)
    lines = _full_lines(full).unpack_from(encoded)
    return b"\r\n".join([*lines, encoded[-rest:], b""] if rest else [*lines, b""])


# A calendar differs from the next by some letters of a name.
@lru_cache(maxsize=256)
def _full_lines(number: int) -> Struct:
    return Struct("76s" * number)


def calendar_parts(ics: bytes, method: str, before: bytes = b"") -> tuple[Part, Part]:
    """A calendar for the mail program to act on, and for people to keep; encoded once.

    What many calendars have in common may be given apart, as what stands `before` the rest.

    The iMIP part (RFC 6047 §2.4): method parameter as in the body, UTF-8, base64, no disposition. The same bytes as a
    file: Proton's web client looks for an attachment named *.ics.
    """
    lines, rest = _whole_lines(before)
    encoded = lines, base64(rest + ics)
    return (
        Part(_calendar_head(method), encoded, encoded=True, transparent=True),
        Part(_ATTACHED, encoded, encoded=True, transparent=True),
    )


@lru_cache(maxsize=64)
def _whole_lines(raw: bytes) -> tuple[bytes, bytes]:
    """As many lines of base64 as the octets fill, and the octets left over."""
    whole = len(raw) // _OF_A_LINE * _OF_A_LINE
    return base64(raw[:whole]), raw[whole:]


@cache
def _calendar_head(method: str) -> bytes:
    return _head(["text/calendar;", "charset=UTF-8;", f"method={method}"], "base64")


def _head(content_type: Sequence[str], encoding: str) -> bytes:
    return header("Content-Type", content_type) + header("Content-Transfer-Encoding", [encoding])


_ATTACHED = _head(["application/ics;", 'name="invite.ics"'], "base64") + header(
    "Content-Disposition", ["attachment;", 'filename="invite.ics"']
)


def attached_mail(raw: bytes) -> Part:
    """A mail within another. Never in base64 (RFC 2046 §5.2.1): one that is not plain becomes a file."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    if raw.isascii() and b"\0" not in raw and max(map(len, lines)) <= _LONGEST_LINE:
        return Part(_mail_head("message/rfc822", "7bit"), (b"\r\n".join([*lines, b""]),))
    return _encoded(_mail_head("application/octet-stream", "base64"), base64(raw))


@cache
def _mail_head(kind: str, encoding: str) -> bytes:
    typed = header("Content-Type", [f"{kind};", 'name="original.eml"'])
    coded = header("Content-Transfer-Encoding", [encoding])
    return typed + coded + header("Content-Disposition", ["attachment;", 'filename="original.eml"'])


def multipart(subtype: str, parts: Sequence[Part], seed: str) -> Part:
    """A multipart (RFC 2046 §5.1) whose boundary is made from `seed` and stands in none of its parts."""
    foreign = [part for part in parts if not part.encoded]
    head, between, end = _frame(subtype, seed, _turn(f"{subtype}/{seed}", foreign) if foreign else 0)
    pieces, transparent = list[bytes](), True
    for own, body, _, travels in parts:
        pieces += (between, own, b"\r\n", *body, b"\r\n")
        transparent = transparent and travels
    pieces.append(end)
    return Part(head, pieces, not foreign, transparent)


def _turn(seed: str, parts: Sequence[Part]) -> int:
    """Which boundary of this seed is the first that stands in none of these parts."""
    # Boundaries of other seeds, as a part that is a multipart has one, are other hashes.
    contents = [piece for part in parts for piece in part.lines]
    return next(turn for turn in count() if not any(_hashed(seed, turn) in content for content in contents))


def _hashed(seed: str, turn: int) -> bytes:
    return b"=_" + sha256(f"{seed}/{turn}".encode()).hexdigest()[:32].encode()


# All mails of a step have one seed.
@lru_cache(maxsize=64)
def _frame(subtype: str, seed: str, turn: int) -> tuple[bytes, bytes, bytes]:
    """The header block, what stands before each part, and what stands after the last."""
    boundary = _hashed(f"{subtype}/{seed}", turn)
    head = header("Content-Type", [f"multipart/{subtype};", f'boundary="{boundary.decode()}"'])
    return head, b"--%b\r\n" % boundary, b"--%b--\r\n" % boundary
