"""Taking somebody out of the ledger: every key is looked at, also those that later versions add."""

from __future__ import annotations

from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.adapters.absence import without
from worker.domain.erasure import Forgotten


class RedisForgetting:
    """`ports.Forgetting` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def forget_person(self, gone: Forgotten) -> None:
        """Each key by itself: what was read is compared, so that words which came meanwhile are not lost."""
        for name in sorted(set(self._redis.scan_iter(f"{keys.TAG}:*", count=1000))):
            kind = self._redis.type(name)
            if kind in _READ:
                self._redis.transaction(lambda pipe, n=name, k=kind: _rewrite(pipe, n, k, gone), name)


def _rewrite(pipe: Any, name: str, kind: str, gone: Forgotten) -> None:
    before = _READ[kind](pipe, name)
    after = without(name, kind, before, gone) if before else before
    pipe.multi()
    if after != before:
        _WRITE[kind](pipe, name, before, after)


def _write_hash(pipe: Any, name: str, before: dict[str, str], after: dict[str, str]) -> None:
    dropped = [field for field in before if field not in after]
    changed = {field: text for field, text in after.items() if text != before[field]}
    if dropped:
        pipe.hdel(name, *dropped)
    if changed:
        pipe.hset(name, mapping=changed)


def _write_text(pipe: Any, name: str, _before: str, after: str | None) -> None:
    if after is None:
        pipe.delete(name)
    else:
        pipe.set(name, after)


_READ: dict[str, Any] = {
    "hash": lambda pipe, name: pipe.hgetall(name),
    "set": lambda pipe, name: pipe.smembers(name),
    "zset": lambda pipe, name: pipe.zrange(name, 0, -1, withscores=True),
    "string": lambda pipe, name: pipe.get(name),
}
_WRITE: dict[str, Any] = {
    "hash": _write_hash,
    "set": lambda pipe, name, before, after: pipe.srem(name, *(before - after)),
    "zset": lambda pipe, name, before, after: pipe.zrem(
        name, *(member for member, _ in before if member not in dict(after))
    ),
    "string": _write_text,
}
