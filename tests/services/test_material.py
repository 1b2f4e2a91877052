"""What is gathered for a batch, and how often the store is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from redis import Redis

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, store_of
from tests.stores.contract import AnyStore
from worker.adapters.memory import MemoryStore
from worker.adapters.redis_store import RedisStore
from worker.domain.circle import Circle
from worker.domain.delivery import Claim
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression
from worker.services.material import gather_material
from worker.services.tools import Tools


class AskedStore(MemoryStore):
    """Counts who asks about suppressions."""

    def __init__(self) -> None:
        """Never asked."""
        super().__init__()
        self.asked = 0

    def standing(self, fields: Iterable[str]) -> dict[str, Suppression]:
        """As the twin, counted."""
        self.asked += 1
        return super().standing(fields)


def test_a_batch_asks_once_who_is_suppressed_whatever_its_steps() -> None:
    store = AskedStore()
    tools = replace(office(), store=store)
    names = ("Anne", "Bruno", "Chloe")
    edition = opened(tools, *(guest(name, presence=Presence.PRESENT) for name in names))
    store.suppress(
        Suppression("print-anne@example.org", Cause.UNSUBSCRIBED, store.now(), scope="purpose:invitations")
    )
    claims = tuple(
        Claim(MessageKey(edition.id, step, name.lower()), "token", store.now(), store.now() + timedelta(1), 1)
        for name in names
        for step in ("thank-you", "invitation")
    )

    material = gather_material(tools, claims)

    refused = {str(claim.key): known for claim, known in material.items() if not isinstance(known, Facts)}
    assert refused == {"cafe-12.invitation.anne": Reason.SUPPRESSED}
    assert store.asked == 1


def _claims(store: AnyStore, names: Iterable[str]) -> tuple[Claim, ...]:
    return tuple(
        Claim(MessageKey("cafe-12", step, name.lower()), "token", store.now(), store.now() + timedelta(1), 1)
        for name in names
        for step in ("thank-you", "invitation", "missed-you")
    )


def _told(store: AnyStore) -> dict[str, str]:
    """What is known of a batch of which nearly everybody has something about them."""
    tools = replace(office(), store=store)
    edition = cafe(12)
    people = [
        guest(name, presence=Presence.PRESENT)
        for name in ("Anne", "Bruno", "Chloe", "David", "Emma", "Farid")
    ]
    for number in (10, 11):
        store.save_edition(cafe(number))
        store.save_guests(f"cafe-{number}", people[: number - 9])
    store.save_edition(edition)
    enlist(tools, edition.id, people[:5])
    store.save_guests(edition.id, [people[5], guest("Gilles", presence=Presence.ABSENT)])
    for name, scope in (("anne", "purpose:invitations"), ("bruno", "all"), ("chloe", "series:other")):
        store.suppress(Suppression(f"print-{name}@example.org", Cause.UNSUBSCRIBED, store.now(), scope))
    store.suppress(Suppression("print-david@example.org", Cause.UNSUBSCRIBED, store.now(), "all"))
    store.lift("print-david@example.org", "all")
    store.uninvite(edition.id, "emma", store.now())
    claims = _claims(store, ["Anne", "Bruno", "Chloe", "David", "Emma", "Farid", "Gilles", "Nobody"])
    return {str(claim.key): _words(known) for claim, known in gather_material(tools, claims).items()}


def _words(known: Facts | Reason) -> str:
    return f"visit {known.earlier_visits}" if isinstance(known, Facts) else known.value


def test_redis_and_memory_tell_the_same_of_a_batch(redis: Redis) -> None:
    store = RedisStore(redis)
    store.set_clock(cafe(12).meeting.end)
    memory = MemoryStore()
    memory.set_clock(cafe(12).meeting.end)

    told = _told(store)

    assert told == _told(memory)
    assert told["cafe-12.invitation.anne"] == told["cafe-12.thank-you.bruno"] == Reason.SUPPRESSED
    assert told["cafe-12.thank-you.anne"] == "visit 2"
    assert told["cafe-12.thank-you.chloe"] == told["cafe-12.thank-you.david"] == "visit 0"
    assert told["cafe-12.invitation.emma"] == Reason.UNINVITED
    assert told["cafe-12.thank-you.farid"] == Reason.NO_RECORD
    assert told["cafe-12.thank-you.gilles"] == Reason.NO_RECORD
    assert told["cafe-12.thank-you.nobody"] == Reason.NOT_ON_LIST


def test_a_batch_is_gathered_in_few_round_trips_whatever_its_size(redis: Redis) -> None:
    store = RedisStore(redis)
    store.set_clock(cafe(12).meeting.end)
    names = [f"N{number}" for number in range(60)]
    tools = replace(office(), store=store)
    store.save_edition(cafe(12))
    enlist(tools, "cafe-12", [guest(name, presence=Presence.PRESENT) for name in names])
    claims = _claims(store, names)
    gather_material(tools, claims)  # the circle is read once

    before = redis.info("stats")["total_reads_processed"]
    material = gather_material(tools, claims)
    after = redis.info("stats")["total_reads_processed"]

    assert sum(isinstance(known, Facts) for known in material.values()) >= 60
    # Two looks, whether the list is as it was, and INFO itself; a long question may come in several pieces.
    assert after - before <= 8


def test_whoever_came_onto_the_list_since_the_last_batch_is_told_of_to_nobody() -> None:
    tools = office()
    opened(tools, guest("Anne", presence=Presence.PRESENT))
    claims = _claims(store_of(tools), ["Anne"])[:1]
    before, again = _circle(tools, claims), _circle(tools, claims)

    tools.store.save_guests("cafe-12", [guest("Zacharie")])

    assert before is again
    assert _circle(tools, claims) is not before


def _circle(tools: Tools, claims: tuple[Claim, ...]) -> Circle:
    [known] = gather_material(tools, claims).values()
    assert isinstance(known, Facts)
    assert known.circle is not None
    return known.circle
