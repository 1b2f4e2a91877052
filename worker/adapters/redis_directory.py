"""Editions and their guests in Redis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from redis import Redis

from worker.adapters import keys, records
from worker.adapters.moments import from_ms, written
from worker.domain.change import Seat
from worker.domain.edition import Edition
from worker.domain.person import Guest, Presence


class RedisDirectory:
    """`ports.Directory` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def save_edition(self, edition: Edition) -> None:
        """Snapshot and place in its series together."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.set(keys.named("edition", edition.id), records.edition_text(edition))
        pipe.zadd(keys.named("series", edition.series.id), {edition.id: edition.meeting.number})
        pipe.execute()

    def edition(self, edition_id: str) -> Edition | None:
        """The last snapshot."""
        text = self._redis.get(keys.named("edition", edition_id))
        return records.edition(text) if text else None

    def editions(self, series: str) -> tuple[Edition, ...]:
        """In order of their number."""
        names = self._redis.zrange(keys.named("series", series), 0, -1)
        return tuple(found for name in names if (found := self.edition(name)))

    def known_editions(self) -> tuple[str, ...]:
        """By name; looks through all keys, so not for the hot path."""
        before = keys.named("edition", "")
        found = self._redis.scan_iter(f"{before}*", count=1000)
        return tuple(sorted({name.removeprefix(before) for name in found}))

    def save_guests(self, edition_id: str, guests: Iterable[Guest]) -> None:
        """Guests and the set of those present change together."""
        pipe = self._redis.pipeline(transaction=True)
        for guest in guests:
            pipe.hset(keys.named("guests", edition_id), guest.person.id, records.guest_text(guest))
            present = pipe.sadd if guest.presence is Presence.PRESENT else pipe.srem
            present(keys.named("present", edition_id), guest.person.id)
        pipe.incr(keys.named("guests-version", edition_id))
        pipe.execute()

    def guests_version(self, edition_id: str) -> int:
        """Counted with each change; an erasure needs no count, whoever it took away is told of by nobody."""
        return int(self._redis.get(keys.named("guests-version", edition_id)) or 0)

    def guests(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Guest]:
        """People who are not on the list are left out."""
        name = keys.named("guests", edition_id)
        if people is None:
            return {person: records.guest(text) for person, text in sorted(self._redis.hgetall(name).items())}
        wanted = list(people)
        texts = self._redis.hmget(name, wanted) if wanted else []
        return {person: records.guest(text) for person, text in zip(wanted, texts, strict=True) if text}

    def earlier_visits(self, edition_id: str, people: Iterable[str]) -> dict[str, int]:
        """One question an earlier edition, all in one round trip."""
        wanted = list(people)
        earlier = self._earlier(edition_id)
        if not wanted or not earlier:
            return dict.fromkeys(wanted, 0)
        pipe = self._redis.pipeline(transaction=False)
        for name in earlier:
            pipe.smismember(keys.named("present", name), wanted)
        return {person: sum(seen) for person, *seen in zip(wanted, *pipe.execute(), strict=True)}

    def _earlier(self, edition_id: str) -> list[str]:
        edition = self.edition(edition_id)
        if edition is None:
            return []
        before = f"({edition.meeting.number}"
        names: list[str] = self._redis.zrangebyscore(keys.named("series", edition.series.id), "-inf", before)
        return names

    def uninvite(self, edition_id: str, person: str, at: datetime) -> None:
        """Saying it again changes nothing."""
        seat = self.seats(edition_id, [person]).get(person)
        if seat is None or not seat.taken:
            self._seat(edition_id, person, Seat(at, seat.turn if seat else 0))

    def invite_again(self, edition_id: str, person: str, at: datetime, turn: int) -> None:
        """One field."""
        seat = self.seats(edition_id, [person]).get(person)
        if seat is not None and seat.taken:
            self._seat(edition_id, person, Seat(at, turn, taken=False))

    def _seat(self, edition_id: str, person: str, seat: Seat) -> None:
        told = f"{written(seat.since)}:{seat.turn}:{'taken' if seat.taken else 'given'}"
        self._redis.hset(keys.named("uninvited", edition_id), person, told)

    def uninvited(self, edition_id: str) -> dict[str, datetime]:
        """By person id."""
        return {person: seat.since for person, seat in self.seats(edition_id).items() if seat.taken}

    def seats(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Seat]:
        """By person id, or in the order asked."""
        name = keys.named("uninvited", edition_id)
        if people is None:
            return {person: _seat(text) for person, text in sorted(self._redis.hgetall(name).items())}
        asked = list(people)
        texts = self._redis.hmget(name, asked) if asked else []
        return {person: _seat(text) for person, text in zip(asked, texts, strict=True) if text}


def _seat(text: str) -> Seat:
    since, turn, fate = (*text.split(":"), "0", "taken")[:3]
    return Seat(from_ms(since), int(turn), taken=fate == "taken")
