"""The Store in memory, put together from its rooms: tests, dry runs, reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from worker.adapters.journal import NoWitness, Witness
from worker.adapters.memory_answers import MemoryAnswers
from worker.adapters.memory_batches import MemoryBatches
from worker.adapters.memory_consents import MemoryConsents
from worker.adapters.memory_dialogues import MemoryDialogues
from worker.adapters.memory_drafts import MemoryDrafts
from worker.adapters.memory_forgetting import MemoryForgetting
from worker.adapters.memory_introductions import MemoryIntroductions
from worker.adapters.memory_schedule import MemorySchedule
from worker.adapters.memory_state import Kept, Memory
from worker.adapters.memory_watching import MemoryWatching
from worker.domain.approval import Approval
from worker.domain.campaign import AT_WORK, Campaign
from worker.domain.change import Seat
from worker.domain.edition import Edition
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import State
from worker.domain.listed import Listed
from worker.domain.message import MessageKey
from worker.domain.notice import Notice
from worker.domain.pace import RelayLimits
from worker.domain.person import Guest, Presence
from worker.domain.refusals import Lift
from worker.domain.stall import Pulse
from worker.domain.suppression import Suppression


class MemoryStore(
    MemorySchedule,
    MemoryAnswers,
    MemoryBatches,
    MemoryConsents,
    MemoryDialogues,
    MemoryDrafts,
    MemoryForgetting,
    MemoryIntroductions,
    MemoryWatching,
):
    """`ports.Store` in memory."""

    def __init__(
        self,
        memory: Memory | None = None,
        limits: RelayLimits | None = None,
        witness: Witness | None = None,
    ) -> None:
        """Begin empty, or on what another store left; without `limits` workers send as fast as they can."""
        super().__init__(memory or Memory(), limits or RelayLimits())
        self.witness = witness or NoWitness()

    def campaign(self, edition: str) -> Campaign:
        """See the port."""
        return self.memory.campaign(edition)

    def editions_ever(self) -> tuple[str, ...]:
        """See the port."""
        planned = {key.edition for key in self.memory.messages}
        return tuple(sorted(planned | set(self.memory.campaigns)))

    def editions_at_work(self) -> tuple[str, ...]:
        """See the port."""
        return tuple(sorted(name for name, c in self.memory.campaigns.items() if c.status in AT_WORK))

    def steer(self, campaign: Campaign, *, after: Campaign | None = None) -> bool:
        """See the port."""
        stands = self.memory.campaign(campaign.edition)
        generation = stands.generation
        if after and stands not in {
            replace(after, generation=generation),
            replace(campaign, generation=generation),
        }:
            return False
        self.memory.campaigns[campaign.edition] = replace(campaign, generation=generation)
        return True

    def approve(self, edition: str, approval: Approval) -> None:
        """See the port."""
        self.memory.approvals[edition] = approval

    def approval(self, edition: str) -> Approval | None:
        """See the port."""
        return self.memory.approvals.get(edition)

    def records(self, edition: str) -> tuple[Record, ...]:
        """See the port."""
        own = [kept for kept in self.memory.messages.values() if kept.key.edition == edition]
        return tuple(_record(kept) for kept in sorted(own, key=lambda kept: str(kept.key)))

    def records_of(self, asked: Iterable[MessageKey]) -> tuple[Record, ...]:
        """See the port."""
        return tuple(_record(self.memory.messages[key]) for key in asked if key in self.memory.messages)

    def unsettled(self, edition: str) -> tuple[Record, ...]:
        """See the port."""
        return tuple(r for r in self.records(edition) if r.state in {State.IN_DOUBT, State.DEAD})

    def counts(self, edition: str) -> dict[tuple[str, State], int]:
        """See the port."""
        return {
            (step, state): n for (name, step, state), n in self.memory.counts.items() if name == edition and n
        }

    def entries(self, edition: str, person: str | None = None) -> Iterator[Entry]:
        """See the port."""
        own = (entry for entry in self.memory.entries if entry.key.edition == edition)
        return (entry for entry in own if person in (None, entry.key.person))

    def drop_moves(self, edition: str, before: datetime) -> int:
        """See the port."""
        kept = [e for e in self.memory.entries if e.key.edition != edition or e.at >= before]
        dropped, self.memory.entries = len(self.memory.entries) - len(kept), kept
        return dropped

    def pulse(self) -> Pulse:
        """See the port."""
        leases = [kept.lease for kept in self.memory.messages.values() if kept.lease]
        return Pulse(sum(lease > self.memory.real for lease in leases), str(len(self.memory.entries)))

    def save_edition(self, edition: Edition) -> None:
        """See the port."""
        self.memory.editions[edition.id] = edition

    def edition(self, edition_id: str) -> Edition | None:
        """See the port."""
        return self.memory.editions.get(edition_id)

    def editions(self, series: str) -> tuple[Edition, ...]:
        """See the port."""
        own = (edition for edition in self.memory.editions.values() if edition.series.id == series)
        return tuple(sorted(own, key=lambda edition: edition.meeting.number))

    def known_editions(self) -> tuple[str, ...]:
        """See the port."""
        return tuple(sorted(self.memory.editions))

    def save_guests(self, edition_id: str, guests: Iterable[Guest]) -> None:
        """See the port."""
        self.memory.guests.setdefault(edition_id, {}).update({guest.person.id: guest for guest in guests})
        self.memory.list_changes[edition_id] += 1

    def guests_version(self, edition_id: str) -> int:
        """See the port."""
        return self.memory.list_changes[edition_id]

    def guests(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Guest]:
        """See the port."""
        kept = self.memory.guests.get(edition_id, {})
        wanted = sorted(kept) if people is None else people
        return {person: kept[person] for person in wanted if person in kept}

    def listed(self, edition_id: str) -> Listed:
        """See the port."""
        return Listed.of(self.guests(edition_id).values())

    def earlier_visits(self, edition_id: str, people: Iterable[str]) -> dict[str, int]:
        """See the port."""
        this = self.memory.editions.get(edition_id)
        series = self.editions(this.series.id) if this else ()
        lists = [self.guests(e.id) for e in series if this and e.meeting.number < this.meeting.number]
        there = [guest for guests in lists for guest in guests.values() if guest.presence is Presence.PRESENT]
        seen = Counter(guest.person.id for guest in there)
        return {person: seen[person] for person in people}

    def uninvite(self, edition_id: str, person: str, at: datetime) -> None:
        """See the port."""
        seats = self.memory.uninvited.setdefault(edition_id, {})
        seat = seats.get(person)
        if seat is None or not seat.taken:
            seats[person] = Seat(at, seat.turn if seat else 0)

    def invite_again(self, edition_id: str, person: str, at: datetime, turn: int) -> None:
        """See the port."""
        seats = self.memory.uninvited.setdefault(edition_id, {})
        if person in seats and seats[person].taken:
            seats[person] = Seat(at, turn, taken=False)

    def uninvited(self, edition_id: str) -> dict[str, datetime]:
        """See the port."""
        return {person: seat.since for person, seat in self.seats(edition_id).items() if seat.taken}

    def seats(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Seat]:
        """See the port."""
        kept = self.memory.uninvited.get(edition_id, {})
        return {person: kept[person] for person in (kept if people is None else people) if person in kept}

    def suppress(self, suppression: Suppression) -> None:
        """See the port."""
        if suppression.outweighs(self.memory.suppression(suppression.field)):
            self.memory.suppressions[suppression.field] = suppression

    def lift(self, fingerprint: str, scope: str, because: str = "") -> bool:
        """See the port."""
        lift = Lift(fingerprint, scope, self.memory.ledger, because)
        if self.memory.suppressions.pop(lift.field, None) is None:
            return False
        self.memory.lifted[lift.field] = lift
        return True

    def lifted(self, fields: Iterable[str]) -> dict[str, Lift]:
        """See the port."""
        return {name: self.memory.lifted[name] for name in fields if name in self.memory.lifted}

    def standing(self, fields: Iterable[str]) -> dict[str, Suppression]:
        """See the port."""
        return {name: found for name in fields if (found := self.memory.suppression(name))}

    def raise_notice(self, notice: Notice) -> Notice | None:
        """See the port."""
        name = (notice.edition, notice.kind)
        if name in self.memory.notices:
            return None
        self.memory.notice_number += 1
        self.memory.notices[name] = replace(notice, number=self.memory.notice_number)
        return self.memory.notices[name]

    def close_notice(self, edition: str, kind: str) -> bool:
        """See the port."""
        match = [name for name in self.memory.notices if name == (edition, kind)]
        return bool(match and self.memory.notices.pop(match[0]))

    def open_notices(self) -> tuple[Notice, ...]:
        """See the port."""
        return tuple(sorted(self.memory.notices.values(), key=lambda notice: notice.number))


def _record(kept: Kept) -> Record:
    return Record(
        key=kept.key,
        state=kept.state or State.SCHEDULED,
        due=kept.due,
        until=kept.until,
        reason=kept.reason,
        generation=kept.generation,
        tries=kept.tries,
        losses=kept.losses,
        reply=kept.reply,
        token=kept.token,
        version=kept.version,
    )
