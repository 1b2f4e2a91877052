"""What the page about introductions says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntroductionWords:
    """One language. `{}` is a sector, an interest or names; `said` and `met_said` by the answer that stands."""

    title: str
    question: str
    person_of: str
    person_with: str
    person_of_with: str
    anybody: str
    yes: str
    no: str
    said: Mapping[str, str]
    change: str
    over: str
    introduced: str
    met_question: str
    met_buttons: Mapping[str, str]
    met_said: Mapping[str, str]
    names_question: str
    names_hint: str
    names_send: str
    names_said: str
    nothing_waits: str
    rest_title: str
    rest_hint: str
    rest: str
    resting: str
    back: str


FRENCH = IntroductionWords(
    title="Faire connaissance",
    question="Souhaitez-vous que nous vous présentions ?",
    person_of="Une personne du secteur {}",
    person_with="Une personne avec qui vous avez en commun : {}",
    person_of_with="Une personne du secteur {}, avec qui vous avez en commun : {}",
    anybody="Une personne présente ce matin-là",
    yes="Oui, avec plaisir",
    no="Non, pas cette fois",
    said={
        "yes": "Vous avez dit oui. Si le oui vient des deux côtés, vous recevrez son nom par mail.",
        "no": "Vous avez dit non. Personne ne le saura.",
    },
    change="Vous pouvez changer d’avis tant que la question est ouverte.",
    over="Cette proposition n’attend plus de réponse.",
    introduced="Son nom vous a été donné par mail.",
    met_question="Le café avec {} a-t-il eu lieu ?",
    met_buttons={"yes": "Oui", "not_yet": "Pas encore", "no": "Non"},
    met_said={
        "yes": "Vous avez dit oui. Merci de nous l’avoir dit.",
        "not_yet": "Vous avez dit « pas encore ». Nous vous le redemanderons une fois, avant le prochain rendez-vous.",
        "no": "Vous avez dit non. Merci de nous l’avoir dit.",
    },
    names_question="Qui avez-vous rencontré ce matin-là, que vous aimeriez revoir ?",
    names_hint="Des prénoms suffisent. Cela reste entre nous.",
    names_send="Envoyer",
    names_said="Merci, c’est noté.",
    nothing_waits="Rien n’attend votre réponse pour le moment.",
    rest_title="Faire une pause",
    rest_hint="Nous ne vous présenterons plus personne tant que vous ne le demandez pas. Le reste continue.",
    rest="Mettre en pause",
    resting="Vos mises en relation sont en pause.",
    back="Reprendre les mises en relation",
)

ENGLISH = IntroductionWords(
    title="Getting to know each other",
    question="Shall we introduce you?",
    person_of="Somebody from {}",
    person_with="Somebody with whom you have in common: {}",
    person_of_with="Somebody from {}, with whom you have in common: {}",
    anybody="Somebody who was there that morning",
    yes="Yes, gladly",
    no="No, not this time",
    said={
        "yes": "You said yes. If both of you do, you will get the name by mail.",
        "no": "You said no. Nobody will know.",
    },
    change="You may change your mind while the question is open.",
    over="This suggestion awaits no answer any more.",
    introduced="You were given this name by mail.",
    met_question="Did the coffee with {} happen?",
    met_buttons={"yes": "Yes", "not_yet": "Not yet", "no": "No"},
    met_said={
        "yes": "You said yes. Thank you for telling us.",
        "not_yet": "You said “not yet”. We shall ask once more, before we meet next.",
        "no": "You said no. Thank you for telling us.",
    },
    names_question="Whom did you meet that morning that you would like to see again?",
    names_hint="First names will do. It stays between us.",
    names_send="Send",
    names_said="Thank you, noted.",
    nothing_waits="Nothing awaits your answer at the moment.",
    rest_title="Take a break",
    rest_hint="We shall introduce you to nobody until you ask us to. Everything else goes on.",
    rest="Take a break",
    resting="Introductions rest for you.",
    back="Bring introductions back",
)


def introduction_words(language: str) -> IntroductionWords:
    """The words of a person's language; French for any that is not English."""
    return ENGLISH if language.lower().startswith("en") else FRENCH
