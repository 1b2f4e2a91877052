"""The parts that run: `apres up`, `worker`, `beat`, `inbox`, and `apres health`. Each is one foreground process."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import say


class Lane(StrEnum):
    """What a worker can listen to."""

    CHORES = "chores"
    URGENT = "urgent"
    CAMPAIGN = "campaign"


class Part(StrEnum):
    """What can be asked after."""

    WORKER = "worker"
    BEAT = "beat"
    INBOX = "inbox"
    WEB = "web"
    LEDGER = "ledger"


Concurrency = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help=say(
            "Processus d’envoi ; sinon APRES_CONCURRENCY.", "Sending processes; else APRES_CONCURRENCY."
        ),
        show_default=False,
    ),
]
Lanes = Annotated[
    list[Lane] | None,
    typer.Option(
        "--lane",
        help=say("Seulement celle-ci ; peut être répété.", "Only this one; may be repeated."),
        show_default=False,
    ),
]
Parent = Annotated[int | None, typer.Option("--with-parent", hidden=True)]


@explained(
    "Un worker : il envoie ce qui est dû.",
    "A worker: it sends what is due.",
    example="apres worker --concurrency 2 --lane campaign",
)
def worker(*, concurrency: Concurrency = None, lane: Lanes = None, with_parent: Parent = None) -> None:
    """Send what is due, until told to stop."""
    from worker import bootstrap  # noqa: PLC0415 - Celery and the rest are slow to import
    from worker.machine.celery_process import run_worker  # noqa: PLC0415 - likewise

    _follow(with_parent)
    raise typer.Exit(
        run_worker(concurrency or bootstrap.settings().concurrency, [str(one) for one in lane or Lane])
    )


@explained(
    "Le métronome : il réveille les workers. Il peut y en avoir deux.",
    "The metronome: it wakes the workers. There may be two.",
    example="apres beat",
)
def beat(*, with_parent: Parent = None) -> None:
    """Wake the workers, every two seconds."""
    from worker.machine.celery_process import run_beat  # noqa: PLC0415 - slow to import

    _follow(with_parent)
    run_beat()


@explained(
    "Une boîte de réception locale : SMTP et pages. Aucun mail ne sort.",
    "A local inbox: SMTP and pages. No mail leaves.",
    example="apres inbox",
)
def inbox(*, with_parent: Parent = None) -> None:
    """Receive mail on this machine and show it; nothing leaves."""
    from worker.machine.inbox_process import run_inbox  # noqa: PLC0415 - FastAPI is slow to import

    _follow(with_parent)
    run_inbox()


@explained(
    "Les pages des participants : ne plus recevoir, et revenir.",
    "The attendee pages: stop our mails, and come back.",
    example="apres web",
)
def web(*, with_parent: Parent = None) -> None:
    """Show the pages that links in mails lead to."""
    from worker.machine.web_process import run_web  # noqa: PLC0415 - FastAPI is slow to import

    _follow(with_parent)
    run_web()


@explained(
    "Tout sur cette machine, jusqu’à Ctrl-C.",
    "Everything on this machine, until Ctrl-C.",
    example="apres up",
)
def up() -> None:
    """Run all of it on one machine."""
    from worker.machine.household import run_household  # noqa: PLC0415 - slow to import

    run_household()


@explained(
    "Le signe de vie d’une partie : code de sortie 0, ou 1.",
    "A part's sign of life: exit code 0, or 1.",
    example="apres health worker",
)
def health(
    part: Annotated[
        Part, typer.Argument(metavar="PART", help="worker, beat, inbox, web, ledger", show_default=False)
    ],
) -> None:
    """Ask one part whether it is well: exit code 0, or 1."""
    from worker.machine.checkup import is_well  # noqa: PLC0415 - slow to import

    if not is_well(part):
        tell(say(f"{part} : ne donne pas signe de vie", f"{part}: no sign of life"))
        raise typer.Exit(1)
    tell(say(f"{part} : tout va bien", f"{part}: well"))


def _follow(parent: int | None) -> None:
    """Under `apres up`: leave when it leaves, however it ends."""
    from worker.machine.checkup import leave_with_parent  # noqa: PLC0415 - slow to import

    if parent is not None:
        leave_with_parent(parent)
