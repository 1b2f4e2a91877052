"""Who may ask how often, and how much: strangers that try links, and bodies that no button of ours sends.

Nothing is kept of anybody: a visitor is a keyed hash, in memory, forgotten with the process.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Tries that lead nowhere, of one visitor: so many at once, then one every so many real seconds.
BURST, EVERY = 30, 2.0
#: What our largest form sends is a tenth of this.
LARGEST_BODY = 16_384
_VISITORS = 10_000

Refusal = Callable[[Scope, int], ASGIApp]


class Doorkeeper:
    """ASGI around the pages. Whoever has a link of ours is always let in: nobody else's tries may cost a "stop"."""

    def __init__(
        self,
        app: ASGIApp,
        refusal: Refusal,
        is_ours: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`refusal` makes the answer for a status; `is_ours` tells whether a path holds a token that we signed."""
        self._app, self._refusal, self._is_ours = app, refusal, is_ours
        self._tries = _Tries(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or answer 413 or 429."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visitor = self._tries.visitor(scope)
        if not self._is_ours(scope["path"]) and not self._tries.has_room(visitor):
            await self._refusal(scope, 429)(scope, receive, send)
            return
        body = _Body(receive)
        if not await body.fits():
            await self._refusal(scope, 413)(scope, receive, send)
            return

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {404, 405}:
                self._tries.count(visitor)
            await send(message)

        await self._app(scope, body.again, watched)


class _Body:
    """A request's body, read up to what is allowed, and then handed on."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._held = receive, list[Message]()

    async def fits(self) -> bool:
        octets, more = 0, True
        while more and octets <= LARGEST_BODY:
            message = await self._receive()
            self._held.append(message)
            octets += len(message.get("body", b""))
            more = message["type"] == "http.request" and message.get("more_body", False)
        return octets <= LARGEST_BODY

    async def again(self) -> Message:
        return self._held.pop(0) if self._held else await self._receive()


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class _Tries:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._salt = clock, secrets.token_bytes(16)
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def visitor(self, scope: Scope) -> bytes:
        host = (scope.get("client") or ("", 0))[0]
        return hmac.digest(self._salt, _network(host).encode(), "sha256")

    def has_room(self, visitor: bytes) -> bool:
        bucket = self._buckets.get(visitor)
        return bucket is None or self._refilled(bucket).left >= 1

    def count(self, visitor: bytes) -> None:
        bucket = self._refilled(self._buckets.setdefault(visitor, _Bucket(BURST, self._clock())))
        bucket.left = max(0.0, bucket.left - 1)
        self._buckets.move_to_end(visitor)
        while len(self._buckets) > _VISITORS:
            self._buckets.popitem(last=False)

    def _refilled(self, bucket: _Bucket) -> _Bucket:
        now = self._clock()
        bucket.left, bucket.at = min(BURST, bucket.left + (now - bucket.at) / EVERY), now
        return bucket


def _network(host: str) -> str:
    """One household has one IPv4 address, or 2^64 of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else address.exploded[:19]
