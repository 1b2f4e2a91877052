"""Collected answers: each decided as its author expected, and no file that could make reading fail."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.corpus import CALENDARS, needs_corpus
from tests.mail.answering import Post
from worker.domain.answer import Partstat
from worker.domain.inbound import (
    Answered,
    AskedToStop,
    Decision,
    ForAPerson,
    NotForUs,
    Nothing,
    Unreadable,
    Why,
)
from worker.domain.message import MessageKey
from worker.mail.reading import read_answers
from worker.mail.recognition import Invited

pytestmark = [pytest.mark.corpus, needs_corpus]

REPLIES = CALENDARS / "synthetic_replies"


class CorpusRecognition:
    """Léa was invited with the token 7f3c9a; nobody else was."""

    def of_uid(self, uid: str) -> Invited | None:
        return Invited("e42", "lea") if uid.lower() == "e42-7f3c9a@cafe.example.org" else None

    def of_recipient(self, address: str) -> str | None:
        return "lea" if address.lower() == "rsvp+7f3c9a@cafe.example.org" else None

    def of_address(self, address: str) -> str:
        return "lea" if address.lower() == "lea.durand@example.org" else "somebody"

    def of_return_path(self, _address: str) -> MessageKey | None:
        return None

    def of_way_out(self, _token: str) -> AskedToStop | None:
        return None

    def of_message_id(self, _name: str) -> MessageKey | None:
        return None


def said(partstat: Partstat, sequence: int = 0, comment: str = "", day: str = "20260902T101500") -> Answered:
    stamp = datetime.strptime(day, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Answered("e42", "lea", partstat, sequence, stamp, comment)


YES, NO = Partstat.ACCEPTED, Partstat.DECLINED

EXPECTED: dict[str, Decision] = {
    "gmail_reply_shape.eml": said(YES),
    "outlook365_reply_no_organizer.eml": said(NO, comment="Désolée, je ne peux pas"),
    "reply_old_sequence.eml": said(YES, day="20260903T000000"),
    "reply_future_sequence.eml": said(YES, sequence=7),
    "reply_same_dtstamp_other_partstat.eml": said(NO),
    "reply_no_partstat.eml": NotForUs(Nothing.NO_ANSWER),
    "reply_partstat_lowercase.eml": said(YES),
    "reply_partstat_unknown.eml": NotForUs(Nothing.NO_ANSWER),
    "reply_delegated.eml": said(Partstat.DELEGATED),
    "reply_valarm_attendee_first.eml": said(YES),
    "reply_qp.eml": said(YES),
    "reply_latin1_undeclared.eml": said(YES),
    "reply_latin1_declared.eml": said(YES),
    "reply_no_method_param.eml": said(YES),
    "out_of_office_with_quoted_invite.eml": NotForUs(Nothing.NOT_A_REPLY),
}

BROKEN: dict[str, type[Decision] | Decision] = {
    "bad_cr_only.ics": said(YES),
    "bad_date.ics": Answered("e42", "lea", YES),
    "bad_depth_500.ics": Unreadable,
    "bad_empty.ics": Unreadable,
    "bad_no_end.ics": said(YES),
    "bad_nul.ics": said(YES),
    "bad_param_quote.ics": said(YES),
    "bad_path_injection.txt": Unreadable,
    "bad_sequence_text.ics": said(YES),
    "bad_two_uids.ics": said(YES),
}

TO_LEA = Post("rsvp+7f3c9a@cafe.example.org", "lea.durand@example.org")


def decided(raw: bytes) -> tuple[Decision, ...]:
    return read_answers(raw, CorpusRecognition())


def rows() -> list[str]:
    if not REPLIES.is_dir():
        return []
    with (REPLIES / "EXPECTED.tsv").open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file, delimiter="\t")][1:]


def test_every_row_of_the_table_is_decided_here() -> None:
    assert sorted(EXPECTED) == sorted(rows())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_answer_is_read_as_expected(name: str) -> None:
    assert decided((REPLIES / name).read_bytes()) == (EXPECTED[name],)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_each_broken_calendar_in_a_mail_is_decided(name: str) -> None:
    [decision] = decided(TO_LEA.around((REPLIES / name).read_bytes()))

    expected = BROKEN[name]
    assert isinstance(decision, expected) if isinstance(expected, type) else decision == expected


@pytest.mark.parametrize("word", ["accept", "decline", "tentative"])
def test_answers_that_thunderbird_wrote_are_understood(word: str) -> None:
    partstat = {"accept": YES, "decline": NO, "tentative": Partstat.TENTATIVE}[word]

    files = sorted((CALENDARS / "_thunderbird153_generated").glob(f"{word}__*.reply.eml"))

    found = [decided(file.read_bytes()) for file in files]
    assert [[d.partstat for d in decisions if isinstance(d, Answered)] for decisions in found] == [
        [partstat]
    ] * 2
    assert {d.sequence for decisions in found for d in decisions if isinstance(d, Answered)} == {0, 1}


def files() -> list[Path]:
    return sorted(CALENDARS.rglob("*.eml")) + sorted(CALENDARS.rglob("*.ics"))


@pytest.mark.parametrize("file", files(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_collected_file_makes_reading_fail(file: Path) -> None:
    raw = file.read_bytes()

    whole, wrapped = decided(raw), decided(TO_LEA.around(raw))

    assert whole
    assert wrapped
    assert not any(isinstance(one, Unreadable) and "Error" in one.because for one in (*whole, *wrapped))
    ours = "7f3c9a" in raw.decode("latin-1")
    assert ours or all(not isinstance(one, Answered) for one in whole)


def test_a_message_from_elsewhere_is_left_to_a_person() -> None:
    raw = next(CALENDARS.rglob("*integration-testing*calendar.eml")).read_bytes()

    assert decided(raw) == (ForAPerson(Why.UNKNOWN_TOKEN),)
