"""Which column is what: headings recognised in French and English, as forms, tickets and spreadsheets write them.

The payer is not the participant: columns about a buyer are never taken, so nobody gets a mail for somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from worker.domain.errors import InvalidFile
from worker.domain.table import Table


class Field(StrEnum):
    """What a column may be."""

    ADDRESS = "address"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PRESENCE = "presence"
    STATUS = "status"
    LANGUAGE = "language"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    INTERESTS = "interests"
    TABLE = "table"
    LANGUAGES = "languages"
    INTRODUCED = "introduced"
    OPTED_OUT = "opted_out"


def words(listed: str) -> tuple[str, ...]:
    """The entries of a list written `one | another`."""
    return tuple(" ".join(entry.split()) for entry in listed.split("|"))


#: Folded headings (no accents, case or punctuation), the surest first.
_KNOWN: dict[Field, tuple[str, ...]] = {
    Field.ADDRESS: words(
        "email participant | e mail du participant | attendee email | adresse e mail | adresse email | "
        "adresse mail | votre adresse e mail | votre adresse email | "
        "votre adresse mail | email address | e mail address | email | e mail | mail | courriel | "
        "votre email | votre e mail | adresse electronique"
    ),
    Field.NAME: words(
        "nom complet | nom du participant | attendee name | full name | name | prenom et nom | nom et prenom "
        "| participant | invite"
    ),
    Field.FIRST_NAME: words(
        "prenom participant | attendee name given name | prenom | first name | firstname | given name | votre "
        "prenom"
    ),
    Field.LAST_NAME: words(
        "nom participant | attendee name family name | nom de famille | nom | last name | lastname | surname "
        "| family name | votre nom"
    ),
    Field.PRESENCE: words(
        "presence | present | presents | present e | etait la | venu | venue | attended | attendance | "
        "checked in | checked in at | check ins | check in | enregistrement effectue | scanne | date de "
        "controle | pointe | was there"
    ),
    Field.STATUS: words(
        "statut | status | statut du participant | attendee status | approval status | statut de la commande "
        "| rsvp | reponse | inscription"
    ),
    Field.LANGUAGE: words(
        "langue | language | langue de la commande | order locale | locale | langue preferee"
    ),
    Field.ORGANISATION: words(
        "societe | entreprise | organisation | organization | company | employeur | structure | raison "
        "sociale | entreprise du participant | attendee company"
    ),
    Field.SECTOR: words("secteur | secteur d activite | sector | industry | metier | domaine | activite"),
    Field.TABLE: words("table | numero de table | n de table | table number"),
    Field.LANGUAGES: words("langues | langues parlees | languages | languages spoken | spoken languages"),
    Field.INTERESTS: words(
        "centres d interet | centre d interet | interets | interests | sujets | themes | topics | tags"
    ),
    Field.INTRODUCED: words(
        "mise en relation | mises en relation | accepte les mises en relation | d accord pour etre presente | "
        "introductions | introduction | introduce me"
    ),
    Field.OPTED_OUT: words(
        "ne plus m ecrire | desinscrit | desinscription | opt out | optout | unsubscribed | ne pas contacter "
        "| do not contact"
    ),
}

#: These decide who is written to and as what: of two columns that differ, none is guessed.
_DECIDING = {Field.ADDRESS, Field.PRESENCE, Field.STATUS, Field.INTRODUCED, Field.OPTED_OUT}

_OF_THE_PARTICIPANT = re.compile(r"\b(participant|attendee)\b")
_OF_THE_PAYER = re.compile(r"\b(payeur|acheteur|buyer|payer|billing|facturation|commandee? par)\b")
_OR = " or "


def folded(heading: str) -> str:
    """For comparing: no accents, case, punctuation; single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.casefold()).split())


def recognise(table: Table, mapping: Mapping[str, str] | None = None) -> dict[Field, int]:
    """The place of each field's column. `mapping` names columns outright: {"E-mail pro": "address"}.

    InvalidFile when a mapped heading or field does not exist or is named twice, when no column holds addresses, or
    when two columns that differ might each decide who is written to.
    """
    places = _mapped(table, mapping or {})
    for field, names in _KNOWN.items():
        if field not in places:
            found = _candidates(table, names, frozenset(places.values()))
            if found:
                places[field] = _only(table, field, found) if field in _DECIDING else found[0]
    if Field.ADDRESS not in places:
        raise _mistake(table, "no column of the participants' own addresses was recognised")
    return places


def _mapped(table: Table, mapping: Mapping[str, str]) -> dict[Field, int]:
    places: dict[Field, int] = {}
    for heading, name in mapping.items():
        if name not in set(Field):
            raise _mistake(table, f"{name!r} is no field; the fields are {', '.join(Field)}")
        if Field(name) in places:
            raise _mistake(table, f"two columns are named as {name!r}")
        found = [place for place, known in enumerate(table.headings) if folded(known) == folded(heading)]
        if not found:
            raise _mistake(table, f"there is no column {heading!r}")
        places[Field(name)] = _only(table, Field(name), found)
    return places


def _candidates(table: Table, names: tuple[str, ...], taken: frozenset[int]) -> list[int]:
    """The columns under any of the names, the surest first."""
    known = [folded(heading) for heading in table.headings]
    return [
        place
        for name in names
        for place, heading in enumerate(known)
        if heading == name and place not in taken and not _OF_THE_PAYER.search(heading)
    ]


def _only(table: Table, field: Field, found: list[int]) -> int:
    """The one that speaks of the participant, or the only one with anything in it, or one of equal columns."""
    own = [place for place in found if _OF_THE_PARTICIPANT.search(folded(table.headings[place]))] or found
    filled = [place for place in own if any(row.cells[place] for row in table.rows)] or own[:1]
    if len({tuple(row.cells[place] for row in table.rows) for place in filled}) > 1:
        numbers = _OR.join(str(place + 1) for place in filled)
        problem = f"columns {numbers} differ, and each may be the {field}: keep one of them, or name it"
        raise _mistake(table, problem, f"{table.headings[filled[0]]}={field}")
    return filled[0]


def _mistake(table: Table, problem: str, example: str = "E-mail pro=address") -> InvalidFile:
    headings = ", ".join(repr(heading) for heading in table.headings if heading)
    remedy = f'{problem}. Headings: {headings}. Name the column, for example: --map "{example}"'
    return InvalidFile(file=table.file, line=table.heading_row, key="headings", value=None, remedy=remedy)
