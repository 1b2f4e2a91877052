"""What somebody wrote goes to the services that may understand it, in this order, else to a person."""

from __future__ import annotations

from worker.domain.inbound import Why
from worker.services import dialogue_by_mail, stop_by_mail
from worker.services.heard import Heard, Listener, TakenIn, campaigns_of
from worker.services.keeping_aside import keep_aside
from worker.services.tools import Tools

#: The first that understands has it. Stop stays first: nobody's "stop" may be taken for anything else.
LISTENERS: tuple[Listener, ...] = (stop_by_mail.listen, dialogue_by_mail.listen)


def hear_out(tools: Tools, heard: Heard) -> TakenIn:
    """Let the first service that understands it act; a person sees what none does."""
    for listen in LISTENERS:
        taken = listen(tools, heard)
        if taken is not None:
            return taken
    edition = tools.store.edition(heard.edition) if heard.edition else None
    meeting = edition.next.id if edition and edition.next else ""
    aside = keep_aside(tools, heard.mail, heard.raw, Why.WORDS, meeting=meeting, person=heard.person)
    return TakenIn(aside.folder, replan=campaigns_of(tools, heard.person))
