"""Editions and their guests in Redis."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from redis import Redis

from worker.adapters import keys, list_records, records
from worker.adapters.moments import from_ms, written
from worker.adapters.redis_questions import Question, ask, of_members
from worker.domain.change import Seat
from worker.domain.edition import Edition
from worker.domain.listed import Listed
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
        return ask(self._redis, edition_asked(edition_id))

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
        return ask(self._redis, version_asked(edition_id))

    def guests(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Guest]:
        """People who are not on the list are left out."""
        if people is not None:
            return ask(self._redis, guests_asked(edition_id, list(people)))
        listed = sorted(self._redis.hgetall(keys.named("guests", edition_id)).items())
        return _guests([person for person, _ in listed], [text for _, text in listed])

    def listed(self, edition_id: str) -> Listed:
        """No order is asked for, so none is made."""
        return list_records.listed(self._redis.hvals(keys.named("guests", edition_id)))

    def earlier_visits(self, edition_id: str, people: Iterable[str]) -> dict[str, int]:
        """One question an earlier edition, all in one round trip."""
        edition = self.edition(edition_id)
        earlier = ask(self._redis, earlier_asked(edition)) if edition else []
        return visits(self._redis, earlier, list(people))

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
        return ask(self._redis, uninvited_asked(edition_id))

    def seats(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Seat]:
        """By person id, or in the order asked."""
        asked = _all_seats_asked(edition_id) if people is None else seats_asked(edition_id, list(people))
        return ask(self._redis, asked)


def edition_asked(edition_id: str) -> Question[Edition | None]:
    """The last snapshot."""
    key = keys.named("edition", edition_id)
    return Question(("GET", key), lambda text: records.edition(text) if text else None)


def guests_asked(edition_id: str, people: Collection[str]) -> Question[dict[str, Guest]]:
    """Those of these people who are on the list."""
    return of_members(keys.named("guests", edition_id), people, lambda texts: _guests(people, texts))


def version_asked(edition_id: str) -> Question[int]:
    """How often the list has changed."""
    return Question(("GET", keys.named("guests-version", edition_id)), lambda text: int(text or 0))


def _guests(people: Iterable[str], texts: Iterable[str | None]) -> dict[str, Guest]:
    kept = {person: text for person, text in zip(people, texts, strict=True) if text}
    return dict(zip(kept, records.guests(kept.values()), strict=True))


def earlier_asked(edition: Edition) -> Question[list[str]]:
    """The editions of its series before this one."""
    series, before = keys.named("series", edition.series.id), f"({edition.meeting.number}"
    return Question(("ZRANGEBYSCORE", series, "-inf", before), list)


def visits(client: Any, editions: Collection[str], people: Collection[str]) -> dict[str, int]:
    """At how many of these editions each was present: one question an edition, all in one round trip."""
    if not people or not editions:
        return dict.fromkeys(people, 0)
    pipe = client.pipeline(transaction=False)
    for name in editions:
        pipe.smismember(keys.named("present", name), people)
    times = map(sum, zip(*pipe.execute(), strict=True))
    return dict(zip(people, times, strict=True))


def seats_asked(edition_id: str, people: Collection[str]) -> Question[dict[str, Seat]]:
    """Those of these people."""
    name = keys.named("uninvited", edition_id)
    return of_members(name, people, lambda texts: _seats(zip(people, texts, strict=True)))


def _all_seats_asked(edition_id: str) -> Question[dict[str, Seat]]:
    return Question(
        ("HGETALL", keys.named("uninvited", edition_id)), lambda kept: _seats(sorted(kept.items()))
    )


def uninvited_asked(edition_id: str) -> Question[dict[str, datetime]]:
    """Since when, of whose invitation is taken back now."""
    words, read = _all_seats_asked(edition_id)
    return Question(
        words, lambda kept: {person: seat.since for person, seat in read(kept).items() if seat.taken}
    )


def _seats(texts: Iterable[tuple[str, str | None]]) -> dict[str, Seat]:
    return {person: _seat(text) for person, text in texts if text}


def _seat(text: str) -> Seat:
    since, turn, fate = (*text.split(":"), "0", "taken")[:3]
    return Seat(from_ms(since), int(turn), taken=fate == "taken")
