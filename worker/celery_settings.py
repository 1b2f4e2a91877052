"""Celery as measured: messages carry nothing, so they may be lost or doubled; stalls and long waits may not be.

Each value has its trap in research (reliability, section 1); the number is given where it is not obvious.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kombu import Queue

from worker.domain.sequence import CHORES, QUEUES


def celery_settings(broker_url: str, ledger_url: str, chores: Mapping[str, float]) -> dict[str, Any]:
    """The whole configuration; `chores` gives seconds between two calls of each."""
    return {
        "broker_url": broker_url,
        "result_backend": None,
        "task_ignore_result": True,
        # ack_emulation off: a connection cut at an ack leaked a prefetch slot until nothing ran any more (trap 3).
        # Half-open lines (trap 11) are left after 5 s: beat's, then the one of whoever got the tick. No command blocks
        # longer than BRPOP's second, and a line left too early costs nothing.
        "broker_transport_options": {
            "ack_emulation": False,
            "socket_timeout": 5,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 5,
        },
        "task_acks_late": False,
        "task_reject_on_worker_lost": False,
        "worker_prefetch_multiplier": 1,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # Longer than the ten minutes a final reply may take (RFC 5321 §4.5.3.2.6).
        "task_time_limit": 900,
        "worker_max_tasks_per_child": 500,
        "task_serializer": "json",
        "accept_content": ["json"],
        "timezone": "UTC",
        "enable_utc": True,
        "task_default_queue": CHORES,
        "task_queues": [Queue(name) for name in QUEUES],
        "task_routes": {},
        "beat_scheduler": "worker.machine.steady_beat:SteadyScheduler",
        "redbeat_redis_url": ledger_url,
        "redbeat_redis_options": {},
        "redbeat_key_prefix": "{apres}:redbeat:",
        # A lock of 1500 s by default leaves half an hour without a beat after a kill (redbeat section). Every restart
        # of Redis ends beat, whose own lock then keeps it out; two beats at once do no harm, so the lock is short.
        "redbeat_lock_timeout": 6,
        "beat_max_loop_interval": 2,
        "beat_schedule": {name: {"task": name, "schedule": float(every)} for name, every in chores.items()},
    }
