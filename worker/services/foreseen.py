"""What the mails of an edition will speak of, as far as it can be known before they are claimed."""

from __future__ import annotations

from dataclasses import replace

from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import Audience
from worker.services.circles import circle_of, discreet
from worker.services.introductions import standing_plan
from worker.services.proposing import as_previewed, portraits_of
from worker.services.setting import guests_of
from worker.services.tools import Tools, as_guest


class Foreseen:
    """The facts of one edition's mails, read once. Nothing is recorded."""

    def __init__(self, tools: Tools, edition: Edition) -> None:
        """Read what the mails have in common."""
        self._tools, self._edition = tools, edition
        self._circle = circle_of(tools, edition)
        self._guests = guests_of(tools, edition)
        self._visits = tools.store.earlier_visits(edition.id, self._guests)
        self._drafts = tools.store.drafts(edition.id)
        plan = standing_plan(tools, edition)
        self._places, self._portraits = plan.places, portraits_of(edition, plan, self._guests)
        organizers = (as_guest(tools, organizer) for organizer in edition.organizers)
        self._organizers = {guest.person.id: guest for guest in organizers}
        steps = tools.sequence(edition.sequence).steps
        self._introducing = {step.name for step in steps if step.audience is Audience.INTRODUCED}

    def of(self, wanted: Wanted) -> Facts:
        """Of a planned mail, with those of whom it must not tell.

        Somebody whose presence is still to be marked is taken to have been there: else they get no such mail.
        """
        facts = self.facts(wanted.key)
        if wanted.waiting_for is Reason.PRESENCE_UNKNOWN:
            facts = replace(facts, guest=replace(facts.guest, presence=Presence.PRESENT))
        return discreet(self._circle, wanted.key.step_name, facts)

    def facts(self, key: MessageKey) -> Facts:
        """What the mail of this key speaks of, as `deliver` would gather it."""
        guest = self._guests.get(key.person)
        if guest is None or key.step_name in ORGANIZER_STEPS:
            return Facts(self._edition, self._organizers[key.person])
        draft = self._drafts.get(key)
        if key.step_name not in self._introducing:
            return Facts(self._edition, guest, self._visits[key.person], draft=draft)
        place = self._places.get(key.person)
        partners = tuple(self._guests[name] for name in place.names) if place else ()
        facts = Facts(self._edition, guest, self._visits[key.person], partners, place=place, draft=draft)
        return as_previewed(self._tools, facts, self._portraits.get(key.person, {}))
