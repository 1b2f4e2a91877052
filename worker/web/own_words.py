"""What a person's own page says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One language. `{}` is the name of a purpose, or a date."""

    title: str
    choices: str
    gets: str
    gets_not: str
    stop_this: str
    resume_this: str
    introductions: str
    pause: str
    pause_means: str
    pause_now: str
    paused: str
    pause_end: str
    data: str
    first_name: str
    name: str
    address: str
    address_fixed: str
    language: str
    languages: Mapping[str, str]
    save: str
    organisation: str
    sector: str
    interests: str
    editions: str
    number: str
    presence: Mapping[str, str]
    answered: Mapping[str, str]
    mails: str
    take_along: str
    rights: str
    erase: str
    erase_open: str
    erase_title: str
    erase_means: tuple[str, ...]
    erase_now: str
    erase_back: str
    erased_title: str
    erased_said: str
    done: Mapping[str, str]


FRENCH = OwnWords(
    title="Vos données et vos choix",
    choices="Ce que vous recevez",
    gets="Vous recevez {}.",
    gets_not="Vous ne recevez pas {}.",
    stop_this="Ne plus recevoir {}",
    resume_this="Recevoir {}",
    introductions=(
        "Une mise en relation, c’est un mot à deux personnes d’un même Café, avec leur nom et ce qui les rapproche. "
        "Rien n’est dit de vous sans votre accord, et jamais votre adresse."
    ),
    pause="Une pause",
    pause_means="Trois mois sans mail de notre part, sauf si un rendez-vous déjà pris change. Ensuite, tout reprend ; "
    "ce qui est passé entre-temps ne vous est pas envoyé après coup.",
    pause_now="Faire une pause de trois mois",
    paused="Nos mails sont en pause jusqu’au {}.",
    pause_end="Reprendre maintenant",
    data="Ce que nous savons de vous",
    first_name="Prénom",
    name="Nom complet",
    address="Adresse",
    address_fixed="Pour changer d’adresse, répondez à l’un de nos mails.",
    language="Langue de nos mails",
    languages={"fr": "français", "en": "anglais"},
    save="Enregistrer",
    organisation="Organisation",
    sector="Métier",
    interests="Centres d’intérêt",
    editions="Vos rencontres",
    number="n° ",
    presence={
        "present": "vous étiez là",
        "absent": "vous n’étiez pas là",
        "cancelled": "vous aviez annulé",
        "unknown": "présence non notée",
    },
    answered={
        "accepted": "vous avez dit oui à la suivante",
        "tentative": "vous avez dit peut-être à la suivante",
        "declined": "vous avez dit non à la suivante",
        "delegated": "vous avez délégué la suivante",
    },
    mails="mails prévus ou envoyés :",
    take_along="Tout télécharger (JSON)",
    rights=(
        "Vous pouvez aussi vous opposer à tout traitement, ou en demander la limitation : répondez à l’un de nos "
        "mails, une personne s’en charge. En cas de désaccord, la CNIL peut être saisie."
    ),
    erase="Effacer",
    erase_open="Effacer mes données…",
    erase_title="Tout effacer ?",
    erase_means=(
        "Nous oublions votre nom, votre adresse, vos présences, vos réponses et vos choix.",
        "Ce qui devait encore vous parvenir ne partira pas, et nous ne vous écrirons plus.",
        "Il reste une empreinte de votre adresse, illisible pour tous : elle nous retient de vous écrire par erreur.",
        "C’est définitif.",
    ),
    erase_now="Effacer mes données",
    erase_back="Ne rien effacer",
    erased_title="C’est effacé",
    erased_said="Nous ne savons plus rien de vous, et nous ne vous écrirons plus.",
    done={
        "refuse": "C’est noté, dès maintenant.",
        "allow": "C’est noté, dès maintenant.",
        "pause": "Votre pause commence maintenant.",
        "resume": "La pause est finie.",
        "correct": "C’est corrigé.",
    },
)

ENGLISH = OwnWords(
    title="Your data and your choices",
    choices="What you receive",
    gets="You receive {}.",
    gets_not="You do not receive {}.",
    stop_this="Stop receiving {}",
    resume_this="Receive {}",
    introductions=(
        "An introduction is a word to two people who came to the same Café, with their names and what they share. "
        "Nothing is said of you without your consent, and never your address."
    ),
    pause="A pause",
    pause_means="Three months without a mail from us, unless an appointment you have changes. Then all goes on; what "
    "was missed meanwhile is not sent afterwards.",
    pause_now="Pause for three months",
    paused="Our mails are paused until {}.",
    pause_end="Go on now",
    data="What we hold about you",
    first_name="First name",
    name="Full name",
    address="Address",
    address_fixed="To change your address, reply to one of our mails.",
    language="Language of our mails",
    languages={"fr": "French", "en": "English"},
    save="Save",
    organisation="Organisation",
    sector="Profession",
    interests="Interests",
    editions="Your meetings",
    number="no. ",
    presence={
        "present": "you were there",
        "absent": "you were not there",
        "cancelled": "you had cancelled",
        "unknown": "presence not noted",
    },
    answered={
        "accepted": "you said yes to the next one",
        "tentative": "you said maybe to the next one",
        "declined": "you said no to the next one",
        "delegated": "you delegated the next one",
    },
    mails="mails planned or sent:",
    take_along="Download everything (JSON)",
    rights=(
        "You may also object to any processing, or ask us to restrict it: reply to one of our mails, a person takes "
        "care of it. If we disagree, you may turn to the French authority, the CNIL."
    ),
    erase="Erase",
    erase_open="Erase my data…",
    erase_title="Erase everything?",
    erase_means=(
        "We forget your name, your address, when you came, what you answered and what you chose.",
        "What was still to reach you will not leave, and we write to you no more.",
        "A fingerprint of your address remains, which nobody can read: it keeps us from writing to you by mistake.",
        "This is final.",
    ),
    erase_now="Erase my data",
    erase_back="Erase nothing",
    erased_title="Erased",
    erased_said="We hold nothing about you any more, and we will not write to you again.",
    done={
        "refuse": "Noted, from now on.",
        "allow": "Noted, from now on.",
        "pause": "Your pause begins now.",
        "resume": "The pause is over.",
        "correct": "Corrected.",
    },
)
