"""People who were there, and are asked about each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.sample import cafe, guest
from tests.services.office import office, opened, store_of
from worker.domain.edition import Edition, Introductions, Naming
from worker.domain.facts import Facts
from worker.domain.person import Consent, Guest, Presence
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Limits, Tools

NAMED = replace(cafe(12), introductions=Introductions(Naming.NAMED))


DAY = timedelta(days=1)


def came(name: str, *, sector: str = "", interests: tuple[str, ...] = ()) -> Guest:
    known = guest(name, presence=Presence.PRESENT, introduced=Consent.GIVEN)
    return replace(known, sector=sector, interests=interests)


def house(*people: Guest | str, edition: Edition | None = None) -> tuple[Tools, list[Facts]]:
    """These people were there; gives the tools, and all that mails will be written from."""
    said: list[Facts] = []
    tools = office(meanwhile=said.append, limits=Limits(undo=timedelta(0)))
    guests = [came(one) if isinstance(one, str) else one for one in people]
    opened(tools, *guests, edition=edition)
    campaign.arm(tools, "cafe-12")
    return tools, said


def asked(*people: Guest | str) -> tuple[Tools, list[Facts]]:
    """And they have been asked about each other; the clock stands where the last question left."""
    tools, said = house(*people)
    deliver_until(tools, "nudge")
    return tools, said


def deliver_until(tools: Tools, step: str) -> None:
    """Go on until every mail of this step is sent."""
    while any(f"{r.key.step_name}" == step and r.due for r in tools.store.records("cafe-12")):
        store_of(tools).leap()
        for lane in ("urgent", "campaign"):
            while deliver_batch(tools, lane, go_on=lambda: True):  # type: ignore[arg-type]
                pass


def of(said: list[Facts], person: str, letter: str = "") -> list[Facts]:
    return [facts for facts in said if facts.guest.person.id == person and facts.letter == letter]


def later(tools: Tools, gap: timedelta) -> None:
    store_of(tools).set_clock(tools.store.now() + gap)
