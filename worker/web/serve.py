"""Pages as one foreground process: the attendees', or the local inbox with an SMTP door beside it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from worker.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Doors:
    """Where to knock. Port 0 asks for any free one; what is announced has the real ones."""

    host: str
    smtp_port: int
    http_port: int

    @property
    def url(self) -> str:
        """The address of the web view."""
        here = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - compared, not bound
        return f"http://{here.get(self.host, self.host)}:{self.http_port}/"


def serve_inbox(
    app: FastAPI,
    smtp: Callable[[], asyncio.BaseProtocol],
    doors: Doors,
    *,
    note: Path,
    on_ready: Callable[[Doors], None],
) -> None:
    """Serve until SIGTERM or SIGINT, then give back. Refused when a port is taken.

    `note` is a JSON file that tells other processes pid, ports and address while this one serves.
    """

    async def run() -> None:
        await serve_until(_stop_signal(), app, smtp, doors, note=note, on_ready=on_ready)

    asyncio.run(run())


def serve_web(app: FastAPI, host: str, port: int, *, on_ready: Callable[[str], None]) -> None:
    """Serve pages until SIGTERM or SIGINT; `on_ready` gets their address. Refused when the port is taken."""

    async def run() -> None:
        with _listen(host, port, "APRES_WEB_PORT") as door:
            address = Doors(host, 0, _port(door)).url
            await _serve_pages(_stop_signal(), app, door, lambda: on_ready(address))

    asyncio.run(run())


async def serve_until(
    stop: asyncio.Event,
    app: FastAPI,
    smtp: Callable[[], asyncio.BaseProtocol],
    doors: Doors,
    *,
    note: Path,
    on_ready: Callable[[Doors], None],
) -> None:
    """As `serve_inbox`, on the running loop and until the event is set."""
    with (
        _listen(doors.host, doors.smtp_port, "APRES_INBOX_SMTP_PORT") as smtp_door,
        _listen(doors.host, doors.http_port, "APRES_INBOX_HTTP_PORT") as http_door,
    ):
        doors = replace(doors, smtp_port=_port(smtp_door), http_port=_port(http_door))
        smtp_server = await asyncio.get_running_loop().create_server(smtp, sock=smtp_door)
        try:
            with _noted(note, doors):
                await _serve_pages(stop, app, http_door, lambda: on_ready(doors))
        finally:
            # Not awaited: since Python 3.12 that waits for every client to hang up first.
            smtp_server.close()


async def _serve_pages(
    stop: asyncio.Event, app: FastAPI, door: socket.socket, on_ready: Callable[[], None]
) -> None:
    pages = _Pages(_quiet(app))
    async with asyncio.TaskGroup() as group:
        group.create_task(pages.serve(sockets=[door]))
        on_ready()
        await stop.wait()
        pages.should_exit = True


class _Pages(uvicorn.Server):
    """uvicorn without its signal handlers: it would end the process by the signal before we have tidied up."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _quiet(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


def _stop_signal() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _listen(host: str, port: int, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise Refused(
            f"port {port} of {host} cannot be used ({error.strerror}): stop the program that has it, "
            f"or choose another with {setting}"
        ) from error


def _port(door: socket.socket) -> int:
    port: int = door.getsockname()[1]
    return port


@contextlib.contextmanager
def _noted(note: Path, doors: Doors) -> Iterator[None]:
    said = {
        "pid": os.getpid(),
        "host": doors.host,
        "smtp_port": doors.smtp_port,
        "http_port": doors.http_port,
    }
    note.parent.mkdir(parents=True, exist_ok=True)
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps({**said, "url": doors.url}), encoding="utf-8")
    draft.replace(note)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
