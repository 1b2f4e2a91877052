"""`apres reconcile`: a ledger from a backup, brought up to what was sent since."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import Json, Yes
from worker.cli.explained import explained
from worker.cli.screen import agrees, tell, tell_machine
from worker.cli.speech import counted, say
from worker.domain.journal import Account
from worker.domain.ledger import LedgerMark
from worker.domain.lifecycle import State
from worker.services import reconcile as reconciling
from worker.services.erase import reapply
from worker.services.reconcile import Forgotten, Journals

From = Annotated[
    list[Path] | None,
    typer.Option(
        "--journal",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help=say(
            "Un journal d’une autre machine ; peut être répété.",
            "Another machine's journal; may be repeated.",
        ),
        show_default=False,
    ),
]
Complete = Annotated[
    bool,
    typer.Option(
        "--complete",
        help=say(
            "Aucune autre machine n’a envoyé : ce que les journaux ne disent pas n’est pas parti.",
            "No other machine sent: what the journals do not tell has not left.",
        ),
    ),
]


NewLedger = Annotated[
    bool,
    typer.Option(
        "--new-ledger",
        help=say(
            "Un registre neuf, voulu : les anciens journaux ne le concernent pas.",
            "A new ledger, on purpose: older journals do not concern it.",
        ),
    ),
]


@explained(
    "Remettre à jour un registre restauré, d’après ce que les workers ont noté à côté ; puis les envois reprennent.",
    "Bring a restored ledger up to date from what workers wrote down beside it; then sending goes on.",
    example="apres reconcile",
)
def reconcile(
    *,
    journal: From = None,
    complete: Complete = False,
    new_ledger: NewLedger = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Bring an older ledger up to what was sent."""
    store = wiring.tools().store
    account = Account() if new_ledger else wiring.account(journal or [])
    complete = complete or new_ledger
    missing = reconciling.forgotten(store, account, Journals.ALL if complete else Journals.PERHAPS_NOT_ALL)
    if json:
        tell_machine(_as_data(store.ledger(), missing))
    else:
        tell(*_told(store.ledger(), missing))
    question = say(
        "Mettre le registre à jour et reprendre les envois ?", "Bring the ledger up to date and send again?"
    )
    if yes or (not json and agrees(question)):
        reapply(wiring.tools(), wiring.refusals())
        moved = reconciling.reconcile(store, missing)
        if not json:
            tell(
                say(
                    f"C’est fait : {counted(moved, 'mail remis', 'mail')} à jour. Les envois reprennent.",
                    f"Done: {counted(moved, 'mail', 'mail')} brought up to date. Sending goes on.",
                )
            )
    elif not json:
        tell(say("Rien n’est changé.", "Nothing is changed."))


def _told(mark: LedgerMark, missing: Forgotten) -> list[str]:
    if not mark.held and not missing.all:
        return [say("Le registre sait tout ce qui est parti.", "The ledger knows everything that left.")]
    kinds = Counter(missing.findings.values())
    lines = [
        say(
            f"Ce registre compte {mark.sequence} passages, les journaux {missing.passages}.",
            f"This ledger counts {mark.sequence} passages, the journals {missing.passages}.",
        )
    ]
    for state, french, english in (
        (State.SENT, "parti, à noter comme tel", "sent, to be noted as such"),
        (State.BOUNCED, "refusé, à noter comme tel", "refused, to be noted as such"),
        (State.IN_DOUBT, "peut-être parti : en doute", "perhaps sent: in doubt"),
    ):
        if kinds[state]:
            lines.append(f"  {kinds[state]} {say(french, english)}")
    if missing.unsure:
        lines.append(
            say(
                f"  {len(missing.unsure)} dus entre-temps, dont aucun journal ne parle : en doute "
                "(--complete si aucune autre machine n’a envoyé)",
                f"  {len(missing.unsure)} fell due meanwhile and no journal tells of them: in doubt "
                "(--complete if no other machine sent)",
            )
        )
    return lines


def _as_data(mark: LedgerMark, missing: Forgotten) -> dict[str, object]:
    return {
        "held": mark.held,
        "ledger_passages": mark.sequence,
        "journal_passages": missing.passages,
        "findings": {str(key): state for key, state in missing.findings.items()},
        "unsure": sorted(map(str, missing.unsure)),
    }
