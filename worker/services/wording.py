"""Reasons and states as sentences for people, French and English. Metrics and logs keep the bare words."""

from __future__ import annotations

from worker.domain.lifecycle import State
from worker.domain.reason import Reason

_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.PLANNED: ("prévu", "planned"),
    Reason.REPLANNED: ("reprogrammé après un changement", "planned anew after a change"),
    Reason.DUE: ("c’est l’heure : un worker le prend en main", "due: a worker takes it in hand"),
    Reason.GATE: (
        "toutes les vérifications passées, remise au relais",
        "every check passed, handed to the relay",
    ),
    Reason.ACCEPTED: ("le relais l’a accepté", "the relay accepted it"),
    Reason.ABSENT: ("n’est pas venu·e", "did not come"),
    Reason.CANCELLED_BY_GUEST: ("s’était désisté·e", "had cancelled"),
    Reason.NOT_MISSED: ("était là : ce mot est pour les absents", "was there: this mail is for those missed"),
    Reason.PRESENCE_UNKNOWN: (
        "on ne sait pas si cette personne était là",
        "nobody said whether they were there",
    ),
    Reason.PRESENCE_MARKED: ("les présences sont déjà notées", "presence is marked already"),
    Reason.NOTES_READY: ("attend les notes du débat", "waits for the notes of the debate"),
    Reason.NO_CONSENT: ("n’a pas accepté d’être présenté·e", "has not agreed to be introduced"),
    Reason.NO_RECORD: (
        "rien ne dit que cette personne a accepté ces mails : importez la liste où elle s’est inscrite",
        "nothing says that this person agreed to these mails: import the list they registered on",
    ),
    Reason.NOBODY_NAMED: ("aucun nom ne lui a été donné", "no name was given to them"),
    Reason.WITHDRAWN: (
        "l’une des deux personnes ne souhaite plus cette mise en relation",
        "one of the two no longer wants this introduction",
    ),
    Reason.ANSWERED: ("a déjà répondu à cette question", "has answered this question already"),
    Reason.RESTING: ("ses mises en relation sont en pause", "introductions rest for them"),
    Reason.NO_NEXT_EDITION: ("la prochaine édition n’est pas fixée", "the next edition is not set"),
    Reason.CALLED_OFF: ("le prochain Café n’aura pas lieu", "the next Café does not take place"),
    Reason.UNINVITED: ("n’est plus invité·e", "is no longer invited"),
    Reason.SUPERSEDED: ("remplacé par un changement plus récent", "replaced by a later change"),
    Reason.DECLINED: ("a répondu non à l’invitation", "answered no to the invitation"),
    Reason.REPLIED: ("a déjà répondu à l’invitation", "has answered the invitation already"),
    Reason.WROTE: (
        "a écrit, et attend la réponse de quelqu’un : voir apres mails",
        "wrote to us, and waits for somebody's answer: see apres mails",
    ),
    Reason.SUPPRESSED: (
        "a demandé à ne plus recevoir ces mails, ou l’adresse est morte",
        "asked for no more of these mails, or the address is dead",
    ),
    Reason.OPTED_OUT: ("a refusé nos mails", "opted out"),
    Reason.EXPIRED: ("trop tard pour que ce mail ait un sens", "too late for this mail to make sense"),
    Reason.NOT_ON_LIST: ("n’est plus sur la liste", "is no longer on the list"),
    Reason.ERASED: ("a demandé à être effacé·e", "asked to be erased"),
    Reason.ENOUGH: (
        "a déjà assez de nos mails pour cette édition",
        "gets enough mail of this edition already",
    ),
    Reason.ONE_A_DAY: (
        "un autre mail part ce jour-là, celui-ci attend son tour",
        "another mail leaves that day, this one waits its turn",
    ),
    Reason.UNDONE: ("lancement annulé dans la minute", "arming undone within the minute"),
    Reason.CANCELLED: ("campagne annulée", "campaign cancelled"),
    Reason.PAUSED: ("en pause", "paused"),
    Reason.OUTSIDE_WINDOW: (
        "hors des heures d’envoi, attend la prochaine ouverture",
        "outside sending hours, waits for the next opening",
    ),
    Reason.LIMITED: (
        "la messagerie n’en prend pas plus pour l’instant, attend son tour",
        "the mail provider takes no more for now, waits for its turn",
    ),
    Reason.LEDGER_HELD: (
        "le registre doit d’abord être remis à jour",
        "the ledger must be brought up to date first",
    ),
    Reason.JOURNAL: ("retrouvé dans le journal d’un worker", "found in a worker's journal"),
    Reason.STALE: ("le plan a changé entre-temps", "the plan changed meanwhile"),
    Reason.LEASE_LOST: ("un autre worker l’a repris", "another worker took it over"),
    Reason.LEASE_RAN_OUT: (
        "le worker a disparu avant l’envoi, le mail attend de nouveau",
        "its worker vanished before sending, it waits again",
    ),
    Reason.RETURNED: ("rendu au calendrier sans être envoyé", "given back to the schedule unsent"),
    Reason.RELAY_DOWN: ("le relais ne répond pas, nouvel essai", "the relay does not answer, will try again"),
    Reason.RELAY_PAUSED: (
        "le relais refuse notre compte, tout attend",
        "the relay refuses our account, everything waits",
    ),
    Reason.REFUSED_FOR_NOW: ("le serveur demande de patienter", "the server asks to wait"),
    Reason.REFUSED: ("le serveur refuse ce mail", "the server refuses this mail"),
    Reason.GAVE_UP: ("refusé trop longtemps, abandonné", "refused for too long, given up"),
    Reason.LOST_AFTER_DOT: (
        "ligne coupée juste après l’envoi : peut-être arrivé",
        "line lost just after sending: it may have arrived",
    ),
    Reason.WORKER_LOST: (
        "le worker a disparu pendant l’envoi : peut-être arrivé",
        "its worker vanished while sending: it may have arrived",
    ),
    Reason.SHUTDOWN: (
        "arrêt pendant l’envoi : peut-être arrivé",
        "stopped while sending: it may have arrived",
    ),
    Reason.POISON: (
        "ce mail fait tomber les workers, mis de côté",
        "this mail brings workers down, set aside",
    ),
    Reason.COMPOSE_FAILED: ("le mail n’a pas pu être composé", "the mail could not be composed"),
    Reason.LEAK: (
        "il aurait parlé d’une autre personne de la liste, retenu",
        "it would have told of somebody else on the list, held back",
    ),
    Reason.EVIDENCE: ("une preuve a tranché", "evidence decided"),
    Reason.AGAIN: (
        "dans le doute, cette étape renvoie le même mail",
        "in doubt, this step sends the same mail again",
    ),
    Reason.BY_HAND: ("décidé à la main", "decided by hand"),
}

_STATES: dict[State, tuple[str, str]] = {
    State.SCHEDULED: ("en attente", "waiting"),
    State.CLAIMED: ("en préparation", "in hand"),
    State.SENDING: ("en cours d’envoi", "being sent"),
    State.DEFERRED: ("remis à plus tard", "deferred"),
    State.SENT: ("envoyé", "sent"),
    State.BOUNCED: ("refusé", "bounced"),
    State.IN_DOUBT: ("en doute", "in doubt"),
    State.SKIPPED: ("non envoyé", "not sent"),
    State.DEAD: ("mis de côté", "set aside"),
}


def reason_words(reason: Reason, language: str) -> str:
    """Why, as the end of a sentence."""
    return _in(_REASONS[reason], language)


def state_words(state: State, language: str) -> str:
    """Where a message is, in a word or two."""
    return _in(_STATES[state], language)


def _in(both: tuple[str, str], language: str) -> str:
    french, english = both
    return english if language == "en" else french
