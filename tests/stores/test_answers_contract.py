"""What every memory of answers promises, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.stores.contract import NOON, AnyStore
from worker.domain.answer import Answer, Partstat
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside, Why
from worker.ports.mailroom import MOST_ANSWERS

YES = Answer("cafe-13", "anne", Partstat.ACCEPTED, 0, NOON, NOON, "mail-1", "à bientôt, « Zoé »\n😀")
NO = replace(YES, partstat=Partstat.DECLINED, mail="mail-2", comment="")
ASIDE = Aside("mail-3", Why.COUNTER, NOON, "cafe-13", "anne", "anne@example.org", "Une autre heure ?")


def test_answers_come_back_as_they_were_heard(store: AnyStore) -> None:
    bruno = replace(YES, person="bruno", mail="mail-9", sequence=3)

    assert all(store.record_answer(answer) for answer in (bruno, NO, YES))

    assert store.answers("cafe-13") == (NO, YES, bruno)
    assert store.answers("cafe-13", ["bruno", "nobody"]) == (bruno,)
    assert store.answers("cafe-14") == store.answers("cafe-13", []) == ()


def test_a_mail_is_heard_once_about_each_meeting(store: AnyStore) -> None:
    later = replace(YES, meeting="cafe-14")

    heard = [store.record_answer(answer) for answer in (YES, NO, YES, replace(YES, sequence=5), later)]

    assert heard == [True, True, False, False, True]
    assert store.answers("cafe-13") == (YES, NO)


def test_whoever_answers_without_end_fills_nothing(store: AnyStore) -> None:
    for number in range(60):
        store.record_answer(replace(YES, mail=f"mail-{number}", stamp=NOON + timedelta(seconds=number)))

    kept = store.answers("cafe-13")

    assert len(kept) == MOST_ANSWERS
    assert kept[-1].mail == "mail-59"


def test_a_mail_kept_aside_is_listed_until_somebody_has_looked(store: AnyStore) -> None:
    earlier = replace(ASIDE, mail="mail-0", received=NOON - timedelta(hours=1), person="", meeting="")

    assert store.keep_aside(ASIDE)
    assert store.keep_aside(earlier)
    assert not store.keep_aside(replace(ASIDE, why=Why.WORDS))
    assert store.kept_aside() == (earlier, ASIDE)

    assert store.let_go("mail-3")
    assert not store.let_go("mail-3")
    assert store.kept_aside() == (earlier,)


def test_a_mail_is_kept_as_it_came_under_one_number_until_it_is_dropped(store: AnyStore) -> None:
    raw = bytes(range(256)) * 50

    first, second = store.keep_original("mail-1", raw), store.keep_original("mail-2", b"")

    assert first != second
    assert store.keep_original("mail-1", raw) == first
    assert store.original(first) == Original("mail-1", raw)
    assert store.originals() == (first, second)
    assert store.drop_original(first)
    assert not store.drop_original(first)
    assert store.original(first) is None
    assert store.keep_original("mail-1", raw) == first
    assert store.keep_original("mail-3", b"") not in {first, second}
