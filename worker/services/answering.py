"""What one mail that came in changes: an answer is kept and ends doubts, the rest is kept aside or done with."""

from __future__ import annotations

from worker.domain.answer import Answer, Partstat
from worker.domain.evidence import Evidence, Finding
from worker.domain.inbound import (
    Answered,
    AskedToStop,
    Bounced,
    Decision,
    ForAPerson,
    NotForUs,
    Unreadable,
    Why,
    Wrote,
)
from worker.mail.description import Description, describe
from worker.ports.mailroom import Folder
from worker.services.bounces import bounced
from worker.services.evidence import hear
from worker.services.heard import Heard, TakenIn, who_wrote
from worker.services.invitations import Invitation, carriers, invitations_of, inviting_to, turn_of
from worker.services.keeping_aside import keep_aside
from worker.services.listening import hear_out
from worker.services.stop_by_mail import stop_asked
from worker.services.tools import Tools


def take_in(tools: Tools, raw: bytes) -> TakenIn:
    """Record all that a mail says, durably; the same mail once more changes nothing."""
    mail = describe(raw)
    taken = [_take(tools, mail, decision, raw) for decision in tools.read_answers(raw)]
    folders = {one.folder for one in taken}
    folder = next((one for one in (None, Folder.ASIDE) if one in folders), Folder.DONE)
    return TakenIn(
        folder,
        answered=frozenset[str]().union(*(one.answered for one in taken)),
        replan=frozenset[str]().union(*(one.replan for one in taken)),
    )


def _take(tools: Tools, mail: Description, decision: Decision, raw: bytes) -> TakenIn:
    match decision:
        case Answered():
            return _answered(tools, mail, decision, raw)
        case Bounced():
            return bounced(tools, decision)
        case AskedToStop():
            return stop_asked(tools, decision)
        case Wrote():
            person, edition = who_wrote(tools, decision)
            return hear_out(tools, Heard(mail, decision, raw, person, edition))
        case ForAPerson() | Unreadable():
            left = decision if isinstance(decision, ForAPerson) else ForAPerson(Why.UNREADABLE)
            return keep_aside(tools, mail, raw, left.why, meeting=left.meeting, person=left.person)
        case NotForUs():
            return TakenIn(Folder.DONE)


def _answered(tools: Tools, mail: Description, said: Answered, raw: bytes) -> TakenIn:
    invited = _which(tools, said)
    if isinstance(invited, Why):
        return keep_aside(tools, mail, raw, invited, meeting=said.meeting, person=said.person)
    about = invited.meeting.id
    tools.store.record_answer(_answer(tools, mail, said, about, invited.edition.id))
    for key in carriers(tools, invited, said.person, said.sequence):
        hear(tools.store, Evidence(key, Finding.ARRIVED))
    answered = frozenset({invited.edition.id})
    if said.partstat is Partstat.DELEGATED:
        aside = keep_aside(tools, mail, raw, Why.DELEGATED, meeting=about, person=said.person)
        return TakenIn(aside.folder, answered, aside.replan)
    return TakenIn(Folder.DONE, answered)


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
    return Why.TAKEN_BACK if _is_taken_back(tools, invited, said) else invited


def _is_taken_back(tools: Tools, invited: Invitation, said: Answered) -> bool:
    """Of another turn than the present one, as its UID tells."""
    return bool(said.meeting) and (said.turn or 0) != turn_of(tools, invited.edition.id, said.person)


def _answer(tools: Tools, mail: Description, said: Answered, meeting: str, edition: str) -> Answer:
    """A stamp from the future would outrank every later answer: it counts as now."""
    now, turn = tools.store.now(), turn_of(tools, edition, said.person)
    return Answer(
        meeting=meeting,
        person=said.person,
        partstat=said.partstat,
        sequence=said.sequence,
        stamp=min(said.stamp or now, now),
        received=now,
        mail=mail.name,
        comment=said.comment,
        turn=turn,
    )
