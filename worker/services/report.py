"""Answers: how far a campaign is, and why a person got, or did not get, each mail."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from worker.domain.campaign import Campaign
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Decision, of_person
from worker.domain.relay_state import RelayState
from worker.ports import Store
from worker.services.campaign import preview_plan
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a campaign: how many messages stand in each state."""

    step: str
    states: Mapping[State, int]

    @property
    def wanted(self) -> int:
        """All but the skipped."""
        return sum(number for state, number in self.states.items() if state is not State.SKIPPED)

    @property
    def done(self) -> int:
        """Those that need nothing more: sent, bounced or set aside."""
        return sum(self.states.get(state, 0) for state in (State.SENT, State.BOUNCED, State.DEAD))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a campaign is."""

    campaign: Campaign
    progress: tuple[Progress, ...]
    relay: RelayState


def standing(store: Store, edition_id: str) -> Standing:
    """The campaign and each of its steps, in the order of their names."""
    counts = store.counts(edition_id)
    steps = sorted({step for step, _ in counts})
    progress = tuple(
        Progress(s, {state: n for (step, state), n in counts.items() if step == s}) for s in steps
    )
    return Standing(store.campaign(edition_id), progress, store.relay_state())


@dataclass(frozen=True, slots=True)
class Story:
    """Everything decided about one person in one edition, oldest first; before arming, only the plan.

    `rewritten` are the messages that have a draft of their own.
    """

    guest: Guest
    decisions: tuple[Decision, ...]
    records: tuple[Record, ...]
    entries: tuple[Entry, ...]
    rewritten: tuple[MessageKey, ...] = ()


def story(tools: Tools, edition: Edition, asked: str) -> Story:
    """The story of a guest named by id, address or name; Refused when nobody or several answer to it."""
    guest = find_guest(tools.store, edition.id, asked)
    person = guest.person.id
    records = tuple(record for record in tools.store.records(edition.id) if record.key.person == person)
    decisions = () if records else of_person(preview_plan(tools, edition).decisions, person)
    entries = tuple(tools.store.entries(edition.id, person))
    rewritten = tuple(key for key in tools.store.drafts(edition.id) if key.person == person)
    return Story(guest, decisions, records, entries, rewritten)


def find_guest(store: Store, edition_id: str, asked: str) -> Guest:
    """The one guest who answers to this id, address or (part of a) name, accents and case aside."""
    guests = store.guests(edition_id).values()
    exact = [g for g in guests if asked in (g.person.id, g.person.address)]
    wanted = _folded(asked)
    found = exact or [g for g in guests if wanted == _folded(g.person.name)]
    found = found or [g for g in guests if wanted in _folded(g.person.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(g.person.name for g in found)) or "nobody"
    raise Refused(f"{asked!r} is {names} on the list of {edition_id}: write the full name or the address")


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()
