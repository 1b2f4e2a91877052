"""A pool of connections to Redis whose last one stays in hand: a worker has one, and asks for it again and again."""

from __future__ import annotations

import os
from typing import Any

from redis import ConnectionPool
from redis.exceptions import ConnectionError, TimeoutError  # noqa: A004 - redis-py's own names


class LineInHand(ConnectionPool):
    """redis-py's pool without its bookkeeping where a connection is given back and asked for again.

    A fifth of a short call went there. Everything else is the pool's own: whatever is not as it was left, is
    another process's, or came back while one was in hand already, goes through it.
    """

    def __init__(self, *args: Any, **words: Any) -> None:
        """As the pool."""
        self._in_hand: list[Any] = []
        super().__init__(*args, **words)

    def get_connection(self, *args: Any, **words: Any) -> Any:
        """The one in hand, if nothing has happened to it meanwhile."""
        return self._taken() or super().get_connection(*args, **words)

    def _taken(self) -> Any:
        """None when there is none; one to which anything has happened goes back to the pool."""
        try:
            line = self._in_hand.pop()
        except IndexError:
            return None
        serves = False
        try:
            serves = _is_as_it_was_left(line)
        finally:
            if not serves:
                super().release(line)
        return line if serves else None

    def release(self, connection: Any) -> None:
        """Kept in hand, unless one is there; given back twice it is there once."""
        if connection in self._in_hand:
            return
        if self._in_hand or connection.pid != os.getpid() or connection.should_reconnect():
            super().release(connection)
        else:
            self._in_hand.append(connection)


def _is_as_it_was_left(line: Any) -> bool:
    """Open, ours, and with nothing to read: an answer that nobody took would be taken for the next one."""
    try:
        return line.pid == os.getpid() and line.is_connected and not line.can_read()
    except (ConnectionError, TimeoutError, OSError):
        return False
