"""`apres demo`: the rehearsal from curtain to audit, then the pages stay up."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from worker import bootstrap
from worker.cli.speech import counted, say
from worker.demo.audit import Audit
from worker.demo.play import EARLIER, SAMPLE, Play, sample_edition, somewhere, stand_after
from worker.demo.screen import Screen
from worker.demo.stage import Stage, set_stage
from worker.adapters.guest_tables import read_table
from worker.adapters.inbox_behaviour import Script
from worker.domain.edition import Edition
from worker.services import campaign
from worker.services.import_guests import ImportReport, import_guests
from worker.services.wording import reason_words
from worker.domain.reason import Reason
from worker.cli.speech import language

#: Two people of the sample have difficult mail servers.
_SCRIPT = Script(greylisted={"theo.lambert@example.org": 1}, refused=frozenset({"sacha.morel@example.org"}))


def demo(
    kill: Annotated[bool, typer.Option("--kill", help="Kill the worker with SIGKILL on the way.")] = False,  # noqa: FBT002 - a command line switch
    folder: Annotated[Path, typer.Option(help="Where the rehearsal keeps its data; emptied first.")] = Path(
        "apres-demo"
    ),
    stay: Annotated[
        bool | None,
        typer.Option("--stay/--leave", help="Keep the pages up afterwards (default: on a terminal)."),
    ] = None,
) -> None:
    """Play a whole campaign on this machine in under a minute, and count the mails that arrived.

    Forty invented people, a real Redis, real workers, a real SMTP inbox; two weeks pass in seconds. No mail leaves
    this machine. Exit code 1 when what arrived is not what was planned.
    """
    screen = Screen(Console(highlight=False, emoji=False))
    screen.title(
        say(
            "Après · répétition générale : aucun mail ne sort de cette machine",
            "Après · dress rehearsal: no mail leaves this machine",
        )
    )
    with set_stage(folder.absolute(), _SCRIPT) as stage:
        audited = _play(stage, screen, kill)
        _tell(screen, audited)
        if sys.stdout.isatty() if stay is None else stay:
            _stay(stage, screen)
    raise typer.Exit(0 if audited.is_clean else 1)


def _play(stage: Stage, screen: Screen, kill: bool) -> Audit:  # noqa: FBT001 - the switch of the command line
    screen.tick(say("Redis intégré, boîte de réception locale", "Embedded Redis, local inbox"))
    for name in EARLIER:
        _bring_in(*sample_edition(name))
    edition, guests = sample_edition(SAMPLE)
    report = _bring_in(edition, guests)
    stand_after(edition)
    _tell_import(screen, report)
    counts = campaign.preview_plan(bootstrap.tools(), edition).counts()
    total = sum(counts.values())
    screen.tick(say(f"Plan lu et armé : {total} mails", f"Plan read and armed: {total} mails"))
    play = Play(stage, screen, kill_at=somewhere(total) if kill else None)
    return play.run(edition)


def _bring_in(edition: Edition, guests: Path) -> ImportReport:
    bootstrap.store().save_edition(edition)
    return import_guests(bootstrap.tools(), edition.id, read_table(guests))
