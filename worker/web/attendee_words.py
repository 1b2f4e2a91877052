"""What the attendee pages say, in both languages. « vous » throughout; no word of ours where theirs will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from worker.mail.typography import typeset
from worker.web import own_words, rsvp_words
from worker.web.own_words import OwnWords
from worker.web.rsvp_words import RsvpWords


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
    nothing_title: str
    nothing_said: str
    too_often_title: str
    too_often_said: str
    own: OwnWords
    rsvp: RsvpWords

    def what_is_read(self, wish: str, purpose: str) -> str:
        """All that stands on and above the button of a choice ("allow" or "refuse"): what people agree to."""
        button = self.own.resume_this if wish == "allow" else self.own.stop_this
        explained = f"{self.own.introductions} " if purpose == "introductions" else ""
        return f"{explained}[{button.format(self.purposes[purpose])}]"


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
    nothing_title="Ce lien ne mène à rien",
    nothing_said="Il est peut-être incomplet : ouvrez-le depuis le mail, ou répondez simplement à celui-ci.",
    too_often_title="Un instant",
    too_often_said="Trop d’essais viennent de votre réseau. Rien n’est perdu : rouvrez ce lien dans une minute.",
    own=own_words.FRENCH,
    rsvp=rsvp_words.FRENCH,
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
    nothing_title="This link leads nowhere",
    nothing_said="It may be incomplete: open it from the mail, or simply reply to that mail.",
    too_often_title="One moment",
    too_often_said="Too many tries come from your network. Nothing is lost: open this link again in a minute.",
    own=own_words.ENGLISH,
    rsvp=rsvp_words.ENGLISH,
)


@cache
def _in_type(language: str) -> AttendeeWords:
    words = ENGLISH if language == "en" else FRENCH
    typeset_words: AttendeeWords = _typeset(words, language)
    return typeset_words


def _typeset(words: Any, language: str) -> Any:
    """The same with the language's spaces and quotes, whatever it is made of."""
    match words:
        case str():
            return typeset(words, language)
        case tuple():
            return tuple(_typeset(word, language) for word in words)
        case dict():
            return {name: _typeset(word, language) for name, word in words.items()}
        case _:
            own = {f.name: _typeset(getattr(words, f.name), language) for f in fields(words)}
            return replace(words, **own)


def attendee_words(language: str) -> AttendeeWords:
    """The words of a person's language; French for any that is not English."""
    return _in_type("en" if language.lower().startswith("en") else "fr")
