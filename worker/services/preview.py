"""The mails of a plan before they leave: the same composer, the same facts, hence the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed, Refused
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Wanted
from worker.domain.reply import Reply
from worker.services.campaign import preview_plan
from worker.services.foreseen import Foreseen
from worker.services.tools import Tools

_SUBJECT = b"\r\nSubject: "


@dataclass(frozen=True, slots=True)
class Sample:
    """One planned message as it would leave at its due moment; `letter` is None when `failure` says why not.

    `is_own`: written from a draft of its own.
    """

    wanted: Wanted
    guest: Guest
    letter: Letter | None
    failure: str = ""
    is_own: bool = False


def samples(tools: Tools, edition: Edition, person: str | None = None) -> Iterator[Sample]:
    """Every planned message, or those of one person (an id), in the order of the plan. Nothing is recorded.

    Somebody whose presence is still to be marked is shown the mail they get when they were there.
    """
    foreseen = Foreseen(tools, edition)
    for wanted in preview_plan(tools, edition).wanted:
        if person in (None, wanted.key.person):
            yield _sample(tools, foreseen.of(wanted), wanted)


def _sample(tools: Tools, facts: Facts, wanted: Wanted) -> Sample:
    is_own = facts.draft is not None
    try:
        letter = tools.composer.compose(wanted.key, facts, wanted.due)
    except ComposeFailed as error:
        return Sample(wanted, facts.guest, None, str(error), is_own)
    return Sample(wanted, facts.guest, letter, is_own=is_own)


def trial_letter(tools: Tools, edition: Edition, step: str, guest: Guest, to: str) -> Letter:
    """The mail of a step as this guest would get it, redirected: `to` in envelope and To, [TEST] before the subject.

    Its key is of a person who does not exist, so nothing in it can act for the guest: not the way out, not the
    calendar's answer, not a bounce. Its Message-ID is new each time. Refused for a step that is not in the plan.
    """
    known = tools.sequence(edition.sequence).step(step)
    if known is None:
        names = ", ".join(step.name for step in tools.sequence(edition.sequence).steps)
        raise Refused(f"{step!r} is no step of {edition.sequence}.toml: write one of {names}")
    facts = Foreseen(tools, edition).facts(MessageKey(edition.id, step, guest.person.id))
    nobody = "test-" + sha256(tools.new_token().encode()).hexdigest()[:6]
    redirected = replace(facts, guest=replace(guest, person=replace(guest.person, id=nobody, address=to)))
    letter = tools.composer.compose(MessageKey(edition.id, step, nobody), redirected, tools.store.now())
    return replace(letter, pieces=(_marked(letter.content),))


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
