"""Whatever comes in, reading it gives a decision; and only our own secrets ever give an answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.mail.answering import KNOWN, calendar, event_for, post_of
from tests.mail.read_mails import ANNE, CAFE
from worker.domain.inbound import Answered
from worker.mail.reading import read_answers

POST, EVENT = post_of(CAFE, ANNE), event_for(CAFE, ANNE)
STRANGE = st.binary(max_size=40)
KINDS = st.sampled_from(
    ["text/calendar; method=REPLY", "application/ics", "application/ms-tnef", "message/rfc822"]
)
ENCODINGS = st.sampled_from(["base64", "8bit", "quoted-printable", "x-uuencode", ""])


@given(st.binary(max_size=2000))
def test_any_bytes_are_decided(raw: bytes) -> None:
    decisions = read_answers(raw, KNOWN)

    assert decisions
    assert not any(isinstance(decision, Answered) for decision in decisions)


@given(st.integers(0, 5000), st.integers(0, 200), STRANGE, KINDS, ENCODINGS)
def test_a_mutated_answer_is_decided_and_never_somebody_elses(
    at: int, cut: int, put: bytes, kind: str, encoding: str
) -> None:
    raw = replace(POST, kind=kind, encoding=encoding).around(calendar(EVENT).encode())
    at %= len(raw)

    decisions = read_answers(raw[:at] + put + raw[at + cut :], KNOWN)

    assert decisions
    answers = [decision for decision in decisions if isinstance(decision, Answered)]
    assert all(
        (one.person, one.meeting) in {(ANNE.person.id, "cafe-13"), (ANNE.person.id, "")} for one in answers
    )


@given(st.integers(0, 500), st.integers(0, 60), STRANGE)
def test_a_mutated_calendar_is_decided(at: int, cut: int, put: bytes) -> None:
    written = calendar(EVENT).encode()
    at %= len(written)

    assert read_answers(POST.around(written[:at] + put + written[at + cut :]), KNOWN)


@given(
    st.lists(st.sampled_from(["multipart/mixed; boundary=a", "message/rfc822", "text/calendar"]), max_size=40)
)
def test_any_nesting_is_decided(kinds: list[str]) -> None:
    raw = "".join(f"Content-Type: {kind}\r\n\r\n--a\r\n" for kind in kinds).encode()

    assert read_answers(raw + calendar(EVENT).encode(), KNOWN)


def test_hostile_sizes_are_decided() -> None:
    deep = b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 2000
    wide = b"BEGIN:VEVENT\r\n" * 100_000
    blank = b"\r\n" * 500_000 + b" "

    for content in (deep, wide, blank):
        assert read_answers(content, KNOWN)
        assert read_answers(POST.around(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + content), KNOWN)
