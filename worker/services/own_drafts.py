"""A letter rewritten for one person: begun from the template, kept until it leaves, whatever is planned meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace

from worker.domain.campaign import Status
from worker.domain.edition import Edition
from worker.domain.errors import InvalidFile, Refused
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft, with_even_lines
from worker.domain.person import Guest
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.ports import Scribe
from worker.services.campaign import preview_plan
from worker.services.enough_mail import LEFT
from worker.services.foreseen import Foreseen
from worker.services.report import find_guest
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Sheet:
    """The mail that is being rewritten: what it will speak of, and the draft that is kept of it, if any."""

    wanted: Wanted
    facts: Facts

    @property
    def key(self) -> MessageKey:
        """The message."""
        return self.wanted.key

    @property
    def guest(self) -> Guest:
        """Its reader."""
        return self.facts.guest

    @property
    def draft(self) -> OwnDraft | None:
        """What is kept."""
        return self.facts.draft


def sheet(tools: Tools, edition: Edition, step: str, asked: str) -> Sheet:
    """The mail of a step to somebody. Refused where none is planned, and once it has left."""
    key = key_of(tools, edition, step, asked)
    campaign = tools.store.campaign(edition.id)
    if campaign.status is Status.CANCELLED:
        raise Refused(f"{edition.id} is {campaign.status} already; see: apres status {edition.id}")
    _refuse_what_left(tools, key)
    wanted = next((each for each in preview_plan(tools, edition).wanted if each.key == key), None)
    if wanted is None:
        raise Refused(f"no mail {key} is planned: see apres why {edition.id} {key.person}")
    return Sheet(wanted, Foreseen(tools, edition).of(wanted))


def key_of(tools: Tools, edition: Edition, step: str, asked: str) -> MessageKey:
    """The message of a step of the edition's sequence to a guest named by id, address or name; Refused for others."""
    sequence = tools.sequence(edition.sequence)
    if sequence.step(step) is None:
        names = ", ".join(step.name for step in sequence.steps)
        raise Refused(f"{step!r} is no step of {edition.sequence}.toml: write one of {names}")
    return MessageKey(edition.id, step, find_guest(tools.store, edition.id, asked).person.id)


def begun(scribe: Scribe, sheet: Sheet) -> str:
    """What there is to change: the draft that is kept, else what the template says to this person."""
    if sheet.draft is not None:
        return sheet.draft.text
    return scribe.begun(sheet.key, sheet.facts, sheet.wanted.due).text


def keep(tools: Tools, scribe: Scribe, sheet: Sheet, text: str, file: str) -> None:
    """Write the mail from this text. InvalidFile names `file` and the line; ComposeFailed what else is wrong with it.

    Whatever a worker holds is turned back to be written anew. Refused when it was leaving at this moment.
    """
    key, at = sheet.key, sheet.wanted.due
    draft = OwnDraft(sheet.facts.letter or key.step_name, with_even_lines(text))
    facts = replace(sheet.facts, draft=draft)
    try:
        scribe.check(key, facts, at)
    except InvalidFile as error:
        raise InvalidFile(
            file=file, line=error.line, key=error.key, value=error.value, remedy=error.remedy
        ) from None
    tools.composer.compose(key, facts, at)
    tools.store.keep_draft(key, draft)
    _turn_back(tools, key)


def discard(tools: Tools, key: MessageKey) -> None:
    """Write the mail from its template again. Refused where there is no draft, and once it has left."""
    _refuse_what_left(tools, key)
    if not tools.store.drop_draft(key):
        raise Refused(f"there is no draft of {key}: nothing to discard")
    _turn_back(tools, key)


def _turn_back(tools: Tools, key: MessageKey) -> None:
    """Out of a worker's hands, where it was written before the draft was kept or dropped."""
    for record in tools.store.records_of([key]):
        if record.state is State.CLAIMED:
            due = record.due or tools.store.now()
            again = Wanted(key, due, record.until, version=record.version)
            tools.store.plan(Plan(key.edition, (again,)), {}, reason=Reason.REPLANNED)
    _refuse_what_left(tools, key)


def _refuse_what_left(tools: Tools, key: MessageKey) -> None:
    if any(record.state in LEFT for record in tools.store.records_of([key])):
        raise Refused(f"{key} has left, or is leaving: see apres why {key.edition} {key.person}")
