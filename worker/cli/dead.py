"""`apres dead`: the mails set aside, by reason; sent after all, or given up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import Json, Yes
from worker.cli.explained import explained
from worker.cli.people import everybody, name_of
from worker.cli.screen import agrees, screen, table, tell, tell_machine
from worker.cli.speech import counted, say
from worker.cli.words import reason_label, step_label
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.services.dead import Choice, bring_back, chosen, dead, give_up
from worker.services.tools import Tools

_WHICH = say("Seulement cette édition.", "Only this edition.")
Which = Annotated[str, typer.Argument(metavar="[EDITION]", help=_WHICH, show_default=False)]
In = Annotated[str, typer.Option("--edition", metavar="EDITION", help=_WHICH, show_default=False)]
Keys = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY]…",
        help=say("Ces mails, tels qu’affichés.", "These mails, as listed."),
        show_default=False,
    ),
]
Why = Annotated[
    Reason | None,
    typer.Option(
        "--reason",
        metavar="REASON",
        help=say("Ceux-là : poison, compose_failed, leak.", "Those: poison, compose_failed, leak."),
        show_default=False,
    ),
]
Step = Annotated[
    str,
    typer.Option("--step", help=say("Ceux de cette étape.", "Those of this step."), show_default=False),
]
All = Annotated[bool, typer.Option("--all", help=say("Tous.", "All of them."))]


@explained(
    "Les mails mis de côté, par raison.",
    "The mails set aside, by reason.",
    example="apres dead list cafe-12",
)
def list_(edition: Which = "", *, json: Json = False) -> None:
    """What was set aside; exit code 1 while there is something."""
    tools = wiring.tools()
    aside = dead(tools.store, [edition] if edition else tools.store.editions_ever())
    if json:
        tell_machine([_as_data(record) for record in aside])
    elif not aside:
        tell(say("Rien n’est mis de côté.", "Nothing is set aside."))
    else:
        _show(tools, aside)
    if aside:
        raise typer.Exit(1)


@explained(
    "Renvoyer ce qui est mis de côté, une fois la cause corrigée : toutes les vérifications sont refaites.",
    "Send what was set aside, once its cause is put right: every check is made again.",
    example="apres dead requeue --reason compose_failed",
)
def requeue(
    keys: Keys = None,
    *,
    edition: In = "",
    reason: Why = None,
    step: Step = "",
    all: All = False,  # noqa: A002 - the name of the option
    yes: Yes = False,
) -> None:
    """Bring these back into the schedule."""
    tools, choice = wiring.tools(), _choice(keys, reason, step, everything=all)
    found = _found(tools, edition, choice)
    for known in _editions(tools, found):
        wiring.proofread(known)
    if _agreed(found, say("Les renvoyer ?", "Send them?"), yes=yes):
        moved = counted(bring_back(tools.store, found), "mail", "mail")
        tell(say(f"{moved} : de nouveau au calendrier.", f"{moved}: in the schedule again."))


@explained(
    "Renoncer pour de bon à ce qui est mis de côté.",
    "Give up for good on what was set aside.",
    example="apres dead drop cafe-12.nudge.k7f3",
)
def drop(
    keys: Keys = None,
    *,
    edition: In = "",
    reason: Why = None,
    step: Step = "",
    all: All = False,  # noqa: A002 - the name of the option
    yes: Yes = False,
) -> None:
    """These are not sent."""
    tools, choice = wiring.tools(), _choice(keys, reason, step, everything=all)
    found = _found(tools, edition, choice)
    if _agreed(found, say("Y renoncer ?", "Give them up?"), yes=yes):
        moved = counted(give_up(tools.store, found), "mail écarté", "mail")
        tell(say(f"{moved} pour de bon.", f"{moved} will not leave."))


def _choice(keys: list[str] | None, reason: Reason | None, step: str, *, everything: bool) -> Choice:
    if not (keys or reason or step or everything):
        raise Refused(
            say(
                "dites lesquels : leurs noms, --reason, --step, ou --all",
                "say which: their keys, --reason, --step, or --all",
            )
        )
    return Choice(tuple(MessageKey.parse(key) for key in keys or ()), reason, step)


def _found(tools: Tools, edition: str, choice: Choice) -> tuple[Record, ...]:
    if edition:
        return chosen(tools.store, [edition], choice)
    return chosen(tools.store, () if choice.keys else tools.store.editions_ever(), choice)


def _agreed(found: tuple[Record, ...], question: str, *, yes: bool) -> bool:
    if not found:
        tell(say("Aucun mail mis de côté ne correspond.", "No mail set aside matches."))
        return False
    tell(*(f"  {record.key}" for record in found[:20]))
    if len(found) > 20:
        tell(say(f"  … et {len(found) - 20} autres", f"  … and {len(found) - 20} more"))
    return yes or agrees(question)


def _show(tools: Tools, aside: tuple[Record, ...]) -> None:
    people = {known.id: everybody(tools, known) for known in _editions(tools, aside)}
    for reason, group in groupby(sorted(aside, key=lambda r: (r.reason, str(r.key))), key=lambda r: r.reason):
        records = tuple(group)
        tell(f"{reason} · {reason_label(reason)} · {len(records)}")
        shown = table(*([""] * 3))
        for record in records:
            who = name_of(people.get(record.key.edition, {}), record.key.person)
            shown.add_row(f"  {record.key}", who, step_label(record.key.step_name))
        screen().print(shown)
    tell(
        "",
        say(
            "Corrigez la cause (apres todo la nomme), puis : apres dead requeue --reason … ; ou : apres dead drop …",
            "Put the cause right (apres todo names it), then: apres dead requeue --reason …; or: apres dead drop …",
        ),
    )


def _editions(tools: Tools, aside: Iterable[Record]) -> list[Edition]:
    found = (tools.store.edition(name) for name in sorted({record.key.edition for record in aside}))
    return [known for known in found if known]


def _as_data(record: Record) -> dict[str, object]:
    return {"key": str(record.key), "reason": record.reason, "losses": record.losses, "reply": record.reply}
