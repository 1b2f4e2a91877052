"""What a pasted note of presences leaves open, asked back in a sentence."""

from __future__ import annotations

from worker.cli.screen import names
from worker.cli.speech import say
from worker.domain.attendance_note import Question, Unclear

_ASKED = {
    Unclear.NOTHING_SAID: (
        "ce texte ne dit rien des présences : écrivez par exemple « présents sauf Luc Martin »",
        "this text says nothing about presence: write for example 'present except Luc Martin'",
    ),
    Unclear.NO_HEADING: (
        "présent·e ou absent·e ? Écrivez « présents : … » ou « absents : … » devant",
        "present or absent? Write 'present: …' or 'absent: …' before it",
    ),
    Unclear.NOT_ON_LIST: ("n’est pas sur la liste", "is not on the list"),
    Unclear.SEVERAL: (
        "plusieurs personnes s’appellent ainsi : écrivez l’adresse",
        "several people: write the address",
    ),
    Unclear.NO_ADDRESS: (
        "n’est pas sur la liste : ajoutez son adresse",
        "is not on the list: add the address",
    ),
    Unclear.BAD_ADDRESS: ("l’adresse ne se lit pas", "the address cannot be read"),
    Unclear.NO_NAME: (
        "quel est son nom ? Écrivez-le devant l’adresse",
        "what is the name? Write it before the address",
    ),
    Unclear.ANOTHER_NAME: (
        "cette adresse est celle de quelqu’un d’autre",
        "this address belongs to somebody else",
    ),
    Unclear.ANOTHER_ADDRESS: (
        "est sur la liste avec une autre adresse : importez la bonne d’abord",
        "is on the list with another address: import the right one first",
    ),
    Unclear.CONTRADICTION: (
        "est dit·e à la fois présent·e et absent·e",
        "is said to be both present and absent",
    ),
}


def question_sentence(question: Question) -> str:
    """The words in doubt, why, and who may be meant."""
    why = say(*_ASKED[question.why])
    maybe = names([f"{guest.person.name} <{guest.person.address}>" for guest in question.candidates])
    meant = f" ({say('peut-être', 'maybe')} {maybe})" if maybe else ""
    return say(f"« {question.about} » : {why}{meant}", f"'{question.about}': {why}{meant}")
