"""What a person wrote themselves in an answer: without the mail they quote, and without their signature."""

from __future__ import annotations

import re
from html import unescape

from worker.mail.received_header import printable
from worker.mail.received_mail import ReceivedMail

_LONGEST = 4000

_QUOTED = re.compile(
    r"""^\s*(?:
        >
      | -{2,}\s*(?:original|forwarded|message|mail|weitergeleitete|urspr)
      | _{10,}\s*$
      | (?:on|le|am|el)\b.{4,200}(?:wrote|a\s[ée]crit|schrieb|escribi[óo])\s*:?\s*$
      | am\s.{4,120}\sschrieb\s.{1,100}:\s*$
      | \*(?:de|from|von)\s?:\*
      | (?:de|from|von|exp[ée]diteur)\s?:.+@ | (?:de|from)\s?:\s?\S.*$(?=\n\s*(?:envoy[ée]|sent|date|[àa]|to)\s?:)
      | begin:vcalendar
    )""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
#: Mail programs break the line that opens a quotation.
_BROKEN_OPENING = re.compile(
    r"^((?:on|le)\s(?:[^\n]{4,120}))\n([^\n]{0,80}(?:wrote|a\s[ée]crit)\s*:?\s*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^(?:--\s?$|envoy[ée]\s(?:de|depuis|à\spartir\sde)\s|sent\sfrom\s(?:my|outlook|mail)|sent\swith\sproton|envoy[ée]\savec\s(?:la\smessagerie|proton)"
    r"|get\soutlook\sfor|t[ée]l[ée]charge[rz]\soutlook)",
    re.IGNORECASE | re.MULTILINE,
)
_GONE = re.compile(
    r"<(style|script|head|blockquote)\b.*?(?:</\1\s*>|\Z)"
    r"|<div[^>]*(?:gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend).*",
    re.IGNORECASE | re.DOTALL,
)
_LINE_ENDS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


def own_words(mail: ReceivedMail) -> str:
    """Their own lines; "" where there is nothing but quotations."""
    text = mail.plain if mail.plain.strip() else of_html(mail.html)
    return words_before_quotations(text)


def words_before_quotations(text: str) -> str:
    """What stands above the quoted mail; below it when nothing stands above (people answer under a quotation too)."""
    even = printable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = _BROKEN_OPENING.sub(r"\1 \2", even)
    quoted = _QUOTED.search(lines)
    own = lines[: quoted.start()] if quoted else lines
    if quoted and not own.strip():
        own = _under(lines[quoted.start() :].splitlines())
    signed = _SIGNATURE.search(own)
    return (own[: signed.start()] if signed else own).strip()[:_LONGEST]


def _under(lines: list[str]) -> str:
    """What stands between and under lines marked as quoted; without such marks nobody can tell."""
    marked = any(line.lstrip().startswith(">") for line in lines)
    return "\n".join(line for line in lines if marked and not _QUOTED.match(line))


def of_html(page: str) -> str:
    """The text of a page, without what it quotes."""
    return unescape(_TAGS.sub("", _LINE_ENDS.sub("\n", _GONE.sub("", page))))
