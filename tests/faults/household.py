"""Where a run takes place: its processes, its Redis, its relay, the proxy between them, and their settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.faults.crew import FaultyCrew
from tests.faults.proxy import Proxy
from tests.faults.relay import RoundRelay
from tests.faults.round import Round
from tests.faults.server import Server
from worker import bootstrap
from worker.places import schedule_folder

#: Whatever a .env file here says: no mail of a run leaves this machine, no mailbox is read, no limit holds.
_NOWHERE_ELSE = {
    "APRES_RELAY_HOST": "127.0.0.1",
    "APRES_RELAY_TLS": "none",
    "APRES_RELAY_USERNAME": "",
    "APRES_RELAY_PER_SECOND": "0",
    "APRES_RELAY_PER_DAY": "0",
    "APRES_MAILBOX_HOST": "",
    "APRES_OPS_ADDRESS": "",
    "APRES_PAGE_URL": "",
}


@contextmanager
def house(seed: int, without: str = "") -> Iterator[Callable[[int], Round]]:
    """Processes, Redis, proxy and relay of one run; what it gives makes the round of a number.

    `without` names a guard of `mutations` that the workers do not have.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder()))
        server = Server(folder / "redis")
        stack.callback(server.stop)
        relay = stack.enter_context(RoundRelay())
        proxy = stack.enter_context(Proxy("127.0.0.1", server.port))
        near = {**_settings(folder, server, relay), "FAULT_WITHOUT_GUARD": without}
        far_url = f"redis://127.0.0.1:{proxy.port}/0"
        crew = FaultyCrew(folder, near, {**near, "APRES_REDIS_URL": far_url, "APRES_BROKER_URL": far_url})
        stack.callback(bootstrap.forget)
        own = {name: value for name, value in near.items() if name.startswith("APRES_")}
        stack.enter_context(patch.dict(os.environ, own))
        bootstrap.forget()
        crew.start_all()
        stack.callback(crew.end)
        yield lambda number: Round(crew, relay, proxy, server, Random(f"{seed}/{number}"), number)  # noqa: S311


def _folder() -> AbstractContextManager[str]:
    """For data and logs: taken away in the end, unless FAULTS_KEEP names one."""
    kept = os.environ.get("FAULTS_KEEP")
    return nullcontext(kept) if kept else TemporaryDirectory(prefix="apres-faults-")


def _settings(folder: Path, server: Server, relay: RoundRelay) -> Mapping[str, str]:
    schedules = folder / "home" / "schedules"
    shutil.copytree(schedule_folder(None), schedules)
    (schedules / "chores.toml").write_text("tick = 0.5\nwatch = 5\n")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("APRES_")},
        **_NOWHERE_ELSE,
        "APRES_HOME": str(schedules.parent),
        "APRES_DATA": str(folder / "data"),
        "APRES_REDIS_URL": server.url,
        "APRES_BROKER_URL": server.broker_url,
        "APRES_RELAY_PORT": str(relay.port),
        "APRES_CLAIM_LEASE": "1",
        "APRES_FINAL_REPLY_TIMEOUT": "3",
        "APRES_BATCH": "10",
        "APRES_GROUP": "5",
        "APRES_CONCURRENCY": "2",
        "APRES_UNDO": "0",
    }
