"""What the words in a guest list's cells mean. What is not known here is asked about, never guessed."""

from __future__ import annotations

import re

from worker.domain.headings import folded, words
from worker.domain.person import Consent, Presence

_YES = frozenset(words("1 | accepte | d accord | o | ok | oui | true | v | vrai | x | y | yes"))
_NO = frozenset(words("0 | false | faux | n | no | non | refuse | refusee"))
_TICKS, _CROSSES = frozenset("✓✔☑✅"), frozenset("✗✘❌☒")
_JUNK = frozenset(words("aucun | aucune | n a | na | nc | neant | none | null | sans objet | tbd"))
_PRESENCE = {
    Presence.PRESENT: _YES
    | set(words("attended | checked in | la | present | presente | presents | venu | venue | walk in")),
    Presence.ABSENT: _NO
    | set(words("absent | absente | did not attend | no show | noshow | not checked in")),
    Presence.CANCELLED: frozenset(
        words("annule | annulee | canceled | cancelled | desiste | desistee | excuse | excusee")
    ),
    Presence.UNKNOWN: frozenset(words(" | a confirmer | inconnu | unknown")),
}
_CAME = frozenset(words("attended | checked in"))
_GOING = frozenset(
    words(
        " | accepte | acceptee | active | approved | attending | complete | completed | confirme "
        "| confirmed | confirmee | going | inscrit | inscrite | invitation | oui | paid | paye | payee | "
        "registered | valide | validee | yes"
    )
)
_GONE = frozenset(
    words(
        "annule | annulee | canceled | cancelled | decline | declined | declinee | desiste | desistee | no | "
        "non | not attending | not going | refunded | rembourse | remboursee"
    )
)
_NOT_YET = frozenset(
    words(
        "draft | en attente | invite | invited | invitee | liste d attente | pending | pending approval | "
        "waiting list | waitlist"
    )
)
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[:h]\d{2}")
_LANGUAGES = {
    **dict.fromkeys(words("fr | francais | french | fr fr"), "fr"),
    **dict.fromkeys(words("en | anglais | english | en gb | en us"), "en"),
}


def filled(text: str) -> str:
    """The cell, or "" where it only says that there is nothing ("N/A", "-", "TBD")."""
    says = any(character.isalnum() for character in text) or (_TICKS | _CROSSES) & set(text)
    return text if says and folded(text) not in _JUNK else ""


def _word(text: str) -> str:
    """The cell for comparing; a tick is a yes, a cross a no; other scripts come as they are, which no list knows."""
    if _TICKS & set(text):
        return "oui"
    return "non" if _CROSSES & set(text) else folded(text) or text.strip()


def presence(text: str) -> Presence | None:
    """Presence as a cell says it; a date or an hour is a check-in; None for a word nobody knows."""
    word = _word(filled(text))
    for known, said in _PRESENCE.items():
        if word in said:
            return known
    return Presence.PRESENT if _MOMENT.search(text) else None


def registration(text: str) -> Presence | str | None:
    """What a status makes of somebody: PRESENT (checked in), UNKNOWN (coming), CANCELLED.

    The word itself where nothing is confirmed yet; None for a status that nobody knows.
    """
    word = _word(filled(text))
    if word in _CAME:
        return Presence.PRESENT
    if word in _GOING:
        return Presence.UNKNOWN
    if word in _GONE:
        return Presence.CANCELLED
    return text if word in _NOT_YET else None


def consent(text: str) -> Consent:
    """Only a clear yes opens the door."""
    word = _word(filled(text))
    if word in _YES:
        return Consent.GIVEN
    return Consent.REFUSED if word in _NO else Consent.NOT_ASKED


def opt_out(text: str) -> bool | None:
    """Whether somebody wants no mail; None for a word nobody knows."""
    word = _word(filled(text))
    if word in _YES:
        return True
    return False if word in _NO or not word else None


def language(text: str) -> str:
    """The code `fr` or `en`; empty for the own language of the edition."""
    return _LANGUAGES.get(folded(text), "")
