"""What the attendee pages say, in both languages. « vous » throughout; no word of ours where theirs will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttendeeWords:
    """One language. `purposes` names what a link can stop; `{}` is that name."""

    language: str
    purposes: Mapping[str, str]
    stop_title: str
    stop_question: str
    stop_this: str
    stop_all: str
    nothing_changed: str
    stopped_title: str
    stopped_this: str
    stopped_all: str
    come_back: str
    back_title: str
    back_said: str
    own_title: str
    own_choices: str
    gets: str
    gets_not: str
    resume_this: str
    own_data: str
    own_name: str
    own_address: str
    own_language: str
    own_editions: str
    presence: Mapping[str, str]
    take_along: str
    own_rights: str
    nothing_title: str
    nothing_said: str


FRENCH = AttendeeWords(
    language="fr",
    purposes={
        "thanks": "les mots de remerciement",
        "invitations": "les invitations",
        "introductions": "les mises en relation",
    },
    stop_title="Ne plus recevoir nos mails",
    stop_question="Que souhaitez-vous ne plus recevoir ?",
    stop_this="Ne plus recevoir {}",
    stop_all="Ne plus rien recevoir",
    nothing_changed="Rien ne change tant que vous n’avez pas choisi.",
    stopped_title="C’est fait",
    stopped_this="Vous ne recevrez plus {}. C’est vrai dès maintenant.",
    stopped_all="Vous ne recevrez plus aucun mail de notre part. C’est vrai dès maintenant.",
    come_back="Revenir sur ce choix",
    back_title="Bon retour",
    back_said="Nos mails vous arriveront à nouveau.",
    own_title="Vos données et vos choix",
    own_choices="Ce que vous recevez",
    gets="Vous recevez {}.",
    gets_not="Vous ne recevez pas {}.",
    resume_this="Recevoir à nouveau {}",
    own_data="Ce que nous savons de vous",
    own_name="Nom",
    own_address="Adresse",
    own_language="Langue",
    own_editions="Vos rencontres",
    presence={
        "present": "vous étiez là",
        "absent": "vous n’étiez pas là",
        "cancelled": "vous aviez annulé",
        "unknown": "présence non notée",
    },
    take_along="Tout télécharger (JSON)",
    own_rights="Pour corriger ou effacer ces données, répondez à l’un de nos mails : une personne s’en charge.",
    nothing_title="Ce lien ne mène à rien",
    nothing_said="Il est peut-être incomplet : ouvrez-le depuis le mail, ou répondez simplement à celui-ci.",
)

ENGLISH = AttendeeWords(
    language="en",
    purposes={"thanks": "thank-yous", "invitations": "invitations", "introductions": "introductions"},
    stop_title="Stop our mails",
    stop_question="What would you like to stop receiving?",
    stop_this="Stop receiving {}",
    stop_all="Stop everything",
    nothing_changed="Nothing changes until you choose.",
    stopped_title="Done",
    stopped_this="You will receive no more {}. This holds from now on.",
    stopped_all="You will receive no more mail from us. This holds from now on.",
    come_back="Undo this choice",
    back_title="Welcome back",
    back_said="Our mails will reach you again.",
    own_title="Your data and your choices",
    own_choices="What you receive",
    gets="You receive {}.",
    gets_not="You do not receive {}.",
    resume_this="Receive {} again",
    own_data="What we hold about you",
    own_name="Name",
    own_address="Address",
    own_language="Language",
    own_editions="Your meetings",
    presence={
        "present": "you were there",
        "absent": "you were not there",
        "cancelled": "you had cancelled",
        "unknown": "presence not noted",
    },
    take_along="Download everything (JSON)",
    own_rights="To correct or erase these data, reply to any of our mails: a person takes care of it.",
    nothing_title="This link leads nowhere",
    nothing_said="It may be incomplete: open it from the mail, or simply reply to that mail.",
)


def attendee_words(language: str) -> AttendeeWords:
    """The words of a person's language; French for any that is not English."""
    return ENGLISH if language.lower().startswith("en") else FRENCH
