"""Gather what planning needs to know about an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from worker.domain.answer import Answer, in_force
from worker.domain.change import Seat
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.consent import PURPOSES, Kept, answers, fields, lacking
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.inbound import writers
from worker.domain.ledger import Policy
from worker.domain.person import Guest
from worker.domain.planning import Setting
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS, reminders
from worker.domain.sequence import Purpose, Step
from worker.domain.suppression import PAUSE, barring
from worker.ports import Store
from worker.services.consents import with_consents
from worker.services.enough_mail import gone
from worker.services.telling import told
from worker.services.tools import Tools, as_guest, window, working_calendar


def known_edition(store: Store, edition_id: str) -> Edition:
    """The edition, or Refused with what to do."""
    return known(store.edition(edition_id), edition_id)


def known(edition: Edition | None, edition_id: str) -> Edition:
    """The edition as it was found, or Refused with what to do."""
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
    standing = tools.store.consents(consents_needed(edition, steps, people))
    return lacking_by_step(standing, edition, steps, people)


def consents_needed(edition: Edition, steps: Iterable[Step], people: Collection[str]) -> list[str]:
    """Where the words stand that decide about these steps."""
    purposes = {step.purpose for step in steps}.intersection(PURPOSES)
    ends = [end for purpose in purposes for end in fields("", purpose, edition.id)]
    return [person + end for end in ends for person in people]


def lacking_by_step(
    standing: Mapping[str, Kept], edition: Edition, steps: Iterable[Step], people: Collection[str]
) -> dict[str, dict[str, Reason]]:
    """For each step by name, who has no yes among these words to its purpose, and why."""
    return {step.name: _lacking(standing, edition, step.purpose, people) for step in steps}


def _lacking(
    standing: Mapping[str, Kept], edition: Edition, purpose: Purpose, people: Iterable[str]
) -> dict[str, Reason]:
    if purpose not in PURPOSES:
        return {}
    given = answers(standing, people, purpose, edition.id)
    return {person: reason for person, said in given.items() if (reason := lacking(said, purpose))}


def answers_in_force(
    tools: Tools, edition: Edition, people: Collection[str] | None = None
) -> dict[str, Answer]:
    """Everybody's answer to the edition's invitation as it stands, or these people's."""
    if edition.next is None:
        return {}
    seats = tools.store.seats(edition.id, people)
    return valid(tools.store.answers(edition.next.id, people), seats)


def valid(said: Iterable[Answer], seats: Mapping[str, Seat]) -> dict[str, Answer]:
    """The answers in force, without those to an invitation that was taken back since."""
    return in_force(one for one in said if not _is_void(one, seats))


def suppressed(tools: Tools, edition: Edition, step: Step, guests: Mapping[str, Guest]) -> frozenset[str]:
    """The guests this step must not reach, by person id."""
    return barred_by_step(tools, edition, [step], guests)[step.name]


def barred_by_step(
    tools: Tools, edition: Edition, steps: Collection[Step], guests: Mapping[str, Guest]
) -> dict[str, frozenset[str]]:
    """For each step by name, the guests it must not reach; the store is asked once."""
    fields = {
        step.name: {person: forbidding(tools, edition, step, guest) for person, guest in guests.items()}
        for step in steps
    }
    asked = {field for of_step in fields.values() for own in of_step.values() for field in own}
    standing = tools.store.standing(asked).keys() if asked else frozenset[str]()
    return {
        name: frozenset(person for person, own in of_step.items() if not standing.isdisjoint(own))
        for name, of_step in fields.items()
    }


def forbidding(tools: Tools, edition: Edition, step: Step, guest: Guest) -> tuple[str, ...]:
    """The suppressions that would keep this step from this guest."""
    begins = f"{tools.fingerprint(guest.person.address)}/"
    return tuple([begins + scope for scope in scopes_of(edition, step)])


def scopes_of(edition: Edition, step: Step) -> tuple[str, ...]:
    """Those that forbid this step; who rests is told what changed nevertheless."""
    found = barring(series=edition.series.id, purpose=step.purpose)
    return tuple(scope for scope in found if scope != PAUSE) if step.name in CHANGE_STEPS else found


def policies_of(edition: Edition, steps: Iterable[Step]) -> dict[str, Policy]:
    """What the ledger must know of these steps, by name. Nothing keeps a mail from the organizers."""
    return {
        step.name: Policy(
            step.lane,
            step.in_doubt,
            () if step.name in ORGANIZER_STEPS else scopes_of(edition, step),
        )
        for step in steps
    }
