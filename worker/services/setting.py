"""Gather what planning needs to know about an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from worker.domain.answer import Answer, in_force
from worker.domain.change import Seat
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.consent import PURPOSES, lacking
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.inbound import writers
from worker.domain.ledger import Policy
from worker.domain.person import Guest
from worker.domain.planning import Setting
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS, reminders
from worker.domain.sequence import Step
from worker.domain.suppression import PAUSE, barring
from worker.ports import Store
from worker.services.consents import answers, with_consents
from worker.services.enough_mail import gone
from worker.services.telling import told
from worker.services.tools import Tools, as_guest, window, working_calendar


def known_edition(store: Store, edition_id: str) -> Edition:
    """The edition, or Refused with what to do."""
    edition = store.edition(edition_id)
    if edition is None:
        raise Refused(f"no edition {edition_id!r} is known: give the path of its .toml file once")
    return edition


def gather(tools: Tools, edition: Edition, *, ended_at: datetime | None = None) -> Setting:
    """Everything `planning.draw` needs."""
    guests = guests_of(tools, edition)
    return Setting(
        edition=edition,
        guests=tuple(guests.values()),
        organizers=tuple(as_guest(tools, organizer) for organizer in edition.organizers),
        sequence=tools.sequence(edition.sequence),
        reminders=reminders(tools.sequence(edition.sequence)),
        calendar=working_calendar(tools, edition),
        window=window(tools, edition),
        now=tools.store.now(),
        ended_at=ended_at,
        suppressed=lambda step: suppressed(tools, edition, step, guests),
        unconsented=lambda step: unconsented_by_step(tools, edition, [step], guests)[step.name],
        answers=answers_in_force(tools, edition),
        told=told(tools, edition),
        writers=writers(tools.store.kept_aside()),
        caps=tools.limits.caps,
        gone=gone(tools, edition),
        voices=tools.store.voices(edition.id),
        rests=tools.store.rests(edition.series.id, guests),
    )


def _is_void(answer: Answer, seats: Mapping[str, Seat]) -> bool:
    seat = seats.get(answer.person)
    return seat is not None and answer.turn != seat.turn


def guests_of(tools: Tools, edition: Edition, people: Collection[str] | None = None) -> dict[str, Guest]:
    """Guests of an edition, all or these, each as the log of consents knows them now."""
    return with_consents(tools, edition, tools.store.guests(edition.id, people))


def unconsented_by_step(
    tools: Tools, edition: Edition, steps: Collection[Step], people: Collection[str]
) -> dict[str, dict[str, Reason]]:
    """For each step by name, who has no recorded yes to its purpose, and why; the store is asked once."""
    asked = answers(tools, edition.id, {step.purpose for step in steps} & set(PURPOSES), people)
    return {
        step.name: {
            person: reason
            for (person, purpose), given in asked.items()
            if purpose is step.purpose and (reason := lacking(given, purpose))
        }
        for step in steps
    }


def answers_in_force(
    tools: Tools, edition: Edition, people: Collection[str] | None = None
) -> dict[str, Answer]:
    """Everybody's answer to the edition's invitation as it stands, or these people's."""
    if edition.next is None:
        return {}
    seats = tools.store.seats(edition.id, people)
    said = tools.store.answers(edition.next.id, people)
    return in_force(one for one in said if not _is_void(one, seats))


def suppressed(tools: Tools, edition: Edition, step: Step, guests: Mapping[str, Guest]) -> frozenset[str]:
    """The guests this step must not reach, by person id."""
    return barred_by_step(tools, edition, [step], guests)[step.name]


def barred_by_step(
    tools: Tools, edition: Edition, steps: Collection[Step], guests: Mapping[str, Guest]
) -> dict[str, frozenset[str]]:
    """For each step by name, the guests it must not reach; the store is asked once."""
    fields = {
        step.name: {
            field: person
            for person, guest in guests.items()
            for field in forbidding(tools, edition, step, guest)
        }
        for step in steps
    }
    standing = tools.store.standing({field for of_step in fields.values() for field in of_step})
    return {
        name: frozenset(person for field, person in of_step.items() if field in standing)
        for name, of_step in fields.items()
    }


def forbidding(tools: Tools, edition: Edition, step: Step, guest: Guest) -> tuple[str, ...]:
    """The suppressions that would keep this step from this guest."""
    fingerprint = tools.fingerprint(guest.person.address)
    return tuple(f"{fingerprint}/{scope}" for scope in _barred_by(edition, step))


def _barred_by(edition: Edition, step: Step) -> tuple[str, ...]:
    """The scopes that forbid this step; who rests is told what changed nevertheless."""
    found = barring(series=edition.series.id, purpose=step.purpose)
    return tuple(scope for scope in found if scope != PAUSE) if step.name in CHANGE_STEPS else found


def policies_of(edition: Edition, steps: Iterable[Step]) -> dict[str, Policy]:
    """What the ledger must know of these steps, by name. Nothing keeps a mail from the organizers."""
    return {
        step.name: Policy(
            step.lane,
            step.in_doubt,
            () if step.name in ORGANIZER_STEPS else _barred_by(edition, step),
        )
        for step in steps
    }
