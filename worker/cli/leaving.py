"""Mails that a pause came too late for: waited for a while, then named."""

from __future__ import annotations

import time

from worker.cli.people import everybody, name_of
from worker.cli.screen import screen, tell
from worker.cli.speech import counted, say
from worker.cli.words import step_label
from worker.domain.edition import Edition
from worker.domain.ledger import Record
from worker.services import campaign
from worker.services.tools import Tools

#: Real seconds for the relay to answer about what has passed its gate, and between two looks.
PATIENCE, _GLANCE = 30.0, 0.25


def tell_who_was_leaving(tools: Tools, edition: Edition) -> None:
    """Say who got their mail at the last moment, and about whom the relay has not answered yet."""
    began = campaign.leaving(tools.store, edition.id)
    if not began:
        return
    still = {record.key for record in _wait(tools, edition)}
    left = [record for record in began if record.key not in still]
    _name(tools, edition, left, say("Étaient déjà partis :", "Had left already:"))
    unanswered = [record for record in began if record.key in still]
    unsure = say(
        "Partent peut-être encore (le relais n’a pas répondu) :",
        "May still be leaving (the relay has not answered):",
    )
    _name(tools, edition, unanswered, unsure)


def _wait(tools: Tools, edition: Edition) -> tuple[Record, ...]:
    """What is past its gate when the relay has answered everything, or when patience is over."""
    end, leaving = time.monotonic() + PATIENCE, campaign.leaving(tools.store, edition.id)
    number = counted(len(leaving), "mail", "mail")
    with screen().status(say(f"{number} en train de partir…", f"{number} leaving…")):
        while leaving and time.monotonic() < end:
            time.sleep(_GLANCE)
            leaving = campaign.leaving(tools.store, edition.id)
    return leaving


def _name(tools: Tools, edition: Edition, records: list[Record], heading: str) -> None:
    if not records:
        return
    people = everybody(tools, edition)
    names = (
        f"  {step_label(r.key.step_name)}{say(' : ', ': ')}{name_of(people, r.key.person)}" for r in records
    )
    tell(heading, *names)
