"""What keeping drafts promises, on the memory twin and on real Redis."""

from __future__ import annotations

from tests.stores.contract import ANNE, BRUNO, AnyStore
from tests.stores.test_forgetting_contract import GONE
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft

HERS = OwnDraft("ask", "subject: Oui\npreheader: Non\n\nBonjour Anne,\n\n{{ links.page }} « là »\n")


def test_a_draft_is_kept_as_it_was_written_until_it_is_dropped(store: AnyStore) -> None:
    store.keep_draft(ANNE, OwnDraft("ask", "before"))
    store.keep_draft(ANNE, HERS)

    assert store.drafts("cafe-12") == {ANNE: HERS}
    assert store.drafts("cafe-12", [BRUNO, ANNE]) == {ANNE: HERS}
    assert store.drafts("cafe-12", [BRUNO]) == store.drafts("cafe-12", []) == store.drafts("cafe-11") == {}
    assert store.drop_draft(ANNE)
    assert not store.drop_draft(ANNE)
    assert store.drafts("cafe-12") == {}


def test_each_step_and_person_has_a_draft_of_its_own(store: AnyStore) -> None:
    other = MessageKey("cafe-12", "invitation", "anne")
    for key in (ANNE, other, BRUNO):
        store.keep_draft(key, OwnDraft("x", str(key)))

    assert {key: draft.text for key, draft in store.drafts("cafe-12").items()} == {
        key: str(key) for key in (ANNE, other, BRUNO)
    }


def test_who_is_forgotten_has_none_and_is_told_of_in_none(store: AnyStore) -> None:
    clara = MessageKey("cafe-12", "thank-you", "clara")
    store.keep_draft(ANNE, HERS)
    store.keep_draft(clara, OwnDraft("x", "Comme le disait Anne\nTest, merci."))
    store.keep_draft(BRUNO, OwnDraft("x", "Bonjour Bruno,"))

    store.forget_person(GONE)

    assert store.drafts("cafe-12") == {BRUNO: OwnDraft("x", "Bonjour Bruno,")}
