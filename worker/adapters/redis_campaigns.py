"""Organizers' decisions, and what the ledger knows, in Redis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.adapters.entries import PAGE, moves_of, told_of
from worker.adapters.moments import read, to_ms, written
from worker.adapters.redis_words import field_of
from worker.adapters.scripts import register
from worker.domain.approval import Approval
from worker.domain.campaign import AT_WORK, Campaign, Status
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.stall import Pulse


class RedisCampaigns:
    """`ports.Campaigns` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client
        self._steer = register(client)["steer"]

    def campaign(self, edition: str) -> Campaign:
        """A draft when Redis knows nothing of it."""
        fields = self._redis.hgetall(keys.named("campaign", edition))
        return Campaign(
            edition=edition,
            status=Status(fields.get("status", Status.DRAFT)),
            generation=int(fields.get("generation", 0)),
            hold_until=read(fields.get("hold_until")),
            ended_at=read(fields.get("ended_at")),
            because=fields.get("because", ""),
        )

    def editions_ever(self) -> tuple[str, ...]:
        """In the order of their names."""
        return tuple(sorted(self._redis.smembers(keys.EDITIONS)))

    def editions_at_work(self) -> tuple[str, ...]:
        """In the order of their names."""
        return tuple(name for name in self.editions_ever() if self.campaign(name).status in AT_WORK)

    def steer(self, campaign: Campaign, *, after: Campaign | None = None) -> bool:
        """One script: the decision and the agenda together."""
        self._redis.sadd(keys.EDITIONS, campaign.edition)
        arguments = [campaign.edition, *_decision(campaign), *(_decision(after) if after else ())]
        return bool(self._steer(keys=keys.bundle(campaign.edition), args=arguments))

    def approve(self, edition: str, approval: Approval) -> None:
        """One text."""
        kept = asdict(approval)
        self._redis.set(keys.named("approved", edition), json.dumps(kept))

    def approval(self, edition: str) -> Approval | None:
        """One text."""
        text = self._redis.get(keys.named("approved", edition))
        kept = json.loads(text) if text else None
        people = {person: Presence(word) for person, word in kept["people"].items()} if kept else {}
        return Approval(kept["sequence"], people, kept["version"]) if kept else None

    def records(self, edition: str) -> tuple[Record, ...]:
        """In the order of their keys."""
        fields = self._redis.hgetall(keys.named("messages", edition))
        return tuple(record_of(edition, field, json.loads(text)) for field, text in sorted(fields.items()))

    def records_of(self, asked: Iterable[MessageKey]) -> tuple[Record, ...]:
        """One HMGET for each edition among them."""
        asked, found = list(asked), dict[MessageKey, Record]()
        for edition in dict.fromkeys(key.edition for key in asked):
            fields = [field_of(key) for key in asked if key.edition == edition]
            texts = self._redis.hmget(keys.named("messages", edition), fields)
            known = (record_of(edition, f, json.loads(t)) for f, t in zip(fields, texts, strict=True) if t)
            found |= {record.key: record for record in known}
        return tuple(found[key] for key in asked if key in found)

    def counts(self, edition: str) -> dict[tuple[str, State], int]:
        """Kept by the moves themselves; states nobody is in are left out."""
        counts: dict[tuple[str, State], int] = {}
        for name, number in self._redis.hgetall(keys.named("counts", edition)).items():
            step, _, state = name.rpartition(":")
            if int(number):
                counts[step, State(state)] = int(number)
        return counts

    def entries(self, edition: str, person: str | None = None) -> Iterator[Entry]:
        """Read page by page, so a long ledger does not fill the memory."""
        start, stream = "-", keys.named("entries", edition)
        while page := self._redis.xrange(stream, start, "+", count=PAGE):
            for _, words in page:
                yield from moves_of(edition, words, person)
            start = f"({page[-1][0]}"

    def drop_moves(self, edition: str, before: datetime) -> int:
        """By what each entry says of its moment: on a mapped clock its id is of another time."""
        stream, limit, dropped = keys.named("entries", edition), to_ms(before), 0
        while page := self._redis.xrange(stream, "-", "+", count=PAGE):
            old = {name: words for name, words in page if int(float(words["t"])) < limit}
            if old:
                self._redis.xdel(stream, *old)
                dropped += sum(len(told_of(words)) for words in old.values())
            if len(old) < len(page):
                break
        return dropped

    def pulse(self) -> Pulse:
        """The last move is the newest entry's id, which is the server's time; three round trips."""
        seconds, micros = self._redis.time()
        editions = sorted(self._redis.smembers(keys.EDITIONS))
        pipe = self._redis.pipeline(transaction=False)
        pipe.zcount(keys.LEASES, f"({seconds * 1000 + micros // 1000}", "+inf")
        for edition in editions:
            pipe.xrevrange(keys.named("entries", edition), count=1)
        in_hand, *newest = pipe.execute()
        return Pulse(in_hand, " ".join(page[0][0] for page in newest if page))


def _decision(campaign: Campaign) -> list[Any]:
    return [campaign.status, written(campaign.hold_until), written(campaign.ended_at), campaign.because]


def record_of(edition: str, field: str, kept: Mapping[str, Any]) -> Record:
    """A message as its hash keeps it."""
    return Record(
        key=MessageKey.parse(f"{edition}.{field}"),
        state=State(kept["state"]),
        due=read(kept.get("due")),
        until=read(kept.get("until")),
        reason=Reason(kept["reason"]),
        generation=int(kept["generation"]),
        tries=int(kept.get("tries", 0)),
        losses=int(kept.get("losses", 0)),
        reply=kept.get("reply", ""),
        token=kept.get("token", ""),
        version=int(kept.get("version", 0)),
    )
