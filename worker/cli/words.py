"""The words of the house in the words of organizers: steps, states of a campaign, presence, what needs somebody."""

from __future__ import annotations

from collections.abc import Mapping

from worker.cli.speech import language, say
from worker.domain.campaign import Status
from worker.domain.lifecycle import State
from worker.domain.notice import NoticeKind
from worker.domain.person import Consent, Presence
from worker.domain.reason import Reason
from worker.services.wording import reason_words, state_words

#: The steps that come with Après, in the order of a campaign.
STEPS = {
    "thank-you": ("Remerciement", "Thank-you"),
    "invitation": ("Invitation", "Invitation"),
    "update": ("Changement", "Change"),
    "cancel": ("Annulation", "Cancellation"),
    "reinvite": ("Invitation rendue", "Invitation given back"),
    "uninvite": ("Invitation retirée", "Invitation taken back"),
    "reminder": ("Rappel", "Reminder"),
    "nudge": ("Mise en relation", "Introduction"),
    "introduced": ("Noms échangés après deux oui", "Names exchanged after two yeses"),
    "met": ("Vous êtes-vous vus ?", "Did you meet?"),
    "met-again": ("Rappel après « pas encore »", "Once more after “not yet”"),
    "resting": ("Mises en relation en pause", "Introductions rest"),
    "ask-presence": ("Vous : qui était là ?", "You: who was there?"),
    "answers": ("Vous : les réponses du jour", "You: the day's answers"),
    "forward": ("Vous : un mail à répondre", "You: a mail to answer"),
    "presence-due": ("Vous : rappel des présences", "You: presence is due"),
}

_STATUSES = {
    Status.DRAFT: ("pas encore armée, rien ne partira", "not armed yet, nothing will leave"),
    Status.ARMED: (
        "armée, tout part de soi-même à l’heure dite",
        "armed, everything leaves by itself in its time",
    ),
    Status.PAUSED: ("en pause, rien ne part", "paused, nothing leaves"),
    Status.CANCELLED: ("annulée, plus rien ne partira", "cancelled, nothing more will leave"),
}

_PRESENCES = {
    Presence.PRESENT: ("présent·e", "present"),
    Presence.ABSENT: ("absent·e", "absent"),
    Presence.CANCELLED: ("désisté·e", "cancelled"),
    Presence.UNKNOWN: ("à noter", "not marked"),
}

_CONSENTS = {
    Consent.GIVEN: ("d’accord", "agreed"),
    Consent.REFUSED: ("a refusé", "refused"),
    Consent.NOT_ASKED: ("pas demandé", "not asked"),
}

#: What happened, in both languages, and the command that follows.
_NOTICES = {
    NoticeKind.RELAY_PAUSED: (
        "Votre messagerie refuse notre compte ({reply}). Tout attend, personne n’est oublié. Corrigez le mot de passe.",
        "Your mail provider refuses our account ({reply}). All waits, nobody is forgotten. Put the password right.",
        "apres relay resume",
    ),
    NoticeKind.LEDGER_HELD: (
        "Le registre est plus ancien que ce qui est parti. Rien ne part tant qu’il n’est pas remis à jour.",
        "The ledger is older than what was sent. Nothing leaves until it is brought up to date.",
        "apres reconcile",
    ),
    NoticeKind.MANY_REFUSED: (
        "Trop d’adresses refusées ({refused} sur {of}), la campagne s’est mise en pause. Corrigez la liste.",
        "Too many addresses refused ({refused} of {of}), the campaign paused itself. Correct the list.",
        "apres resume {edition}",
    ),
    NoticeKind.COMPOSE_FAILED: (
        "Un mail n’a pas pu être composé ({because}). Corrigez le modèle.",
        "A mail could not be composed ({because}). Correct the template.",
        "apres dead requeue --reason compose_failed",
    ),
    NoticeKind.LEAK: (
        "Un mail parlait d’une autre personne de la liste, il est retenu ({because}). Corrigez le texte ou la liste.",
        "A mail told of somebody else on the list, it is held back ({because}). Correct the text or the list.",
        "apres dead list {edition}",
    ),
    NoticeKind.POISON: (
        "Des mails font tomber le programme et ont été mis de côté ({messages}).",
        "Some mails bring the program down and were set aside ({messages}).",
        "apres dead list {edition}",
    ),
    NoticeKind.DOUBTS: (
        "Des mails sont peut-être arrivés, peut-être pas ({messages}). À vous de trancher.",
        "Some mails may or may not have arrived ({messages}). You decide.",
        "apres doubts {edition}",
    ),
    NoticeKind.KEPT_ASIDE: (
        "Des mails reçus attendent d’être lus par quelqu’un ({messages}).",
        "Mails that came in wait for somebody to read them ({messages}).",
        "apres mails",
    ),
    NoticeKind.UNCLEAR_NAMES: (
        "Des participants ont écrit qui ils ont vu, et des noms ne sont pas clairs ({names}). À vous de dire qui.",
        "Participants wrote whom they met, and some names are not clear ({names}). You say who is meant.",
        "apres introduce unclear {edition}",
    ),
    NoticeKind.MAILBOX: (
        "La boîte où arrivent les réponses est injoignable ({because}). Rien n’est perdu, elles y attendent.",
        "The mailbox for answers cannot be reached ({because}). Nothing is lost, they wait there.",
        "apres receive",
    ),
    NoticeKind.UNAPPROVED: (
        "La liste ou l’enchaînement a changé : {messages} mails attendent votre accord. Voyez ce qui change.",
        "The list or the sequence has changed: {messages} mails wait for your yes. See what would change.",
        "apres reschedule {edition}",
    ),
    NoticeKind.EXPIRED: (
        "Des mails n’ont pas pu partir à temps ({messages}). Voyez qui, et pourquoi.",
        "Some mails could not leave in time ({messages}). See who, and why.",
        "apres plan {edition}",
    ),
    NoticeKind.CLOCKS: (
        "L’horloge de {place} et celle de Redis ne s’accordent pas ({seconds} s). Rien ne part de là : réglez-les.",
        "The clocks of {place} and of Redis disagree ({seconds} s). Nothing leaves from there: set them right.",
        "apres todo",
    ),
}


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def step_label(step: str) -> str:
    """A step as a title; one of the organizer's own is shown as named in the sequence file."""
    return say(*STEPS[step]) if step in STEPS else step


def status_sentence(status: Status) -> str:
    """Where a campaign stands."""
    return say(*_STATUSES[status])


def presence_label(presence: Presence) -> str:
    """Whether somebody was there."""
    return say(*_PRESENCES[presence])


def consent_label(consent: Consent) -> str:
    """Whether somebody may be introduced."""
    return say(*_CONSENTS[consent])


def reason_label(reason: Reason) -> str:
    """Why, as the end of a sentence."""
    return reason_words(reason, language())


#: States whose French words take an s.
_AGREEING = frozenset({State.SENT, State.BOUNCED, State.SKIPPED})


def state_label(state: State) -> str:
    """Where a message is, in a word or two."""
    return state_words(state, language())


def states_label(number: int, state: State) -> str:
    """« 2 non envoyés », "2 not sent": so many messages, and where they are."""
    agrees = number > 1 and language() == "fr" and state in _AGREEING
    return f"{number} {state_label(state)}{'s' if agrees else ''}"


def notice_sentence(kind: NoticeKind, edition: str, details: Mapping[str, str]) -> str:
    """What happened and what to do about it."""
    values = _Lenient({**details, "edition": edition})
    french, english, command = (text.format_map(values) for text in _NOTICES[kind])
    return f"{say(french, english)} → {command}"
