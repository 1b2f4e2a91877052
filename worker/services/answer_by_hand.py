"""Answers that came by no mail (a word to an organizer, a click on a page), and mails that somebody has looked at."""

from __future__ import annotations

from worker.domain.answer import Answer, Partstat, Via
from worker.domain.errors import Refused
from worker.services.campaign import follow
from worker.services.heard import campaigns_of
from worker.services.invitations import Invitation, turn_of
from worker.services.receive import tell_what_waits
from worker.services.tools import Tools


def record_by_hand(
    tools: Tools, invited: Invitation, person: str, partstat: Partstat, via: Via = Via.ORGANIZER
) -> None:
    """Keep it as an answer to the date as it stands, given now; plans follow."""
    now = tools.store.now()
    answer = Answer(
        meeting=invited.meeting.id,
        person=person,
        partstat=partstat,
        sequence=invited.meeting.revision,
        stamp=now,
        received=now,
        mail=f"by-hand-{tools.new_token()}",
        via=via,
        turn=turn_of(tools, invited.edition.id, person),
    )
    tools.store.record_answer(answer)
    follow(tools, invited.edition.id)


def looked_at(tools: Tools, mail: str) -> None:
    """It is listed no more, and what waited for it goes on; the mail stays in its folder. Refused when not listed."""
    listed = next((one for one in tools.store.kept_aside() if one.mail == mail), None)
    if listed is None or not tools.store.let_go(mail):
        raise Refused(f"no mail {mail} is kept aside: see apres mails")
    for edition in campaigns_of(tools, listed.person):
        follow(tools, edition)
    tell_what_waits(tools)
