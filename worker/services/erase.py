"""Forget somebody: nothing more leaves, their data goes, and only the fingerprint stays, so that it stays so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.lifecycle import UNSENT, State
from worker.domain.plan import Plan, Unwanted
from worker.domain.reason import Reason
from worker.domain.refusals import Told, erased, last_words
from worker.domain.suppression import Cause, Suppression
from worker.services.subject import Subject, subject_of
from worker.services.suppress import replan
from worker.services.tools import Tools


def erase(tools: Tools, who: Subject) -> int:
    """Forget this person everywhere; gives how many mails that stops. Twice is once, and half done may be done again.

    Refused for an organizer: their name and address stand in the edition's file.
    """
    _not_an_organizer(tools, who)
    if who.fingerprint:
        tools.store.suppress(Suppression(who.fingerprint, Cause.ERASED, tools.store.now()))
    forget(tools, who)
    stopped = _stop(tools, who.person)
    replan(tools)
    tools.copies.forget_person(who.gone)
    return stopped


def reapply(tools: Tools, told: Iterable[Told]) -> int:
    """After a restore: what was refused stays refused, whoever was erased is erased again; gives how many these are.

    Nothing is planned anew: nothing leaves from a restored ledger before it is reconciled.
    """
    heard = tuple(told)
    for word in last_words(heard):
        standing = tools.store.standing([word.field]).get(word.field)
        if isinstance(word, Suppression):
            _refuse_again(tools, word, standing)
        elif standing and standing.since <= word.at:
            tools.store.lift(word.fingerprint, word.scope)
    gone = erased(heard)
    for fingerprint in gone:
        who = replace(subject_of(tools, tools.person_id(fingerprint)), fingerprint=fingerprint)
        forget(tools, who)
        _stop(tools, who.person)
        tools.copies.forget_person(who.gone)
    return len(gone)


def _refuse_again(tools: Tools, word: Suppression, standing: Suppression | None) -> None:
    if word.outweighs(standing):
        tools.store.suppress(word)


def forget(tools: Tools, who: Subject) -> None:
    """Out of the whole ledger, whatever is planned; the moves and their counts stay, under an id."""
    editions = tools.store.known_editions()
    series = {edition.series.id for name in editions if (edition := tools.store.edition(name))}
    for name in series:
        tools.store.forget_dialogue(who.person, name, editions)
    tools.store.erase_consents(who.person)
    tools.store.forget_person(who.gone)


def _stop(tools: Tools, person: str) -> int:
    stopped = 0
    for edition in tools.store.editions_ever():
        own = [r for r in tools.store.records(edition) if r.key.person == person]
        unsent = tuple(Unwanted(record.key, Reason.ERASED) for record in own if _is_open(record))
        if unsent:
            tools.store.plan(Plan(edition, unsent), {}, reason=Reason.ERASED)
        stopped += len(unsent)
    return stopped


def _is_open(record: Record) -> bool:
    """Also what somebody's plan has just taken off for lack of a guest: it was this."""
    taken_off = record.state is State.SKIPPED and record.reason is Reason.NOT_ON_LIST
    return taken_off or record.state in UNSENT


def _not_an_organizer(tools: Tools, who: Subject) -> None:
    known = {address.casefold() for address in who.gone.addresses}
    for name in tools.store.known_editions():
        edition = tools.store.edition(name)
        for organizer in edition.organizers if edition else ():
            if organizer.address.casefold() in known:
                raise Refused(f"this person organizes {name}: take them out of its file first")
