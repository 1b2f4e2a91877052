"""Collected bounces, complaints and ordinary mails: what each is, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus import BOUNCES, needs_corpus
from tests.services.office import OfficeRecognition
from worker.domain.inbound import Answered, AskedToStop, Bounced, Decision, ForAPerson, Why
from worker.domain.reply import says_address_is_bad
from worker.mail.reading import read_answers

pytestmark = [pytest.mark.corpus, needs_corpus]

_TO_US = b"X-Original-To: b-cafe-12.invitation.anne@bounce.example.org\n"


def mails() -> Iterator[tuple[Path, dict[str, object]]]:
    for table in sorted(BOUNCES.glob("*/expected.jsonl")):
        for line in table.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            yield from ((file, told) for file in table.parent.rglob(told["file"]))


def decided(file: Path) -> Decision:
    raw = file.read_bytes()
    raw = raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw
    [decision] = read_answers(_TO_US + raw, OfficeRecognition())
    return decision


def test_most_bounces_are_known_and_no_ordinary_mail_suppresses_anybody() -> None:
    kinds = {"bounce": 0, "not_bounce": 0}
    known = 0
    for file, told in mails():
        decision, kind = decided(file), str(told["kind"])
        assert not isinstance(decision, Answered | AskedToStop), file.name
        kinds[kind] = kinds.get(kind, 0) + 1
        known += kind == "bounce" and isinstance(decision, Bounced)
        if kind != "bounce" and isinstance(decision, Bounced):
            assert not says_address_is_bad(decision.status), file.name
        if kind == "complaint":
            assert not isinstance(decision, Bounced), file.name

    assert kinds["not_bounce"] > 50
    assert known / kinds["bounce"] > 0.88  # most others are delays, or say nothing but that something failed


def test_feedback_reports_are_complaints() -> None:
    reports = [f for f, t in mails() if t["kind"] == "complaint" and b"feedback-report" in f.read_bytes()]

    assert reports
    assert [f for f in reports if not _is_complaint(decided(f))] == []


def _is_complaint(decision: Decision) -> bool:
    return isinstance(decision, ForAPerson) and decision.why is Why.COMPLAINT


def test_what_is_cut_short_is_decided_too() -> None:
    for file, _ in mails():
        raw = file.read_bytes()
        for cut in (1000, len(raw) // 2):
            assert read_answers(raw[:cut], OfficeRecognition())
