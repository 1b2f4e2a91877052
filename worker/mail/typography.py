"""The typography of each language: spaces that do not break, quotation marks, apostrophes.

It may be applied to prose or to Markdown. URLs, addresses, code, tags and Jinja expressions pass untouched, and
applying it twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from worker.mail.slots import SLOT_CHARACTERS

#: Narrow no-break space, before ; ! ? and inside « ».
NARROW = "\u202f"
#: No-break space, before : and inside dates, hours and names.
FIXED = "\u00a0"

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_UNITS = "minutes?|min|heures?|euros?|ans|personnes|km|kg|m²|Mo|Go"
_SPACE = f"[ {FIXED}\u2009{NARROW}]"
_LETTER = rf"[^\W\d_]|[{SLOT_CHARACTERS}]"
_WORD = rf"[\w{SLOT_CHARACTERS}]"

_UNTOUCHED = re.compile(
    r"""
      (?:https?://|mailto:|www\.) [^\s<>«»`]* [^\s<>«»`.,;:!?…)\]'’"*_]      # a URL, without the sentence's own mark
    | [\w.+-]+ @ [\w-]+ (?:\.[\w-]+)+                                         # an address
    | ```.*?``` | `[^`\n]*`                                                   # code
    | \]\( [^)\n]* \) | ^[ ]*\[[^\]\n]+\]:.*$                                 # where a Markdown link leads
    | ^[ ]*\|?(?:[ ]*:?-{3,}:?[ ]*\|?)+[ ]*$                                  # the rule of a Markdown table
    | &\w+; | &\#\w+;                                                         # a character reference
    | <[^<>\n]+>                                                              # a tag or <autolink>
    | \{\{.*?\}\} | \{%.*?%\} | \{\#.*?\#\}                                   # Jinja
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rule(pattern: str, instead: str | Callable[[re.Match[str]], str]) -> _Rule:
    return re.compile(pattern), instead


def _hour(match: re.Match[str]) -> str:
    hour, minute = match["hour"], match["minute"]
    if int(hour) > 24 or int(minute or 0) > 59:
        return match[0]
    return f"{hour}{FIXED}h{FIXED}{minute}" if minute else f"{hour}{FIXED}h"


_ELSEWHERE: tuple[_Rule, ...] = (
    _rule(r"(?<!\.)\.\.\.(?!\.)", "…"),
    _rule(rf"(?<={_LETTER})'(?=[\w«*\[{SLOT_CHARACTERS}])", "’"),
)

_ENGLISH: tuple[_Rule, ...] = (
    *_ELSEWHERE,
    _rule(rf"\b(\d{{1,2}}){_SPACE}({_MONTHS_EN})\b", rf"\1{FIXED}\2"),
    _rule(rf"\b(\d{{1,2}}(?::\d\d)?){_SPACE}([ap]m)\b", rf"\1{FIXED}\2"),
)

_FRENCH: tuple[_Rule, ...] = (
    *_ELSEWHERE,
    _rule(rf"«{_SPACE}*+(?!\n)", f"«{NARROW}"),
    _rule(rf"(?<![\n {FIXED}\u2009{NARROW}]){_SPACE}*+»", f"{NARROW}»"),
    _rule(rf"(?<!\n){_SPACE}++(?=[!?](?:[\s!?»”\")\]…*_]|$)|;(?:\s|$))", NARROW),
    _rule(rf"(?<={_WORD}|[»)\]”\"…])(?=[;!?]++(?:[\s»”\")\]*_]|$))", NARROW),
    _rule(rf"(?<!\n){_SPACE}++(?=:(?:[\s»*_]|$))", FIXED),
    _rule(rf"(?<={_LETTER}|[»)\]”])(?=:(?:{_SPACE}|\n|$))", FIXED),
    _rule(rf"(?<![\w.,])(?P<hour>\d{{1,2}}){_SPACE}?h(?:{_SPACE}?(?P<minute>\d\d))?(?!\w)", _hour),
    _rule(rf"\b(\d{{1,2}}|1er){_SPACE}(?=(?i:{_MONTHS})\b)", rf"\1{FIXED}"),
    _rule(rf"\b(M\.|MM\.|Mmes?|Mlles?|Dr|Pr){_SPACE}(?=[A-ZÀ-Þ{SLOT_CHARACTERS}])", rf"\1{FIXED}"),
    _rule(rf"\b([Nn][°º]){_SPACE}?(?=[\d{SLOT_CHARACTERS}])", rf"\1{FIXED}"),
    _rule(rf"\b(pp?|art|chap|vol)\.{_SPACE}(?=\d)", rf"\1.{FIXED}"),
    _rule(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])", lambda match: match[0].replace(" ", NARROW)),
    _rule(rf"(?<=\d){_SPACE}?(?=[%€])", FIXED),
    _rule(rf"(?<=\d){_SPACE}(?=(?:{_UNITS})\b)", FIXED),
)

_RULES = {"fr": _FRENCH, "en": _ENGLISH}


def typeset(text: str, language: str) -> str:
    """The text with the typography of the language (a two-letter code); others get what all have in common."""
    rules = _RULES.get(language, _ELSEWHERE)
    written: list[str] = []
    end = 0
    for untouched in _UNTOUCHED.finditer(text):
        written += (_apply(rules, text[end : untouched.start()]), untouched[0])
        end = untouched.end()
    return "".join((*written, _apply(rules, text[end:])))


def _apply(rules: tuple[_Rule, ...], prose: str) -> str:
    for pattern, instead in rules:
        prose = pattern.sub(instead, prose)
    return prose


def for_header(text: str) -> str:
    """The text for a Subject: mail clients draw U+202F badly there, so no-break spaces are all U+00A0."""
    return text.replace(NARROW, FIXED).replace("\u2009", FIXED)
