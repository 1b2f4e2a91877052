"""What the page of an invitation says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RsvpWords:
    """One language. `buttons` by what they send, `said` by the answer that stands."""

    title: str
    question: str
    buttons: Mapping[str, str]
    said: Mapping[str, str]
    moved: str
    change: str
    over: str
    called_off: str


FRENCH = RsvpWords(
    title="Votre réponse",
    question="Serez-vous des nôtres ?",
    buttons={"yes": "Oui, je viens", "maybe": "Peut-être", "no": "Non, pas cette fois"},
    said={
        "accepted": "Nous avons noté : vous venez. À\u00a0bientôt.",
        "tentative": "Nous avons noté : peut-être. Un oui ou un non nous aidera dès que vous saurez.",
        "declined": "Nous avons noté : pas cette fois. Merci de nous l’avoir dit.",
        "delegated": "Nous avons noté : quelqu’un viendra à votre place.",
    },
    moved="La date ou le lieu ont changé depuis votre réponse : dites-nous si cela vous convient encore.",
    change="Vous pouvez changer d’avis jusqu’au dernier moment.",
    over="Cette invitation n’attend plus de réponse.",
    called_off="Cette rencontre n’aura pas lieu.",
)

ENGLISH = RsvpWords(
    title="Your answer",
    question="Will you join us?",
    buttons={"yes": "Yes, I will come", "maybe": "Maybe", "no": "No, not this time"},
    said={
        "accepted": "Noted: you are coming. See you soon.",
        "tentative": "Noted: maybe. A yes or a no will help us once you know.",
        "declined": "Noted: not this time. Thank you for telling us.",
        "delegated": "Noted: somebody will come in your place.",
    },
    moved="The date or the place has changed since you answered: tell us whether it still suits you.",
    change="You may change your mind until the last moment.",
    over="This invitation awaits no answer any more.",
    called_off="This meeting will not take place.",
)
