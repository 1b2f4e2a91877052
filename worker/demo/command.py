"""`apres demo`: the rehearsal from curtain to audit, then the pages stay up."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from worker import bootstrap
from worker.adapters.guest_tables import read_table
from worker.adapters.inbox_behaviour import Script
from worker.cli.speech import say
from worker.demo.audit import Audit
from worker.demo.findings import (
    tell_answers,
    tell_audit,
    tell_how_to_open,
    tell_import,
    tell_introduction,
    tell_kill,
    tell_pages,
    tell_plan,
    tell_where_to_look,
)
from worker.demo.play import EARLIER, SAMPLE, Play, sample_edition, somewhere, stand_after
from worker.demo.screen import Screen
from worker.demo.stage import Stage, set_stage
from worker.domain.edition import Edition
from worker.services import campaign
from worker.services.answer_sheet import answer_sheet
from worker.services.import_guests import ImportReport, import_guests
from worker.services.invitations import invitation

#: Two people of the sample have difficult mail servers.
GREYLISTED, REFUSED = "theo.lambert@example.org", "sacha.morel@example.org"
_SCRIPT = Script(greylisted={GREYLISTED: 1}, refused=frozenset({REFUSED}))

_FOLDER = Path("apres-demo")


class Afterwards(Enum):
    """What follows the audit."""

    STAY = "stay"
    LEAVE = "leave"
    AS_FITS = "stay on a terminal"


def demo(
    *,
    kill: Annotated[bool, typer.Option("--kill", help="Kill the worker with SIGKILL on the way.")] = False,
    folder: Annotated[
        Path, typer.Option(help="Where the rehearsal keeps its data; emptied first.")
    ] = _FOLDER,
    afterwards: Annotated[
        Afterwards, typer.Option("--then", help="Keep the pages up, or end.")
    ] = Afterwards.AS_FITS,
) -> None:
    """Play a whole campaign on this machine in under a minute, and count the mails that arrived.

    Forty invented people, a real Redis, real workers, a real SMTP inbox; two weeks pass in seconds. No mail leaves
    this machine. Exit code 1 when what arrived is not what was planned.
    """
    screen, began = Screen(Console(highlight=False, emoji=False)), time.monotonic()
    screen.title(say("Après · répétition générale : aucun mail ne sort de cette machine",
                     "Après · dress rehearsal: no mail leaves this machine"))  # fmt: skip
    with set_stage(folder.absolute(), _SCRIPT) as stage:
        screen.tick(say("Redis intégré et boîte de réception locale", "Embedded Redis and local inbox"))
        audited = _play(stage, screen, somewhere if kill else None)
        tell_audit(screen, audited, time.monotonic() - began)
        tell_where_to_look(screen, stage)
        if _stays(afterwards):
            tell_pages(screen, stage)
            _stay(screen)
        else:
            tell_how_to_open(screen, stage)
    raise typer.Exit(0 if audited.is_clean else 1)


def _play(stage: Stage, screen: Screen, kill_at: Callable[[int], int] | None) -> Audit:
    for name in EARLIER:
        _bring_in(*sample_edition(name))
    edition, guests = sample_edition(SAMPLE)
    report = _bring_in(edition, guests)
    stand_after(edition)
    tell_import(screen, edition, report)
    plan = campaign.preview_plan(bootstrap.tools(), edition)
    tell_plan(screen, plan)
    play = Play(stage, screen, kill_at=kill_at(len(plan.wanted)) if kill_at else None)
    audited = play.run(edition)
    tell_kill(screen, play)
    tell_answers(screen, play, answer_sheet(bootstrap.tools(), invitation(bootstrap.store(), SAMPLE)))
    tell_introduction(screen, play)
    return audited


def _bring_in(edition: Edition, guests: Path) -> ImportReport:
    bootstrap.store().save_edition(edition)
    return import_guests(bootstrap.tools(), edition.id, read_table(guests))


def _stays(afterwards: Afterwards) -> bool:
    return afterwards is Afterwards.STAY or (afterwards is Afterwards.AS_FITS and sys.stdout.isatty())


def _stay(screen: Screen) -> None:
    screen.line(say("\nCtrl-C pour tout arrêter.", "\nCtrl-C ends everything."))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
