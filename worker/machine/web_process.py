"""The attendee pages in this process."""

from __future__ import annotations

from functools import partial

from worker import bootstrap
from worker.adapters.library_logs import log_libraries_to_stderr
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.domain.life import Part
from worker.machine.life import keep_showing
from worker.machine.readiness import WEB, readiness
from worker.web.attendee_app import attendee_app
from worker.web.serve import serve_web
from worker.web.watch_pages import add_watch_pages


def run_web() -> None:
    """Show the pages until told to stop. Refused when the port is taken; Unsettled when the ledger may not be used."""
    log_libraries_to_stderr()
    known = bootstrap.settings()
    bootstrap.store()
    app = attendee_app(bootstrap.tools, bootstrap.identity().secrets)
    add_watch_pages(app, bootstrap.onlooker, partial(readiness, WEB))
    keep_showing(Part.WEB)
    serve_web(app, known.web_host, known.web_port, on_ready=_show)


def _show(address: str) -> None:
    tell(
        say(
            f"Pages des participants : {address}stop/… (le lien est dans chaque mail)",
            f"Attendee pages: {address}stop/… (the link is in every mail)",
        )
    )
