"""Answers, and why a mail is kept aside, in the words of organizers: French and English."""

from __future__ import annotations

from worker.domain.answer import Stance, Via
from worker.domain.inbound import Why

_STANCES = {
    Stance.YES: ("oui", "yes"),
    Stance.MAYBE: ("peut-être", "maybe"),
    Stance.NO: ("non", "no"),
    Stance.OLDER: ("oui à l’ancienne date", "yes to the old date"),
    Stance.NONE: ("sans réponse", "no answer"),
}

_VIAS = {
    Via.CALENDAR: ("par son agenda", "by calendar"),
    Via.ORGANIZER: ("de vive voix", "in person"),
    Via.PAGE: ("sur sa page", "on their page"),
}

_WHYS = {
    Why.COUNTER: ("propose une autre heure", "proposes another time"),
    Why.DELEGATED: ("ne vient pas et a désigné quelqu’un d’autre", "does not come and named somebody else"),
    Why.FORWARDED: (
        "quelqu’un d’autre a répondu à cette invitation",
        "somebody else answered this invitation",
    ),
    Why.CONTRADICTION: (
        "le mail désigne deux invités à la fois",
        "the mail names two guests at once",
    ),
    Why.UNKNOWN_TOKEN: (
        "une réponse à une invitation qui n’est pas de nous",
        "an answer to an invitation that is not ours",
    ),
    Why.ONE_INSTANCE: ("répond pour une seule date d’une série", "answers for one date of a series"),
    Why.NEVER_SENT: (
        "répond à une invitation que nous n’avons pas envoyée",
        "answers an invitation we never sent",
    ),
    Why.TAKEN_BACK: (
        "répond à une invitation retirée depuis",
        "answers an invitation that was taken back since",
    ),
    Why.WHICH_CAFE: ("on ne sait pas de quel Café il s’agit", "it does not say which Café is meant"),
    Why.ASKS_AGAIN: ("demande de renvoyer l’invitation", "asks for the invitation again"),
    Why.BOUNCE: ("un avis de non-remise", "a notice that a mail was not delivered"),
    Why.COMPLAINT: ("signale un de nos mails comme indésirable", "reports a mail of ours as spam"),
    Why.WORDS: ("quelqu’un a écrit", "somebody wrote"),
    Why.UNREADABLE: ("une réponse illisible", "an answer that cannot be read"),
}


def stance_words(stance: Stance, language: str) -> str:
    """What somebody's answer comes to."""
    return _STANCES[stance][language == "en"]


def via_words(via: Via, language: str) -> str:
    """How an answer came."""
    return _VIAS[via][language == "en"]


def why_words(why: Why, language: str) -> str:
    """Why a mail is kept aside, as a sentence without its subject."""
    return _WHYS[why][language == "en"]
