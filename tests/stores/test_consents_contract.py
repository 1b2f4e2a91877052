"""What every log of consents promises, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace

from tests.stores.contract import HOUR, NOON, AnyStore
from worker.domain.consent import Means, Statement, fields
from worker.domain.consent_chain import Head, Sealed, chained, checked
from worker.domain.person import Consent
from worker.domain.sequence import Purpose

YES = Statement(
    "anne", Purpose.INTRODUCTIONS, Consent.GIVEN, "list-1", NOON, Means.IMPORT, "liste « déc ».csv", "cafe-12"
)
NO = replace(YES, answer=Consent.REFUSED, means=Means.PAGE, at=NOON + HOUR, edition="")
BRUNO = replace(YES, person="bruno")
SEALED = [Sealed("a", "salt-a", YES), Sealed("b", "salt-b", NO), Sealed("c", "salt-c", BRUNO)]


def test_an_empty_log_has_a_beginning(store: AnyStore) -> None:
    assert store.consent_head() == Head()
    assert store.consent_chain() == ()
    assert store.consents(["anne/thanks"]) == {}


def test_words_are_chained_in_their_order_and_the_last_of_each_stands(store: AnyStore) -> None:
    assert store.append_consents(SEALED[:1], after=Head())
    head = store.consent_head()
    assert store.append_consents(SEALED[1:], after=head)

    assert store.consent_chain() == chained(Head(), SEALED)
    assert store.consents(fields("anne", Purpose.INTRODUCTIONS, "cafe-12")) == {
        "anne/introductions": NO,
        "anne/introductions/cafe-12": YES,
    }
    assert store.consent_records(["anne"]) == {"a": SEALED[0], "b": SEALED[1]}
    assert checked(store.consent_chain(), store.consent_records()).holds


def test_what_was_read_before_the_log_grew_is_not_appended(store: AnyStore) -> None:
    store.append_consents(SEALED[:1], after=Head())

    assert not store.append_consents(SEALED[1:], after=Head())
    assert not store.append_consents(SEALED[1:], after=Head(1, "0" * 64))
    assert not store.append_consents(SEALED[1:], after=Head(7, "0" * 64))

    assert len(store.consent_chain()) == 1


def test_nothing_to_append_changes_nothing(store: AnyStore) -> None:
    assert store.append_consents([], after=Head())
    assert store.consent_head() == Head()


def test_a_person_is_erased_and_the_chain_still_holds(store: AnyStore) -> None:
    store.append_consents(SEALED, after=Head())

    assert store.erase_consents("anne") == 2
    assert store.erase_consents("anne") == 0

    assert store.consent_records() == {"c": SEALED[2]}
    assert store.consents(fields("anne", Purpose.INTRODUCTIONS, "cafe-12")) == {}
    verdict = checked(store.consent_chain(), store.consent_records())
    assert verdict.holds
    assert (verdict.links, verdict.erased) == (3, 2)


def test_the_log_grows_on_after_an_erasure(store: AnyStore) -> None:
    store.append_consents(SEALED[:2], after=Head())
    store.erase_consents("anne")

    assert store.append_consents(SEALED[2:], after=store.consent_head())

    assert checked(store.consent_chain(), store.consent_records()).holds


def test_a_text_is_kept_as_it_was_first(store: AnyStore) -> None:
    store.keep_wordings({"form-1": "J’accepte"})
    store.keep_wordings({"form-1": "changed", "form-2": "J’accepte tout"})

    assert store.wordings() == {"form-1": "J’accepte", "form-2": "J’accepte tout"}
