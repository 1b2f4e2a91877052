"""What one mail that came in changes: an answer is kept and ends doubts, the rest is kept aside or done with."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.answer import Answer, Partstat
from worker.domain.evidence import Evidence, Finding
from worker.domain.inbound import Answered, Aside, Decision, ForAPerson, NotForUs, Unreadable, Why
from worker.mail.description import Description, describe
from worker.ports.mailroom import Folder
from worker.services.evidence import hear
from worker.services.invitations import Invitation, carriers, invitations_of, inviting_to
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Where a mail belongs now, and the campaigns whose plan may look different after it."""

    folder: Folder
    editions: frozenset[str] = frozenset()


def take_in(tools: Tools, raw: bytes) -> TakenIn:
    """Record all that a mail says, durably; the same mail once more changes nothing."""
    mail = describe(raw)
    taken = [_take(tools, mail, decision) for decision in tools.read_answers(raw)]
    aside = any(one.folder is Folder.ASIDE for one in taken)
    editions = frozenset[str]().union(*(one.editions for one in taken))
    return TakenIn(Folder.ASIDE if aside else Folder.DONE, editions)


def _take(tools: Tools, mail: Description, decision: Decision) -> TakenIn:
    match decision:
        case Answered():
            return _answered(tools, mail, decision)
        case ForAPerson():
            return _aside(tools, mail, decision)
        case Unreadable():
            return _aside(tools, mail, ForAPerson(Why.UNREADABLE))
        case NotForUs():
            return TakenIn(Folder.DONE)


def _aside(tools: Tools, mail: Description, left: ForAPerson) -> TakenIn:
    aside = Aside(
        mail=mail.name,
        why=left.why,
        received=tools.store.now(),
        meeting=left.meeting,
        person=left.person,
        sender=mail.sender,
        subject=mail.subject,
    )
    tools.store.keep_aside(aside)
    return TakenIn(Folder.ASIDE)


def _answered(tools: Tools, mail: Description, said: Answered) -> TakenIn:
    invited = _which(tools, said)
    if isinstance(invited, Why):
        return _aside(tools, mail, ForAPerson(invited, said.meeting, said.person))
    about = invited.meeting.id
    tools.store.record_answer(_answer(tools, mail, said, about))
    for key in carriers(tools, invited, said.person, said.sequence):
        hear(tools.store, Evidence(key, Finding.ARRIVED))
    if said.partstat is Partstat.DELEGATED:
        _aside(tools, mail, ForAPerson(Why.DELEGATED, about, said.person))
        return TakenIn(Folder.ASIDE, frozenset({invited.edition.id}))
    return TakenIn(Folder.DONE, frozenset({invited.edition.id}))


def _which(tools: Tools, said: Answered) -> Invitation | Why:
    """The invitation that is answered; where no UID told, the only one this person can mean."""
    if said.meeting:
        invited = inviting_to(tools.store, said.meeting)
    else:
        open_ones = invitations_of(tools, said.person)
        if len(open_ones) != 1:
            return Why.WHICH_CAFE
        invited = open_ones[0]
    if invited is None or said.sequence > invited.meeting.revision:
        return Why.NEVER_SENT
    return invited


def _answer(tools: Tools, mail: Description, said: Answered, meeting: str) -> Answer:
    """A stamp from the future would outrank every later answer: it counts as now."""
    now = tools.store.now()
    return Answer(
        meeting=meeting,
        person=said.person,
        partstat=said.partstat,
        sequence=said.sequence,
        stamp=min(said.stamp or now, now),
        received=now,
        mail=mail.name,
        comment=said.comment,
    )
