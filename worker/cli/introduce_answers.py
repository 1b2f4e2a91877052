"""`apres introduce answer, rest, unclear`: what an organizer heard about introductions, and names to clear up."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.people import everybody, name_of
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import say
from worker.domain.dialogue import Met, Said
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.unclear import UnclearName
from worker.services.dialogue import answer_by_hand, answer_whether_met, come_back, rest
from worker.services.people_met import clear_up, note_people_met, unclear_named
from worker.services.report import find_guest
from worker.services.setting import known_edition
from worker.services.suppress import replan
from worker.services.tools import Tools

_SAID = {"oui": Said.YES, "yes": Said.YES, "non": Said.NO, "no": Said.NO}
_MET = {
    "oui": Met.YES, "yes": Met.YES, "pas encore": Met.NOT_YET, "not yet": Met.NOT_YET, "non": Met.NO, "no": Met.NO,
}  # fmt: skip

PersonNamed = Annotated[
    str, typer.Argument(metavar="PERSON", help=say("Nom, adresse ou identifiant.", "Name, address or id."))
]


@explained(
    "Noter ce qu’une personne a répondu à une proposition de rencontre : oui ou non. Deux oui, et les noms partent.",
    "Record what somebody said about a suggested introduction: yes or no. Two yeses, and the names leave.",
    example="apres introduce answer cafe-12 “Zoé Martin” oui",
)
def answer(
    edition: EditionName,
    person: PersonNamed,
    said: Annotated[str, typer.Argument(metavar="ANSWER", help=say("oui ou non.", "yes or no."))],
    *,
    number: Annotated[
        list[int] | None,
        typer.Option(
            "--number", "-n", help=say("Seulement cette proposition du mail.", "This one of the mail only.")
        ),
    ] = None,
) -> None:
    """The same service as the page and the mails."""
    tools, known = _known(edition)
    word = _SAID.get(said.casefold())
    if word is None:
        raise Refused(say("dites la réponse : oui ou non", "say the answer: yes or no"))
    guest = find_guest(tools.store, known.id, person)
    answer_by_hand(tools, known.id, guest.person.id, word, number or ())
    tell(
        say(
            f"Noté pour {guest.person.name}. L’autre personne n’en saura rien, sauf si les deux disent oui.",
            f"Recorded for {guest.person.name}. The other person will not know, unless both say yes.",
        )
    )


@explained(
    "Noter si une personne a rencontré ceux qu’on lui a présentés, ou qui elle a rencontré, en toutes lettres.",
    "Record whether somebody met the people they were introduced to, or whom they met, in plain words.",
    example="apres introduce met cafe-12 Zoé “pas encore”   ·   apres introduce met cafe-12 Zoé “Inès et Théo”",
)
def met(
    edition: EditionName,
    person: PersonNamed,
    said: Annotated[
        str,
        typer.Argument(
            metavar="ANSWER", help=say("oui, pas encore, non, ou des noms.", "yes, not yet, no, or names.")
        ),
    ],
) -> None:
    """An answer, or names that become wishes."""
    tools, known = _known(edition)
    guest = find_guest(tools.store, known.id, person)
    word = _MET.get(said.casefold())
    if word is not None:
        if not answer_whether_met(tools, known.id, guest.person.id, word):
            raise Refused(say("aucun nom ne lui a été donné", "no name was given to this person"))
        tell(say("Noté.", "Recorded."))
    elif note_people_met(tools, known, guest.person.id, said):
        tell(say("Noté.", "Recorded."))
        _list_unclear(tools, known, tools.store.unclear_names(known.id))
    else:
        raise Refused(
            say("écrivez oui, pas encore, non, ou des noms", "write yes, not yet, no, or names of people")
        )


@explained(
    "Mettre en pause les mises en relation d’une personne, ou les reprendre.",
    "Let introductions rest for somebody, or bring them back.",
    example="apres introduce rest cafe-12 “Zoé Martin”   ·   apres introduce rest cafe-12 Zoé --back",
)
def rest_(
    edition: EditionName,
    person: PersonNamed,
    *,
    back: Annotated[bool, typer.Option("--back", help=say("Reprendre.", "Bring them back."))] = False,
) -> None:
    """Their wish, as told to an organizer."""
    tools, known = _known(edition)
    guest = find_guest(tools.store, known.id, person)
    deed = come_back if back else rest
    deed(tools, known, guest.person.id)
    replan(tools)
    tell(
        say(f"{guest.person.name} : repris.", f"{guest.person.name}: brought back.")
        if back
        else say(f"{guest.person.name} : en pause.", f"{guest.person.name}: resting.")
    )


@explained(
    "Les noms écrits par des participants qu’on ne sait pas attribuer ; dire qui est visé, ou laisser de côté.",
    "Names that participants wrote and that may be several people’s; say who is meant, or leave them.",
    example="apres introduce unclear cafe-12   ·   apres introduce unclear cafe-12 Marie “Marie Durand”",
)
def unclear(
    edition: EditionName,
    written: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=say("Le nom tel qu’écrit.", "The name as written.")),
    ] = None,
    meant: Annotated[
        str | None,
        typer.Argument(
            metavar="[PERSON]", help=say("Qui est visé ; rien : personne.", "Who is meant; none: nobody.")
        ),
    ] = None,
    *,
    by: Annotated[str, typer.Option("--by", help=say("Qui l’a écrit.", "Who wrote it."))] = "",
    json: Json = False,
) -> None:
    """List them, or settle one."""
    tools, known = _known(edition)
    if written is not None:
        author = find_guest(tools.store, known.id, by).person.id if by else ""
        waiting = unclear_named(tools, known.id, written, author)
        people = [find_guest(tools.store, known.id, meant)] if meant else []
        clear_up(tools, known.id, waiting, people)
    names = tools.store.unclear_names(known.id)
    if json:
        tell_machine([_as_data(each) for each in names])
    else:
        _list_unclear(tools, known, names)


def _known(edition: str) -> tuple[Tools, Edition]:
    tools = wiring.tools()
    return tools, known_edition(tools.store, wiring.edition_name(edition))


def _list_unclear(tools: Tools, edition: Edition, names: tuple[UnclearName, ...]) -> None:
    if not names:
        tell(say("Aucun nom à éclaircir.", "No name to clear up."))
        return
    people = everybody(tools, edition)
    for each in names:
        perhaps = ", ".join(name_of(people, candidate) for candidate in each.candidates)
        tell(
            say(
                f"• {name_of(people, each.person)} a écrit « {each.written} » : "
                + (f"{perhaps} ?" if perhaps else "personne ne s’appelle ainsi."),
                f"• {name_of(people, each.person)} wrote “{each.written}”: "
                + (f"{perhaps}?" if perhaps else "nobody on the list is called so."),
            )
        )
    clear = f"apres introduce unclear {edition.id} “{names[0].written}”"
    tell(
        "",
        say(f"Dire qui : {clear} “…”", f"Say who: {clear} “…”"),
        say(f"Laisser de côté : {clear}", f"Leave it: {clear}"),
    )


def _as_data(each: UnclearName) -> dict[str, object]:
    return {
        "person": each.person,
        "written": each.written,
        "since": each.since,
        "candidates": list(each.candidates),
    }
