"""Celery's broker, for whoever only counts what waits in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from worker.adapters.redis_store import connect_briefly


def broker_client(url: str) -> Any:
    """A client for the URL that Celery was given; what only Celery understands (Sentinel), Celery opens."""
    address = urlsplit(url)
    if address.scheme == "redis+socket":
        [database] = parse_qs(address.query).get("virtual_host", ["0"])
        return connect_briefly(f"unix://{address.path}?db={database}")
    if address.scheme in {"redis", "rediss", "unix"}:
        return connect_briefly(url)
    from kombu import Connection  # noqa: PLC0415 - slow to import, and rarely needed

    return Connection(url, transport_options={"socket_timeout": 2}).default_channel.client
