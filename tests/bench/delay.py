"""A relay far away: a proxy on this machine that holds every byte back, and what that costs us and smtplib."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.smtp import SmtpTransport
from worker.config import read_settings
from worker.domain.errors import Unsettled
from worker.domain.message import Letter
from worker.domain.reply import Reply


@contextmanager
def far_away(port: int, round_trip: float) -> Iterator[int]:
    """A door to `port` whose every direction takes half of `round_trip` seconds; gives its port."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    proxy = _Proxy(port, round_trip / 2)
    server = asyncio.run_coroutine_threadsafe(proxy.open(), loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_part(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)


async def _part() -> None:
    """End what still waits for one side of a line to close."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class _Proxy:
    """Passes bytes on after a while, without limiting how many are on their way."""

    def __init__(self, port: int, delay: float) -> None:
        self._port, self._delay = port, delay

    async def open(self) -> asyncio.Server:
        return await asyncio.start_server(self._join, "127.0.0.1", 0)

    async def _join(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, forth = await asyncio.open_connection("127.0.0.1", self._port)
        for writer in (back, forth):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Cancelled at the end: Python 3.11's streams would print a traceback for a task that ends so.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._carry(here, forth), self._carry(there, back))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            while block := await reader.read(65536):
                loop.call_later(self._delay, writer.write, block)
        loop.call_later(self._delay, writer.close)


def ours(letters: Sequence[Letter], port: int) -> float:
    """Letters a second over our transport, on one connection."""
    address = RelayAddress(host="127.0.0.1", port=port, tls=Tls.NONE, letters_per_line=len(letters) + 1)
    with SmtpTransport(address, group=read_settings().group).connect() as line:
        if isinstance(line, Reply):
            raise Unsettled(f"no line to the relay: {line}")
        began = time.perf_counter()
        answered = sum(
            reply.code == 250
            for _, reply in line.submit(letters, lambda group: frozenset(letter.key for letter in group))
        )
        seconds = time.perf_counter() - began
    if answered != len(letters):
        raise Unsettled(f"{answered} of {len(letters)} letters were accepted")
    return answered / seconds


def smtplib_reused(letters: Sequence[Letter], port: int) -> float:
    """Letters a second over the standard library, one connection for all."""
    with smtplib.SMTP("127.0.0.1", port) as relay:
        if relay.sock is not None:
            relay.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        for letter in letters:
            relay.sendmail(letter.envelope.mail_from, [letter.envelope.rcpt_to], letter.content)
        return len(letters) / (time.perf_counter() - began)
