"""What the words in a guest list's cells mean. What is not known here is asked about, never guessed."""

from __future__ import annotations

import re

from worker.domain.headings import folded
from worker.domain.person import Consent, Presence

_YES = frozenset({"oui", "yes", "y", "o", "x", "1", "true", "vrai", "ok", "d accord", "accepte", "v"})
_NO = frozenset({"non", "no", "n", "0", "false", "faux", "refuse", "refusee"})
_JUNK = frozenset({"n a", "na", "tbd", "neant", "aucun", "aucune", "none", "null", "nc", "sans objet"})
_PRESENCE = {
    Presence.PRESENT: _YES | {"present", "presente", "presents", "venu", "venue", "attended", "checked in", "la", "walk in"},
    Presence.ABSENT: _NO | {"absent", "absente", "no show", "noshow", "did not attend", "not checked in"},
    Presence.CANCELLED: frozenset({"annule", "annulee", "cancelled", "canceled", "excuse", "excusee", "desiste", "desistee"}),
    Presence.UNKNOWN: frozenset({"", "inconnu", "unknown", "a confirmer"}),
}  # fmt: skip
_GOING = frozenset({
    "approved", "attending", "going", "confirmed", "confirme", "confirmee", "valide", "validee", "inscrit", "inscrite", "registered",
    "paye", "payee", "paid", "complete", "completed", "active", "checked in", "yes", "oui", "accepte", "acceptee", "invitation", "",
})  # fmt: skip
_GONE = frozenset({
    "cancelled", "canceled", "annule", "annulee", "refunded", "rembourse", "remboursee", "declined", "decline", "declinee",
    "not attending", "not going", "no", "non", "desiste", "desistee",
})  # fmt: skip
_NOT_YET = frozenset({
    "waitlist", "waiting list", "liste d attente", "pending", "pending approval", "en attente", "invited", "invite", "invitee", "draft",
})  # fmt: skip
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[:h]\d{2}")
_LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "fr fr": "fr", "en": "en", "anglais": "en", "english": "en", "en gb": "en", "en us": "en"}  # fmt: skip


def filled(text: str) -> str:
    """The cell, or "" where it only says that there is nothing ("N/A", "-", "TBD")."""
    return "" if not folded(text) or folded(text) in _JUNK else text


def presence(text: str) -> Presence | None:
    """Presence as a cell says it; a date or an hour is a check-in; None for a word nobody knows."""
    word = folded(filled(text))
    for known, words in _PRESENCE.items():
        if word in words:
            return known
    return Presence.PRESENT if _MOMENT.search(text) else None


def registration(text: str) -> Presence | str | None:
    """What a status makes of somebody: UNKNOWN (coming), CANCELLED, the status itself when not confirmed; None: unknown."""
    word = folded(text)
    if word in _GOING:
        return Presence.UNKNOWN
    if word in _GONE:
        return Presence.CANCELLED
    return text if word in _NOT_YET else None


def consent(text: str) -> Consent:
    """Only a clear yes opens the door."""
    word = folded(filled(text))
    if word in _YES:
        return Consent.GIVEN
    return Consent.REFUSED if word in _NO else Consent.NOT_ASKED


def opt_out(text: str) -> bool | None:
    """Whether somebody wants no mail; None for a word nobody knows."""
    word = folded(filled(text))
    if word in _YES:
        return True
    return False if word in _NO or not word else None


def language(text: str) -> str:
    """ "fr", "en", or "" for the edition's own."""
    return _LANGUAGES.get(folded(text), "")
