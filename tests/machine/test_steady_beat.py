"""A beat whose clock was put back, that follows one with a faster clock, or whose Redis forgot, ticks all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery import Celery

from worker.adapters.redis_server import RunningServer
from worker.celery_settings import celery_settings
from worker.machine.steady_beat import SteadyScheduler


@pytest.fixture
def app(redis_server: RunningServer, redis: object) -> Celery:
    app = Celery("apres", set_as_current=False)
    app.conf.update(celery_settings(redis_server.broker_url, redis_server.url, {"tick": 2.0}))
    app.task(name="tick")(lambda: None)
    return app


def test_a_chore_that_a_fast_clock_put_off_for_hours_is_brought_back(app: Celery) -> None:
    beat = SteadyScheduler(app=app, lazy=False)
    beat.lock_key = None
    entry = beat.Entry.from_key(beat.Entry.generate_key(app, "tick"), app=app)
    entry.reschedule(app.now() + timedelta(hours=2))

    wait = beat.tick()

    moment = beat.Entry.from_key(entry.key, app=app).due_at
    assert moment - app.now() < timedelta(seconds=3)
    assert wait <= 2


def test_chores_that_redis_forgot_while_a_beat_waited_for_its_lock_are_written_down_again(
    app: Celery,
) -> None:
    beat = SteadyScheduler(app=app, lazy=False)
    beat.lock_key = None
    entry = beat.Entry.from_key(beat.Entry.generate_key(app, "tick"), app=app)
    entry.delete()

    wait = beat.tick()

    assert beat.Entry.from_key(entry.key, app=app).due_at - app.now() <= timedelta(seconds=2)
    assert wait <= 2
