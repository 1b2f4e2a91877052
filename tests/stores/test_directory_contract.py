"""What every Directory, Suppressions and Notices promise, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace

from tests.sample import cafe, guest
from tests.stores.contract import HOUR, NOON, AnyStore
from worker.domain.change import Details, Seat, called_off, changed
from worker.domain.listed import Listed
from worker.domain.notice import Notice, NoticeKind
from worker.domain.person import Consent, Presence
from worker.domain.suppression import PAUSE, Cause, Suppression, scopes


def test_an_edition_comes_back_as_it_was_saved(store: AnyStore) -> None:
    edition = cafe(12)

    store.save_edition(edition)

    assert store.edition("cafe-12") == edition
    assert store.edition("cafe-99") is None


def test_the_editions_of_a_series_come_in_their_order(store: AnyStore) -> None:
    for number in (12, 9, 10):
        store.save_edition(cafe(number))

    assert [edition.id for edition in store.editions("cafe")] == ["cafe-9", "cafe-10", "cafe-12"]


def test_a_guest_is_replaced_and_nobody_is_removed(store: AnyStore) -> None:
    anne, bruno = guest("Anne", introduced=Consent.GIVEN), guest("Bruno")
    store.save_guests("cafe-12", [anne, bruno])

    store.save_guests("cafe-12", [replace(anne, presence=Presence.PRESENT)])

    assert store.guests("cafe-12") == {"anne": replace(anne, presence=Presence.PRESENT), "bruno": bruno}
    assert list(store.guests("cafe-12", ["bruno", "nobody"])) == ["bruno"]


def test_a_list_is_told_in_columns_as_its_guests_are(store: AnyStore) -> None:
    anne = replace(guest("Anne"), organisation="Plumes & Cie", sector="édition", interests=("vélo", '"a\\\n'))
    bruno = replace(
        guest("Bruno"), person=replace(guest("Bruno").person, own_words=True, zone="Europe/Paris")
    )
    store.save_guests("cafe-12", [bruno, anne, replace(guest("Clara"), sector="vélo", table="3")])

    listed, guests = store.listed("cafe-12"), store.guests("cafe-12")

    rows = zip(*listed[:-1], strict=True)
    assert sorted(rows) == sorted(zip(*Listed.of(guests.values())[:-1], strict=True))
    assert listed.subjects == {"édition", "vélo", '"a\\\n', ""}
    assert store.listed("cafe-99") == Listed.of([])


def test_only_earlier_editions_of_the_series_count_for_loyalty(store: AnyStore) -> None:
    for number in (10, 11, 12, 13):
        store.save_edition(cafe(number))
        store.save_guests(f"cafe-{number}", [guest("Anne", presence=Presence.PRESENT)])
    store.save_guests("cafe-11", [guest("Anne", presence=Presence.ABSENT)])

    assert store.earlier_visits("cafe-12", ["anne", "bruno"]) == {"anne": 1, "bruno": 0}


def test_an_invitation_is_taken_back_once(store: AnyStore) -> None:
    store.uninvite("cafe-12", "anne", NOON)
    store.uninvite("cafe-12", "anne", NOON + HOUR)

    assert store.uninvited("cafe-12") == {"anne": NOON}
    assert store.uninvited("cafe-13") == {}


def test_an_invitation_taken_back_is_given_again_in_a_turn_of_its_own(store: AnyStore) -> None:
    store.invite_again("cafe-12", "anne", NOON, 1)
    assert store.seats("cafe-12") == {}

    store.uninvite("cafe-12", "anne", NOON)
    store.invite_again("cafe-12", "anne", NOON + HOUR, 1)
    store.invite_again("cafe-12", "anne", NOON + 2 * HOUR, 2)
    assert store.uninvited("cafe-12") == {}
    assert store.seats("cafe-12", ["anne", "bruno"]) == {"anne": Seat(NOON + HOUR, 1, taken=False)}

    store.uninvite("cafe-12", "anne", NOON + 3 * HOUR)
    assert store.uninvited("cafe-12") == {"anne": NOON + 3 * HOUR}
    assert store.seats("cafe-12", []) == {}
    assert store.seats("cafe-12") == {"anne": Seat(NOON + 3 * HOUR, 1)}


def test_a_meeting_keeps_its_earlier_versions(store: AnyStore) -> None:
    edition = cafe(12)
    assert edition.next is not None
    later = changed(edition.next, Details(title="Plus tard", start=edition.next.start + HOUR), NOON)
    moved = replace(edition, next=called_off(later, NOON + HOUR))

    store.save_edition(moved)

    assert store.edition("cafe-12") == moved
    assert moved.next is not None
    assert moved.next.as_of(0) == edition.next


def test_a_suppression_stands_in_its_scope_until_it_is_lifted(store: AnyStore) -> None:
    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON, scope="purpose:thanks"))
    thanks, invitations = (scopes("f1", series="cafe", purpose=name) for name in ("thanks", "invitations"))

    assert [found.cause for found in store.standing(thanks).values()] == [Cause.UNSUBSCRIBED]
    assert store.standing(invitations) == {}

    assert store.lift("f1", "purpose:thanks")
    assert store.standing(thanks) == {}


def test_a_persons_own_act_outweighs_ours_and_not_the_other_way_round(store: AnyStore) -> None:
    [field, *_] = scopes("f1", series="cafe", purpose="thanks")
    store.suppress(Suppression("f1", Cause.ADDRESS_BAD, NOON))

    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON))
    store.suppress(Suppression("f1", Cause.BY_HAND, NOON))

    assert store.standing([field])[field].cause is Cause.UNSUBSCRIBED


def test_a_pause_ends_by_itself_and_a_later_end_counts(store: AnyStore) -> None:
    store.set_clock(NOON)
    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + HOUR))
    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + 2 * HOUR))
    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + HOUR))

    [paused] = store.standing(["f1/pause"]).values()
    assert paused.until == NOON + 2 * HOUR

    store.set_clock(NOON + 2 * HOUR)
    assert store.standing(["f1/pause"]) == {}

    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + 3 * HOUR))
    assert set(store.standing(["f1/pause"])) == {"f1/pause"}


def test_a_notice_is_opened_once_until_it_is_closed(store: AnyStore) -> None:
    notice = Notice("cafe-12", NoticeKind.DOUBTS, NOON, details={"messages": "2"})
    first = store.raise_notice(notice)
    assert first is not None
    assert store.raise_notice(notice) is None
    assert [open_notice.details for open_notice in store.open_notices()] == [{"messages": "2"}]

    assert store.close_notice("cafe-12", NoticeKind.DOUBTS)

    second = store.raise_notice(notice)
    assert second is not None
    assert second.number > first.number
