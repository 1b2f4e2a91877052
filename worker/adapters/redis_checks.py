"""Whether a server may keep the ledger: nothing acknowledged may be lost, nothing evicted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

#: Celery 5.7's own limit.
OLDEST = (6, 2)


def check_ledger(client: Redis) -> tuple[str, ...]:
    """What is wrong with this server as a ledger, one sentence each, with its remedy; empty when it may be used.

    What the server will not show is not held against it: see `unchecked`. Connection errors go through.
    """
    return (
        *_age(client.info("server")),
        *_role(client.info("replication")),
        *_append_only(client.info("persistence")),
        *_eviction(client.info("memory")),
        *_syncing(_setting(client, "appendfsync"), _setting(client, "no-appendfsync-on-rewrite")),
    )


def unchecked(client: Redis) -> tuple[str, ...]:
    """What could not be looked at because the server forbids CONFIG, one sentence each; to warn of, not to refuse."""
    if _setting(client, "appendfsync") is not None:
        return ()
    sentence = (
        "this Redis does not let us read its settings (CONFIG is forbidden): make sure yourself that "
        "appendfsync is always, or a crash of its machine may send the mails of its last second twice"
    )
    return (sentence,)


def trouble(client: Redis) -> tuple[str, ...]:
    """What went wrong with keeping since the server started, one sentence each, with its remedy."""
    info: Mapping[str, Any] = client.info("persistence")
    failing = [
        word
        for word in ("aof_last_write_status", "aof_last_bgrewrite_status")
        if info.get(word, "ok") != "ok"
    ]
    remedy = "look at the space left on its disk (df) and into its log"
    return tuple(
        f"this Redis cannot write its append-only file ({word} is {info[word]}): {remedy}" for word in failing
    )


def memory_runs_short(client: Redis) -> str:
    """A sentence with its remedy when more than four fifths of what the server may use is used, else ""."""
    info = client.info("memory")
    used = int(info.get("used_memory", 0))
    most = int(info.get("maxmemory", 0)) or int(info.get("total_system_memory", 0))
    if not most or used * 5 <= most * 4:
        return ""
    return (
        f"this Redis uses {used >> 20} of {most >> 20} MB, and refuses to write when there are no more: "
        "give it more memory (maxmemory in its redis.conf)"
    )


def _age(info: Mapping[str, Any]) -> tuple[str, ...]:
    version = str(info.get("redis_version", "0"))
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    if numbers >= OLDEST:
        return ()
    return (f"this Redis is version {version}: Celery needs 6.2 or later, upgrade it (or use Valkey)",)


def _role(info: Mapping[str, Any]) -> tuple[str, ...]:
    if info.get("role") == "master":
        return ()
    return ("this Redis is a replica and may be behind: let APRES_REDIS_URL name the primary, or Sentinel",)


def _append_only(info: Mapping[str, Any]) -> tuple[str, ...]:
    if int(info.get("aof_enabled", 0)):
        return ()
    remedy = _remedy("appendonly", "yes")
    return (f"this Redis keeps no append-only file and forgets what was sent when it restarts: {remedy}",)


def _eviction(info: Mapping[str, Any]) -> tuple[str, ...]:
    policy = str(info.get("maxmemory_policy", "noeviction"))
    if policy == "noeviction":
        return ()
    fault = f"this Redis may throw away planned mails when memory runs short (maxmemory-policy is {policy})"
    return (f"{fault}: {_remedy('maxmemory-policy', 'noeviction')}",)


def _syncing(policy: str | None, pauses: str | None) -> tuple[str, ...]:
    wrong = []
    if policy not in (None, "always"):
        wrong.append(
            f"this Redis may lose its last second when its machine stops, and mails would go out twice "
            f"(appendfsync is {policy}): {_remedy('appendfsync', 'always')}"
        )
    if pauses == "yes":
        wrong.append(
            "this Redis stops syncing while it rewrites its append-only file (no-appendfsync-on-rewrite is yes): "
            f"{_remedy('no-appendfsync-on-rewrite', 'no')}"
        )
    return tuple(wrong)


def _remedy(word: str, value: str) -> str:
    return f"run `CONFIG SET {word} {value}` now, and write `{word} {value}` into its redis.conf"


def _setting(client: Redis, word: str) -> str | None:
    """The server's setting, or None when it will not say (a managed service, or an ACL)."""
    try:
        settings = client.config_get(word)
    except ResponseError:
        return None
    texts = {_text(name): _text(value) for name, value in settings.items()}
    return texts.get(word)


def _text(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""
