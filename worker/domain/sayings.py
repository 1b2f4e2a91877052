"""What a short answer in words means: yes, no, not yet, in French and English; never a guess."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Saying(StrEnum):
    """What somebody says in a word or a sentence."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


_NOT_YET = "pas (?:encore|eu le temps)|not yet|bientot|soon|toujours pas"
_NO = (
    r"non|no|nope|nan|pas (?:cette fois|maintenant|interesse\w*|pour moi|envie|possible)|plutot pas|sans facon|jamais"
    r"|je (?:ne )?(?:prefere|souhaite|veux) pas|je prefere ne pas|je (?:passe|decline)(?: mon tour)?"
    r"|not (?:this time|now|for me|interested)|no thanks|rather not|never|i (?:ll|will) pass"
)
_YES = (
    "oui|ouais|d ?accord|volontiers|avec (?:(?:grand )?plaisir|joie)|ca (?:marche|me va)|je suis partante?"
    "|bien sur|absolument|certainement|pourquoi pas|je veux bien"
    "|pas de (?:souci|probleme)|entendu|parfait|carrement|yes|yep|yeah|ok|okay|no problem|sure|of course|gladly"
    "|with pleasure|please do|certainly|why not|absolutely|i (?:d|would) love to|happy to|go ahead"
)
_ANY = re.compile(rf"\b(?:(?P<not_yet>{_NOT_YET})|(?P<yes>{_YES})|(?P<no>{_NO}))\b")
#: A yes beside one of these is none: « oui mais… », « je ne dis pas oui », "ok, stop writing to me". It is the word
#: that lets a name out, so a person reads whatever else stands there.
_HEDGES = re.compile(
    r"\b(?:mais|but|sauf|except|unless|a condition|peut etre|maybe|perhaps|si|if|ne|n|pas|plus|jamais|sans|avant|not"
    r"|don t|never|without|until|before|etait|was|pause|break"
    r"|last time|la derniere fois|(?:stop|arret|cess|desinscri|desabonn|supprim)\w*|unsubscribe|remove|delete)\b"
)
#: Words in front of the answer itself.
_GREETINGS = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|hello|hi|hey|dear|cher|chere|merci|thanks|thank you|madame|monsieur)\b"
    r"[^.,!\n]{0,30}[.,!\n]*\s*)+"
)
_SENTENCE = re.compile(r"[.!?;\n]")
#: « Non, pas encore » is a not yet.
_NOT_NOW = frozenset({Saying.NO, Saying.NOT_YET})
#: More words than this hold something for a person to read, whatever the first ones say.
_SHORT = 8


def plain(text: str) -> str:
    """Small letters without accents; apostrophes and dashes become spaces."""
    loose = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in loose if not unicodedata.combining(letter))
    return re.sub(r"[’'`\-‐‑]", " ", bare).strip()


def saying(text: str) -> Saying | None:
    """What the text says, when its first sentence says it and nothing in it says otherwise; else None."""
    words = _GREETINGS.sub("", plain(text)).lstrip(" .,!;:-\n")
    first = _SENTENCE.split(words, maxsplit=1)[0]
    found = {Saying(str(match.lastgroup)) for match in _ANY.finditer(words)}
    if not _begins_so(first) or words[len(first) :].lstrip().startswith("?"):
        return None
    if found == {Saying.YES}:
        return None if _HEDGES.search(_ANY.sub(" ", words)) else Saying.YES
    return (
        Saying.NOT_YET if Saying.NOT_YET in found <= _NOT_NOW else Saying.NO if found == {Saying.NO} else None
    )


_BREAK = re.compile(r"\b(?:pause|break)\b")
#: A coffee break is none, nor is what somebody does not want.
_NO_BREAK = re.compile(r"\b(?:cafe|coffee|ne|n|pas|sans|no|not|don t|without)\b|\?")


def wants_a_break(text: str) -> bool:
    """Whether a few words ask for a pause, and nothing but that: « une pause, s'il vous plaît », "a break please"."""
    words = _GREETINGS.sub("", plain(text))
    return len(words.split()) <= _SHORT and bool(_BREAK.search(words)) and not _NO_BREAK.search(words)


def _begins_so(first: str) -> bool:
    """The answer stands among the first words: « Oui, … », « eh bien oui », "I would say yes" and no later."""
    match = _ANY.search(first)
    return match is not None and len(first[: match.start()].split()) <= 3


def needs_reading(text: str) -> bool:
    """Whether there is more in it than the bare answer: a question, or more than a few words."""
    return "?" in text or len(text.split()) > _SHORT


#: Numbers by which a proposal is meant: « oui pour la première ».
_FIRST = re.compile(r"\b(?:1|1ere|1er|premiere?|first)\b")
_SECOND = re.compile(r"\b(?:2|2e|2eme|deuxieme|seconde?)\b")
_THIRD = re.compile(r"\b(?:3|3e|3eme|troisieme|third)\b")


def numbers_meant(text: str) -> frozenset[int]:
    """Which proposals a text speaks of; none: all of them."""
    words = plain(text)
    orders = {1: _FIRST, 2: _SECOND, 3: _THIRD}
    return frozenset(number for number, pattern in orders.items() if pattern.search(words))
