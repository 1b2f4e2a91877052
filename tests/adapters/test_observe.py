"""The log tells each answer once, by keys: never a name, an address or a remark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from redis import Redis
from structlog.testing import capture_logs

from worker.adapters.observe import ObservedStore, log_to_stderr
from worker.domain.answer import Answer, Partstat
from worker.domain.inbound import Aside, Why
from worker.domain.suppression import Cause, Suppression

_AT = datetime(2026, 12, 8, 12, tzinfo=UTC)
_YES = Answer("cafe-13", "k7f3", Partstat.ACCEPTED, 0, _AT, _AT, "m3kq7zt2ab", "appelez Zoé")


@pytest.fixture
def loud() -> Iterator[None]:
    """As in a worker, whatever an earlier test made of the logs."""
    known = structlog.get_config()
    structlog.reset_defaults()
    yield
    structlog.configure(**known)


def test_what_comes_in_is_one_line_each_without_an_address(redis: Redis, loud: None) -> None:
    store = ObservedStore(redis)

    with capture_logs() as lines:
        store.record_answer(_YES)
        store.record_answer(_YES)
        store.keep_aside(Aside("m-2", Why.WORDS, _AT, "cafe-13", "k7f3", "zoe@example.org", "Zoé"))
        store.suppress(Suppression("print-of-zoe", Cause.UNSUBSCRIBED, _AT, note="zoe@example.org"))

    assert [line["event"] for line in lines] == ["answered", "kept aside", "suppressed"]
    assert lines[0]["person"] == "k7f3"
    assert lines[0]["answer"] == "accepted"
    assert not any(word in str(lines) for word in ("Zoé", "zoe", "@"))


def test_each_of_many_moves_is_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    known = structlog.get_config()
    try:
        log_to_stderr()
        structlog.get_logger().info("moved", each=[{"event": "sent", "key": k} for k in ("a", "b")])
    finally:
        structlog.configure(**known)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    assert [(line["event"], line["key"], line["level"]) for line in lines] == [
        ("sent", "a", "info"),
        ("sent", "b", "info"),
    ]
    assert lines[0]["ts"] == lines[1]["ts"]
