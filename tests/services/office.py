"""The tools of a service test: memory twins, the real sequence file, a composer that writes plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.enlisted import enlist
from tests.sample import cafe, guest
from worker.adapters.addresses import judge_address
from worker.adapters.matching import RustworkxMatcher
from worker.adapters.memory import MemoryStore
from worker.adapters.memory_clocks import MemoryClocks
from worker.adapters.memory_servers import MemoryServers
from worker.adapters.memory_transport import MemoryTransport, accept
from worker.adapters.schedule_files import read_sequence
from worker.domain.address import normalise
from worker.domain.edition import Edition
from worker.domain.errors import ComposeFailed
from worker.domain.facts import Facts
from worker.domain.inbound import AskedToStop
from worker.domain.message import Envelope, Letter, MessageKey
from worker.domain.pace import RelayLimits
from worker.domain.person import Guest, Presence
from worker.domain.reply import Reply
from worker.mail.reading import read_answers
from worker.mail.recognition import Invited, parsed_key
from worker.services import campaign
from worker.services.tools import Limits, Tools

SCHEDULES = Path(__file__).parents[2] / "schedules"


class OfficeRecognition:
    """UIDs are `<meeting>.<person>[.<turn>]@…`, our addresses `rsvp+<person>@…`, and a local part is its owner's id."""

    def of_uid(self, uid: str) -> Invited | None:
        """See the protocol."""
        meeting, _, rest = uid.partition("@")[0].partition(".")
        person, _, turn = rest.partition(".")
        return Invited(meeting, person, int(turn or 0)) if person else None

    def of_recipient(self, address: str) -> str | None:
        """See the protocol."""
        return address.partition("@")[0].partition("+")[2] or None

    def of_address(self, address: str) -> str:
        """See the protocol."""
        return address.lower().partition("@")[0]

    def of_return_path(self, address: str) -> MessageKey | None:
        """See the protocol: `b-<key>@…`."""
        return parsed_key(address.partition("@")[0].removeprefix("b-")) if address.startswith("b-") else None

    def of_way_out(self, token: str) -> AskedToStop | None:
        """See the protocol: `<series>.<purpose>.<person>`."""
        parts = token.split(".")
        return AskedToStop(*parts) if len(parts) == 3 else None

    def of_message_id(self, name: str) -> MessageKey | None:
        """See the protocol."""
        return parsed_key(name)


@dataclass
class PlainComposer:
    """One line of text for each mail; fails for whom it is told to. `meanwhile` happens while a mail is composed."""

    broken_for: str = ""
    meanwhile: Callable[[Facts], object] = lambda _facts: None

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """A letter that says its key and its guest."""
        if key.person == self.broken_for:
            raise ComposeFailed("template thank-you.md.j2, line 3: no such word")
        self.meanwhile(facts)
        envelope = Envelope("bounce@example.org", facts.guest.person.address)
        return Letter(key, envelope, (f"{key} for {facts.guest.person.name} at {at}\r\n".encode(),))


def office(
    answer: Callable[[Letter], Reply] = accept,
    *,
    greeting: Reply | None = None,
    limits: Limits | None = None,
    relay: RelayLimits | None = None,
    shortage: Reply | None = None,
    broken_for: str = "",
    meanwhile: Callable[[Facts], object] = lambda _facts: None,
) -> Tools:
    """Tools on memory twins; the id of a person is the local part of the address."""
    tokens = count(1)
    return Tools(
        store=MemoryStore(limits=relay),
        transport=MemoryTransport(
            answer, greeting=greeting, group=(limits or Limits()).group, shortage=shortage
        ),
        composer=PlainComposer(broken_for, meanwhile),
        sequence=lambda name: read_sequence(SCHEDULES / f"{name}.toml"),
        holidays=lambda _country, _year: frozenset[date](),
        fingerprint=lambda address: f"print-{normalise(address)}",
        person_id=lambda printed: printed.removeprefix("print-").partition("@")[0],
        new_token=lambda: f"token-{next(tokens)}",
        judge_address=judge_address,
        clocks=MemoryClocks(),
        servers=MemoryServers(),
        read_answers=lambda raw: read_answers(raw, OfficeRecognition()),
        matcher=RustworkxMatcher(),
        limits=limits or Limits(undo=timedelta(0)),
    )


def opened(tools: Tools, *guests: Guest, edition: Edition | None = None) -> Edition:
    """Edition 12 just over, with these guests; the clock stands at its end."""
    kept = edition or cafe(12)
    tools.store.save_edition(kept)
    enlist(tools, kept.id, guests)
    store_of(tools).set_clock(kept.meeting.end)
    return kept


def anne_and_bruno_came(tools: Tools) -> Tools:
    """The edition is just over, both were there, and the campaign is armed."""
    opened(tools, *(guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno")))
    campaign.arm(tools, "cafe-12")
    return tools


def store_of(tools: Tools) -> MemoryStore:
    """The memory store behind the port."""
    assert isinstance(tools.store, MemoryStore)
    return tools.store


def relay_of(tools: Tools) -> MemoryTransport:
    """The memory relay behind the port."""
    assert isinstance(tools.transport, MemoryTransport)
    return tools.transport


def sent(tools: Tools) -> list[str]:
    """The keys of what the relay has, in order."""
    return [str(letter.key) for letter in relay_of(tools).kept]


def states(tools: Tools, edition: str = "cafe-12") -> dict[str, str]:
    """Every message and where it is."""
    return {f"{r.key.step}.{r.key.person}": f"{r.state} {r.reason}" for r in tools.store.records(edition)}
