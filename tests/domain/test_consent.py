"""What counts of what people said, and the chain of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.consent import Means, Statement, answer, changes, in_force, lacking, wording_version
from worker.domain.consent_chain import BEGINNING, Head, Sealed, chained, checked, stood_at
from worker.domain.person import Consent
from worker.domain.reason import Reason
from worker.domain.sequence import Purpose

NOON = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
YES = Statement(
    "anne", Purpose.THANKS, Consent.GIVEN, "registration-1", NOON, Means.IMPORT, "liste.csv: E-mail"
)
NO = replace(YES, answer=Consent.REFUSED, means=Means.PAGE, at=LATER, detail="page")


def test_nothing_said_is_no_yes() -> None:
    assert answer({}, "anne", Purpose.THANKS, "cafe-12") is Consent.NOT_ASKED


def test_the_last_word_counts_be_it_for_all_editions_or_for_one() -> None:
    here = replace(YES, edition="cafe-12", at=LATER + timedelta(hours=1))
    standing = {one.field: one for one in (NO, here)}

    assert answer(standing, "anne", Purpose.THANKS, "cafe-12") is Consent.GIVEN
    assert answer(standing, "anne", Purpose.THANKS, "cafe-13") is Consent.REFUSED
    assert answer(standing, "anne", Purpose.INVITATIONS, "cafe-12") is Consent.NOT_ASKED


def test_of_two_words_of_one_moment_the_refusal_counts() -> None:
    assert in_force([YES, replace(NO, at=NOON)]) == replace(NO, at=NOON)
    assert in_force([replace(NO, at=NOON), YES]) == replace(NO, at=NOON)


def test_the_same_word_twice_is_one() -> None:
    assert changes(YES, [])
    assert not changes(replace(YES, at=LATER), [YES])


@pytest.mark.parametrize(
    ("means", "taken_back"),
    [(Means.PAGE, True), (Means.MAIL, True), (Means.IMPORT, False), (Means.ORGANIZER, False)],
)
def test_a_persons_own_refusal_is_taken_back_only_by_their_own_hand(means: Means, taken_back: bool) -> None:  # noqa: FBT001
    again = replace(YES, at=LATER + timedelta(days=1), means=means)

    assert changes(again, [YES, NO]) is taken_back


def test_a_refusal_is_heard_from_anybody() -> None:
    assert changes(replace(NO, means=Means.ORGANIZER), [YES])
    assert changes(replace(NO, means=Means.IMPORT), [replace(YES, means=Means.PAGE)])


def test_why_nothing_may_be_sent() -> None:
    assert lacking(Consent.GIVEN, Purpose.THANKS) is None
    assert lacking(Consent.REFUSED, Purpose.THANKS) is Reason.OPTED_OUT
    assert lacking(Consent.NOT_ASKED, Purpose.INVITATIONS) is Reason.NO_RECORD
    assert lacking(Consent.NOT_ASKED, Purpose.INTRODUCTIONS) is Reason.NO_CONSENT


def test_another_text_is_another_version_and_other_spaces_are_not() -> None:
    assert wording_version("form", "J’accepte  de\nrecevoir") == wording_version(
        "form", "J’accepte de recevoir"
    )
    assert wording_version("form", "J’accepte de recevoir") != wording_version(
        "form", "J’accepte de recevoir."
    )


def _sealed(count: int) -> list[Sealed]:
    return [
        Sealed(f"id{n}", f"salt{n}", replace(YES, person=f"p{n}", at=NOON + timedelta(seconds=n)))
        for n in range(count)
    ]


def test_a_chain_holds_however_it_was_grown() -> None:
    sealed = _sealed(5)
    first = chained(Head(), sealed[:2])
    links = (*first, *chained(Head(2, first[-1].hash), sealed[2:]))

    verdict = checked(links, {one.id: one for one in sealed})

    assert links == chained(Head(), sealed)
    assert verdict.holds
    assert (verdict.links, verdict.erased, verdict.head) == (5, 0, links[-1].hash)
    assert links[0].before == BEGINNING


def test_an_erased_record_leaves_a_chain_that_holds() -> None:
    sealed = _sealed(3)

    verdict = checked(chained(Head(), sealed), {one.id: one for one in sealed if one.id != "id1"})

    assert verdict.holds
    assert verdict.erased == 1


@given(
    st.integers(0, 4), st.sampled_from(["answer", "purpose", "wording", "at", "detail", "edition", "means"])
)
def test_a_record_that_says_something_else_now_is_found(number: int, changed: str) -> None:
    sealed = _sealed(5)
    other = {
        "answer": Consent.REFUSED,
        "purpose": Purpose.INTRODUCTIONS,
        "wording": "registration-2",
        "at": LATER,
        "detail": "other.csv",
        "edition": "cafe-12",
        "means": Means.PAGE,
    }
    forged = replace(sealed[number], statement=replace(sealed[number].statement, **{changed: other[changed]}))  # type: ignore[arg-type]

    verdict = checked(chained(Head(), sealed), {one.id: one for one in sealed} | {forged.id: forged})

    assert verdict.altered == (number + 1,)


@given(st.integers(0, 4))
def test_a_link_left_out_or_slipped_in_is_found(number: int) -> None:
    links = chained(Head(), _sealed(6))

    assert not checked((*links[:number], *links[number + 1 :]), {}).holds
    assert not checked((*links[:number], links[number], *links[number:]), {}).holds
    assert not checked(
        (*links[:number], replace(links[number], digest="0" * 64), *links[number + 1 :]), {}
    ).holds


def test_the_salt_hides_what_a_digest_is_of() -> None:
    one = _sealed(1)[0]

    assert replace(one, salt="other").digest != one.digest


def test_what_stood_at_a_moment() -> None:
    kept = [Sealed("a", "s", YES), Sealed("b", "t", NO)]

    assert stood_at(kept, NOON - timedelta(seconds=1)) == {}
    assert stood_at(kept, NOON) == {"anne/thanks": YES}
    assert stood_at(kept, LATER) == {"anne/thanks": NO}
