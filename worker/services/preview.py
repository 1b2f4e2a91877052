"""The mails of a plan before they leave: the same composer, the same facts, hence the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed, Refused
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.domain.person import Guest, Presence
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.reply import Reply
from worker.domain.sequence import Audience
from worker.services.campaign import preview_plan
from worker.services.circles import circle_of, discreet
from worker.services.introductions import standing_plan
from worker.services.proposing import as_previewed, portraits_of
from worker.services.setting import guests_of
from worker.services.tools import Tools, as_guest

_SUBJECT = b"\r\nSubject: "


@dataclass(frozen=True, slots=True)
class Sample:
    """One planned message as it would leave at its due moment; `letter` is None when `failure` says why not."""

    wanted: Wanted
    guest: Guest
    letter: Letter | None
    failure: str = ""


def samples(tools: Tools, edition: Edition, person: str | None = None) -> Iterator[Sample]:
    """Every planned message, or those of one person (an id), in the order of the plan. Nothing is recorded.

    Somebody whose presence is still to be marked is shown the mail they get when they were there.
    """
    material = _Material(tools, edition)
    for wanted in preview_plan(tools, edition).wanted:
        if person in (None, wanted.key.person):
            yield _sample(tools, material, wanted)


def _sample(tools: Tools, material: _Material, wanted: Wanted) -> Sample:
    awaited = wanted.waiting_for is Reason.PRESENCE_UNKNOWN
    facts = material.facts_if_present(wanted.key) if awaited else material.facts(wanted.key)
    facts = discreet(material.circle, wanted.key.step_name, facts)
    try:
        return Sample(wanted, facts.guest, tools.composer.compose(wanted.key, facts, wanted.due))
    except ComposeFailed as error:
        return Sample(wanted, facts.guest, None, str(error))


class _Material:
    """What the mails of one edition speak of, read once."""

    def __init__(self, tools: Tools, edition: Edition) -> None:
        self._tools, self._edition = tools, edition
        self.circle = circle_of(tools, edition)
        self._guests = guests_of(tools, edition)
        self._visits = tools.store.earlier_visits(edition.id, self._guests)
        plan = standing_plan(tools, edition)
        self._places, self._portraits = plan.places, portraits_of(edition, plan, self._guests)
        organizers = (as_guest(tools, organizer) for organizer in edition.organizers)
        self._organizers = {guest.person.id: guest for guest in organizers}
        steps = tools.sequence(edition.sequence).steps
        self._introducing = {step.name for step in steps if step.audience is Audience.INTRODUCED}

    def facts(self, key: MessageKey) -> Facts:
        """What the mail of this key speaks of, as `deliver` would gather it."""
        guest = self._guests.get(key.person)
        if guest is None or key.step_name in ORGANIZER_STEPS:
            return Facts(self._edition, self._organizers[key.person])
        place = self._places.get(key.person) if key.step_name in self._introducing else None
        partners = tuple(self._guests[name] for name in place.names) if place else ()
        facts = Facts(self._edition, guest, self._visits[key.person], partners, place=place)
        if key.step_name not in self._introducing:
            return facts
        return as_previewed(self._tools, facts, self._portraits.get(key.person, {}))

    def facts_if_present(self, key: MessageKey) -> Facts:
        """The same for somebody who turns out to have been there."""
        facts = self.facts(key)
        return replace(facts, guest=replace(facts.guest, presence=Presence.PRESENT))


def trial_letter(tools: Tools, edition: Edition, step: str, guest: Guest, to: str) -> Letter:
    """The mail of a step as this guest would get it, redirected: `to` in envelope and To, [TEST] before the subject.

    Its key is of a person who does not exist, so nothing in it can act for the guest: not the way out, not the
    calendar's answer, not a bounce. Its Message-ID is new each time. Refused for a step that is not in the plan.
    """
    known = tools.sequence(edition.sequence).step(step)
    if known is None:
        names = ", ".join(step.name for step in tools.sequence(edition.sequence).steps)
        raise Refused(f"{step!r} is no step of {edition.sequence}.toml: write one of {names}")
    facts = _Material(tools, edition).facts(MessageKey(edition.id, step, guest.person.id))
    nobody = "test-" + sha256(tools.new_token().encode()).hexdigest()[:6]
    redirected = replace(facts, guest=replace(guest, person=replace(guest.person, id=nobody, address=to)))
    letter = tools.composer.compose(MessageKey(edition.id, step, nobody), redirected, tools.store.now())
    return replace(letter, content=_marked(letter.content))


def _marked(content: bytes) -> bytes:
    # Folded after the mark: a line with encoded words may have no more than 76 characters (RFC 2047 §2).
    return content.replace(_SUBJECT, _SUBJECT + b"[TEST]\r\n ", 1)


def send_test(tools: Tools, letter: Letter) -> Reply:
    """Hand it over at once, past the schedule and its ledger; gives what the relay said."""
    with tools.transport.connect() as line:
        if isinstance(line, Reply):
            return line
        answers = dict(line.submit([letter], lambda letters: frozenset(one.key for one in letters)))
    tools.transport.hang_up()
    return answers[letter]
