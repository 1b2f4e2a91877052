"""Everything on one machine: a server, the inbox where it is the relay, a worker, a beat; kept up, ended in reverse."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from worker import bootstrap
from worker.adapters.one_at_a_time import alone
from worker.adapters.processes import Crew, tail
from worker.adapters.redis_server import ensure_server
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.config import Settings
from worker.domain.errors import Unsettled
from worker.machine.ears import MARGIN, Ears, listening, stopping_words

#: Real seconds: between two looks, for the inbox to open, and the longest wait before a part is started again.
_GLANCE, _PATIENCE, _LONGEST_WAIT = 0.5, 20.0, 30.0


def run_household() -> None:
    """Keep everything up until SIGTERM or Ctrl-C. Refused when another one keeps the same data folder."""
    settings = bootstrap.settings()
    taken = say(
        f"apres up tourne déjà sur {settings.data} : gardez celui-là, ou choisissez un autre APRES_DATA",
        f"apres up runs already on {settings.data}: keep that one, or choose another APRES_DATA",
    )
    wish = _Wish()
    ears = Ears(wish.to_stop, wish.to_hurry)
    with alone(settings.data / "run" / "up.lock", taken), listening(ears), _server(settings):
        bootstrap.store()
        crew = Crew(settings.data / "logs", dict(os.environ), settings.stop_grace + 2 * MARGIN)
        try:
            _start(crew, settings)
            _keep(crew, wish)
        finally:
            tell(stopping_words(settings.stop_grace))
            crew.stop(lambda: wish.hurry)
    tell(_last_words(wish))


def _last_words(wish: _Wish) -> str:
    if wish.hurry:
        return say(
            "Arrêté d’un coup : s’il reste un doute sur un mail, apres todo le dira.",
            "Stopped at once: if a mail is left in doubt, apres todo will say so.",
        )
    return say("Tout est arrêté ; rien n’est perdu.", "Everything has stopped; nothing is lost.")


@dataclass(slots=True)
class _Wish:
    """What was asked of us: to stop, and then to hurry."""

    stop: bool = False
    hurry: bool = False

    def to_stop(self) -> None:
        self.stop = True

    def to_hurry(self) -> None:
        self.hurry = True

    def stopped_within(self, seconds: float) -> bool:
        """Sleep so long, or until asked to stop."""
        end = time.monotonic() + seconds
        while not self.stop and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        return self.stop


@contextmanager
def _server(settings: Settings) -> Iterator[None]:
    """Our own Redis while the block lasts, unless we were given one."""
    if settings.redis_url:
        tell(say("Redis : celui de APRES_REDIS_URL", "Redis: the one of APRES_REDIS_URL"))
        yield
        return
    server = ensure_server(settings.data / "redis")
    tell(say(f"Redis intégré : {server.folder}", f"Embedded Redis: {server.folder}"))
    try:
        yield
    finally:
        bootstrap.forget()
        server.stop()


def _start(crew: Crew, settings: Settings) -> None:
    parent = ("--with-parent", str(os.getpid()))
    if _is_local_inbox(settings):
        note = settings.data / "run" / "inbox.json"
        note.unlink(missing_ok=True)
        crew.start("inbox", "inbox", *parent)
        url = _inbox_url(crew, note)
        tell(
            say(
                f"Boîte de réception locale : {url} (aucun mail ne sort de cette machine)",
                f"Local inbox: {url} (no mail leaves this machine)",
            )
        )
    else:
        where = f"{settings.relay_host}, port {settings.relay_port}"
        tell(say(f"Relais : {where}", f"Relay: {where}"))
    crew.start("worker", "worker", *parent)
    crew.start("beat", "beat", *parent)
    if settings.page_url:
        crew.start("web", "web", *parent)
        tell(
            say(
                f"Pages des participants : {settings.page_url} doit mener au port {settings.web_port}",
                f"Attendee pages: {settings.page_url} must lead to port {settings.web_port}",
            )
        )
    tell(
        say(f"Au travail. Journaux : {crew.logs}", f"At work. Logs: {crew.logs}"),
        say(
            "Dans un autre terminal : apres plan, apres arm, apres status. Ctrl-C arrête tout.",
            "In another terminal: apres plan, apres arm, apres status. Ctrl-C stops everything.",
        ),
    )


def _is_local_inbox(settings: Settings) -> bool:
    local = settings.relay_host in {"127.0.0.1", "::1", "localhost", settings.inbox_host}
    return local and settings.relay_port == settings.inbox_smtp_port


def _inbox_url(crew: Crew, note: Path) -> str:
    """The address of its pages once its doors are open; Unsettled with its last words when they stay shut."""
    end = time.monotonic() + _PATIENCE
    while not note.is_file():
        if crew.revive() or time.monotonic() > end:
            said = " ".join(tail(crew.logs / "inbox.jsonl", 2))
            raise Unsettled(
                say(
                    f"la boîte de réception locale ne s’ouvre pas : {said}",
                    f"the local inbox does not open: {said}",
                )
            )
        time.sleep(0.05)
    return str(json.loads(note.read_text("utf-8"))["url"])


def _keep(crew: Crew, wish: _Wish) -> None:
    """Start again whoever leaves, at once the first time, later and later while it goes on."""
    wait, calm_since = _GLANCE, time.monotonic()
    while not wish.stopped_within(wait):
        revived = crew.revive()
        if revived:
            wait, calm_since = min(wait * 2, _LONGEST_WAIT), time.monotonic()
            who = ", ".join(revived)
            tell(say(f"Redémarré : {who} (voir {crew.logs})", f"Started again: {who} (see {crew.logs})"))
        elif time.monotonic() - calm_since > _LONGEST_WAIT:
            wait = _GLANCE
