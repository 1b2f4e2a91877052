"""What every memory of dialogues promises, on the memory twin and on real Redis."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from tests.stores.contract import HOUR, NOON, AnyStore
from worker.adapters.memory import MemoryStore
from worker.adapters.redis_store import RedisStore
from worker.domain.dialogue import Asked, Met, Said
from worker.domain.portrait import ANYBODY, Portrait
from worker.domain.rest import Rest
from worker.domain.unclear import UnclearName
from worker.ports.dialogues import MOST_UNCLEAR, Uttered

HEALTH = Portrait("Santé", "open data, « écrit »")


def asked(store: AnyStore, *pairs: tuple[str, str]) -> None:
    """It is noon, and each of these is asked about the other."""
    store.set_clock(NOON)
    for one, other in pairs:
        store.utter("cafe-12", {one: Uttered({other: HEALTH}), other: Uttered({one: ANYBODY})})


def test_nobody_has_a_voice_before_being_asked(store: AnyStore) -> None:
    assert store.voices("cafe-12") == store.voices("cafe-12", ["anne"]) == store.voices("cafe-12", []) == {}
    assert not store.hear("cafe-12", "anne", "bruno", Said.YES)
    assert not store.voices("cafe-12")


def test_who_was_described_keeps_number_and_description(store: AnyStore) -> None:
    asked(store, ("anne", "bruno"), ("anne", "clara"))
    store.set_clock(NOON + HOUR)

    store.utter("cafe-12", {"anne": Uttered({"clara": HEALTH, "bruno": ANYBODY})})

    voice = store.voices("cafe-12", ["anne", "nobody"])["anne"]
    assert voice.asked == {"bruno": Asked(1, HEALTH), "clara": Asked(2, HEALTH)}
    assert list(voice.asked) == ["bruno", "clara"]
    assert voice.asked_at == NOON + HOUR
    assert set(store.voices("cafe-12")) == {"anne", "bruno", "clara"}


def test_two_yeses_make_an_introduction_at_the_second(store: AnyStore) -> None:
    asked(store, ("anne", "bruno"))

    first = store.hear("cafe-12", "anne", "bruno", Said.YES)
    store.set_clock(NOON + HOUR)
    second = store.hear("cafe-12", "bruno", "anne", Said.YES)

    assert (first, second) == (False, True)
    for one, other in (("anne", "bruno"), ("bruno", "anne")):
        assert store.voices("cafe-12")[one].made == {other: NOON + HOUR}
    store.set_clock(NOON + 2 * HOUR)
    assert store.hear("cafe-12", "bruno", "anne", Said.YES)
    assert store.voices("cafe-12")["anne"].made == {"bruno": NOON + HOUR}


def test_a_no_takes_a_yes_back_until_somebody_has_a_name(store: AnyStore) -> None:
    asked(store, ("anne", "bruno"))
    for one, other in (("anne", "bruno"), ("bruno", "anne")):
        store.hear("cafe-12", one, other, Said.YES)

    assert not store.hear("cafe-12", "anne", "bruno", Said.NO)
    assert not store.voices("cafe-12")["bruno"].made
    assert store.hear("cafe-12", "anne", "bruno", Said.YES)
    store.utter("cafe-12", {"bruno": Uttered(named=frozenset({"anne"}))})
    store.hear("cafe-12", "anne", "bruno", Said.NO)

    assert store.voices("cafe-12")["anne"].said == {"bruno": Said.YES}
    assert store.voices("cafe-12")["bruno"].told == {"anne": NOON}


def test_whether_they_met_is_the_last_word(store: AnyStore) -> None:
    store.set_clock(NOON)
    store.hear_of_meeting("cafe-12", "anne", Met.NOT_YET)
    store.set_clock(NOON + HOUR)
    store.hear_of_meeting("cafe-12", "anne", Met.YES)

    voice = store.voices("cafe-12")["anne"]
    assert (voice.met, voice.said_at) == (Met.YES, NOON + HOUR)


def test_portraits_are_replaced_together(store: AnyStore) -> None:
    store.save_portraits("cafe-12", {"anne": {"bruno": HEALTH}, "bruno": {"anne": ANYBODY}})
    store.save_portraits("cafe-12", {"anne": {"clara": HEALTH}})

    assert store.portraits("cafe-12", ["anne", "bruno"]) == {"anne": {"clara": HEALTH}}
    store.save_portraits("cafe-12", {})
    assert store.portraits("cafe-12", ["anne"]) == {}


def test_rests_are_kept_for_the_series(store: AnyStore) -> None:
    rest = Rest(NOON, "cafe-12")

    store.save_rest("cafe", "anne", Rest(NOON))
    store.save_rest("cafe", "anne", rest)

    assert store.rests("cafe", ["anne", "bruno"]) == {"anne": rest}
    assert store.rests("other", ["anne"]) == {}


def test_an_unclear_name_waits_until_it_is_cleared(store: AnyStore) -> None:
    later = UnclearName("anne", "Marie", NOON + HOUR, ("marie1", "marie2"))
    earlier = UnclearName("bruno", "Marie", NOON)

    assert store.keep_unclear("cafe-12", later)
    assert store.keep_unclear("cafe-12", earlier)
    assert not store.keep_unclear("cafe-12", UnclearName("anne", "MARIE", NOON))
    assert store.unclear_names("cafe-12") == (earlier, later)

    assert store.clear("cafe-12", later)
    assert not store.clear("cafe-12", later)
    assert store.unclear_names("cafe-12") == (earlier,)


def test_whoever_writes_names_without_end_fills_nothing(store: AnyStore) -> None:
    kept = [
        store.keep_unclear("cafe-12", UnclearName("anne", f"n{n}", NOON)) for n in range(MOST_UNCLEAR + 5)
    ]

    assert kept.count(True) == MOST_UNCLEAR


def test_a_person_is_forgotten(store: AnyStore) -> None:
    asked(store, ("anne", "bruno"))
    store.save_rest("cafe", "anne", Rest(NOON))
    store.save_portraits("cafe-12", {"anne": {"bruno": HEALTH}})
    store.keep_unclear("cafe-12", UnclearName("bruno", "Ann", NOON, ("anne",)))

    store.forget_dialogue("anne", "cafe", ["cafe-12"])

    assert set(store.voices("cafe-12")) == {"bruno"}
    assert not store.rests("cafe", ["anne"])
    assert not store.portraits("cafe-12", ["anne"])
    assert store.unclear_names("cafe-12") == ()


_PEOPLE = st.sampled_from(["anne", "bruno", "clara"])
_ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("describe"), _PEOPLE, _PEOPLE),
        st.tuples(st.just("name"), _PEOPLE, _PEOPLE),
        st.tuples(st.sampled_from(Said), _PEOPLE, _PEOPLE),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_both_twins_hear_the_same(redis: Redis, acts: list[tuple[str, str, str]]) -> None:
    redis.flushdb()
    memory, real, edition = MemoryStore(), RedisStore(redis), "cafe-12"
    for minute, (act, one, other) in enumerate(acts):
        for twin in (memory, real):
            twin.set_clock(NOON + timedelta(minutes=minute))
        heard = [_done(twin, edition, act, one, other) for twin in (memory, real) if one != other]
        assert len(set(heard)) <= 1

    assert memory.voices(edition) == real.voices(edition)
    for person, voice in memory.voices(edition).items():
        for other in voice.made:
            said = memory.voices(edition)
            assert said[person].said[other] is said[other].said[person] is Said.YES


def _done(store: AnyStore, edition: str, act: str, one: str, other: str) -> bool:
    match act:
        case "describe":
            store.utter(edition, {one: Uttered({other: HEALTH})})
        case "name":
            store.utter(edition, {one: Uttered(named=frozenset({other}))})
        case _:
            return store.hear(edition, one, other, Said(act))
    return False
