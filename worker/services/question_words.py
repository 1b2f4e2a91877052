"""What an attendance note leaves open, as sentences for the organizer who wrote it: French and English."""

from __future__ import annotations

from worker.domain.attendance_note import Question, Unclear

_SENTENCES: dict[Unclear, tuple[str, str]] = {
    Unclear.NOTHING_SAID: (
        "Ce texte ne dit de personne s’il était là : écrivez « tous présents », « absents : … » ou « présents : … »",
        'This text says of nobody whether they were there: write "all present", "absent: …" or "present: …"',
    ),
    Unclear.NO_HEADING: (
        "« {about} » : présent ou absent ? Commencez par « présents : » ou « absents : »",
        '"{about}": present or absent? Begin with "present:" or "absent:"',
    ),
    Unclear.NOT_ON_LIST: (
        "« {about} » n’est pas sur la liste : écrivez le nom comme il y est, ou « + » devant quelqu’un de nouveau",
        '"{about}" is not on the list: write the name as it stands there, or "+" before somebody new',
    ),
    Unclear.SEVERAL: (
        "« {about} » peut être plusieurs personnes : écrivez le nom entier ou l’adresse",
        '"{about}" may be several people: write the whole name or the address',
    ),
    Unclear.NO_ADDRESS: (
        "« {about} » est nouveau sur la liste : écrivez son adresse après son nom",
        '"{about}" is new to the list: write the address after the name',
    ),
    Unclear.BAD_ADDRESS: (
        "« {about} » contient une adresse à laquelle on ne peut pas écrire : corrigez-la",
        '"{about}" has an address that cannot be written to: correct it',
    ),
    Unclear.NO_NAME: (
        "« {about} » est nouveau sur la liste : écrivez son nom devant son adresse",
        '"{about}" is new to the list: write the name before the address',
    ),
    Unclear.ANOTHER_NAME: (
        "« {about} » : cette adresse est celle de quelqu’un d’autre sur la liste, corrigez le nom ou l’adresse",
        '"{about}": on the list this address is somebody else’s, correct the name or the address',
    ),
    Unclear.ANOTHER_ADDRESS: (
        "« {about} » est sur la liste avec une autre adresse : laissez-la de côté si c’est la même personne",
        '"{about}" is on the list with another address: leave the address out if it is the same person',
    ),
    Unclear.CONTRADICTION: (
        "« {about} » est noté deux fois, différemment : gardez l’une des deux",
        '"{about}" is marked twice, differently: keep one of the two',
    ),
}


def question_words(question: Question, language: str) -> str:
    """One sentence with its remedy, and who may be meant, with their addresses: for organizers' eyes only."""
    french, english = _SENTENCES[question.why]
    sentence = (english if language == "en" else french).format(about=question.about)
    shown = ", ".join(f"{guest.person.name} <{guest.person.address}>" for guest in question.candidates)
    perhaps = "Perhaps: " if language == "en" else "Peut-être : "
    return f"{sentence}. {perhaps}{shown}." if shown else f"{sentence}."
