"""The log tells each answer once, by keys: never a name, an address or a remark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from redis import Redis
from structlog.testing import capture_logs

from worker.adapters.move_words import claim_words, gate_words, outcome_words, too_late_words
from worker.adapters.observe import ObservedStore, log_to_stderr
from worker.domain.answer import Answer, Partstat
from worker.domain.delivery import Claim, Settlement
from worker.domain.inbound import Aside, Why
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.suppression import Cause, Suppression

_AT = datetime(2026, 12, 8, 12, tzinfo=UTC)
_SENT = tuple(
    Settlement(
        Claim(MessageKey("cafe-12", "nudge", person), "t", _AT, None, 1),
        State.SENT,
        Reason.ACCEPTED,
        reply='250 "queued"',
    )
    for person in ("a", "b")
)
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
        structlog.get_logger().info("moved", each=[outcome_words(one) for one in _SENT])
    finally:
        structlog.configure(**known)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    assert [(line["event"], line["key"], line["level"], line["reply"]) for line in lines] == [
        ("sent", "cafe-12.nudge.a", "info", '250 "queued"'),
        ("sent", "cafe-12.nudge.b", "info", '250 "queued"'),
    ]
    assert lines[0]["ts"] == lines[1]["ts"]


def test_every_move_is_told_in_json() -> None:
    said = [
        claim_words(_SENT[0].claim, Lane.URGENT),
        gate_words(_SENT[0].claim.key, None),
        gate_words(_SENT[0].claim.key, Reason.SUPPRESSED),
        too_late_words(_SENT[0]),
    ]
    read = [json.loads(f"{{{words}}}") for words in said]

    assert [one["event"] for one in read] == ["claimed", "sending", "turned back", "too late"]
    assert {one["key"] for one in read} == {"cafe-12.nudge.a"}
    assert read[0] | {"event": "", "key": ""} == {
        "event": "",
        "key": "",
        "lane": "urgent",
        "tries": 0,
        "losses": 0,
    }
    assert [one["reason"] for one in read[1:]] == [None, "suppressed", "accepted"]
