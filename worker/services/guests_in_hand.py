"""The mails of a batch that go to guests: what each speaks of, or why it must not go after all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from worker.domain.answer import Answer, Stance, stance
from worker.domain.audience import Circumstances, hindrance
from worker.domain.circle import Circle
from worker.domain.delivery import Claim
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.inbound import writers
from worker.domain.message import MessageKey, without_round
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Guest
from worker.domain.reason import Reason
from worker.domain.sequence import Audience, Step
from worker.ports.batches import Surroundings, Wanted
from worker.services.circles import circle_at
from worker.services.consents import with_consents
from worker.services.introduced import NOBODY, Introduced, introduced
from worker.services.proposing import proposed
from worker.services.resting import resting_of
from worker.services.setting import barred_by_step, consents_needed, lacking_by_step, valid
from worker.services.tools import Tools

Material = dict[Claim, Facts | Reason]


def of_guests(tools: Tools, edition: Edition, around: Surroundings, claims: Sequence[Claim]) -> Material:
    """Facts for each claim of a step of the edition's sequence, or what stands against its mail."""
    steps = _steps(tools, edition, steps_named(claims))
    introducing = {name for name, step in steps.items() if _introduces(step)}
    readers = {c.key.person for c in claims if c.key.step_name in introducing} if introducing else set[str]()
    others = introduced(tools, edition, readers) if readers else {}
    if readers:  # Whether they agreed to be introduced matters to those steps alone.
        around = around._replace(guests=with_consents(tools, edition, around.guests))
    known = _known(tools, edition, around, steps, (readers, others))
    material = {claim: known.of(claim) for claim in claims}
    if introducing:
        first = {claim: said for claim, said in material.items() if claim.key.step_name in introducing}
        material |= proposed(tools, edition, first)
    return _with_drafts(material, around.drafts) if around.drafts else material


def steps_named(claims: Iterable[Claim]) -> set[str]:
    """The names of their steps, of which a batch has few."""
    return {without_round(step) for step in {claim.key.step for claim in claims}}


def _introduces(step: Step) -> bool:
    return step.audience is Audience.INTRODUCED


def _steps(tools: Tools, edition: Edition, names: Collection[str]) -> dict[str, Step]:
    return {step.name: step for step in tools.sequence(edition.sequence).steps if step.name in names}


def _with_drafts(material: Material, drafts: Mapping[MessageKey, OwnDraft]) -> Material:
    own = {
        claim: replace(facts, draft=drafts[claim.key])
        for claim, facts in material.items()
        if isinstance(facts, Facts) and claim.key in drafts
    }
    return material | own


@dataclass(frozen=True, slots=True)
class _Known:
    """What these mails have in common."""

    edition: Edition
    steps: Mapping[str, Step]
    circumstances: Mapping[str, Circumstances]
    guests: Mapping[str, Guest]
    others: Mapping[str, Introduced]
    visits: Mapping[str, int]
    circle: Circle

    def of(self, claim: Claim) -> Facts | Reason:
        """What this mail speaks of, or why there is none."""
        person, name = claim.key.person, claim.key.step_name
        guest, step = self.guests.get(person), self.steps.get(name)
        if guest is None or step is None:
            return Reason.NOT_ON_LIST
        circumstances = self.circumstances[name]
        return hindrance(step, guest, circumstances) or self._facts(step, guest, circumstances.answers)

    def _facts(self, step: Step, guest: Guest, answers: Mapping[str, Answer]) -> Facts:
        person, following = guest.person.id, self.edition.next
        said = stance(answers.get(person), following.revision_asked) if answers and following else Stance.NONE
        known = self.others.get(person, NOBODY) if _introduces(step) else NOBODY
        return Facts(
            self.edition,
            guest,
            self.visits[person],
            known.partners,
            place=known.place,
            answered=said,
            circle=self.circle,
        )


def _known(
    tools: Tools,
    edition: Edition,
    around: Surroundings,
    steps: Mapping[str, Step],
    introduced_to: tuple[Collection[str], Mapping[str, Introduced]],
) -> _Known:
    readers, others = introduced_to
    prints = {person: tools.fingerprint(guest.person.address) for person, guest in around.guests.items()}
    words = tools.store.words(edition, _wanted(edition, prints, steps.values()))
    suspects = {p: around.guests[p] for p, printed in prints.items() if printed in words.ever_suppressed}
    barred = barred_by_step(tools, edition, steps.values(), suspects)
    lacking = lacking_by_step(words.consents, edition, steps.values(), prints)
    shared = (valid(words.answers, words.seats), around.uninvited, writers(around.aside))
    resting = resting_of(tools, edition, readers)
    circumstances = {
        name: Circumstances(edition, barred[name], lacking[name], *shared, resting) for name in steps
    }
    visits, circle = words.earlier_visits, circle_at(tools, edition, around.list_version)
    return _Known(edition, steps, circumstances, around.guests, others, visits, circle)


def _wanted(edition: Edition, prints: Mapping[str, str], steps: Collection[Step]) -> Wanted:
    asks = any(step.unless or _introduces(step) for step in steps)
    needed = consents_needed(edition, steps, prints)
    return Wanted(prints, prints.values(), needed, prints if asks else ())
