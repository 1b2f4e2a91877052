"""`python -m tests.bench.composing`: what one mail costs to write, prepared and made from the start, on one core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tests.bench.figures import Report, ratios
from tests.bench.workplace import INVITATION, longer
from tests.mail.letters import Unprepared, sources, written_anew
from tests.sample import cafe, guest
from worker.domain.errors import Unsettled
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Guest, Presence
from worker.mail.calendar_frame import framed_request
from worker.mail.compose import LetterWriter
from worker.mail.identity import Identity
from worker.mail.invite import request
from worker.mail.rendering import Templates

_IDENTITY = Identity(
    "Café des Victoires", "bonjour@cafe.example.org", "cafe.example.org", "bounce.cafe.example.org",
    rsvp_address="rsvp@cafe.example.org", page_url="https://cafe.example.org", secrets=(b"a secret of the bench",),
)  # fmt: skip
_AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
STEPS = ("thank-you", "invitation", "nudge")
_RUNS, _PREPARED, _FROM_THE_START = 7, 1_000, 100

Work = list[tuple[MessageKey, Facts]]


def main() -> None:
    """Each kind of mail, run by run in turn with the same mail made from the start."""
    report = Report()
    templates = Templates({**sources(), "fr/invitation.md.j2": longer(sources()["fr/invitation.md.j2"])})
    prepared = LetterWriter(_IDENTITY, templates)
    plain = LetterWriter(_IDENTITY, Unprepared(templates), calendar=written_anew)
    for step in STEPS:
        _compare(report, step, prepared, plain)
    _calendars(report, prepared)


def _compare(report: Report, step: str, prepared: LetterWriter, plain: LetterWriter) -> None:
    work = work_of(step, _PREPARED)
    some = work[:_FROM_THE_START]
    size = _size(prepared, plain, some)
    ours, theirs = list[float](), list[float]()
    for _ in range(_RUNS):
        ours.append(_us((prepared.compose(key, facts, _AT).content for key, facts in work), len(work)))
        theirs.append(_us((plain.compose(key, facts, _AT).content for key, facts in some), len(some)))
    report.tell(f"compose_us.{step}", ours, goal=f"goal ≤ 100, {size} octets")
    report.tell(f"compose_us.{step}.plain", theirs)
    report.tell(f"compose_ratio.{step}", ratios(theirs, ours))


def _size(prepared: LetterWriter, plain: LetterWriter, work: Work) -> int:
    """The octets of one mail, once each is found to be the same in both ways."""
    for key, facts in work:
        if prepared.compose(key, facts, _AT) != plain.compose(key, facts, _AT):
            raise Unsettled(f"{key} is written otherwise")
    return len(prepared.compose(*work[0], _AT).content)


def ics_per_second(runs: int = _RUNS) -> list[float]:
    """Calendars of one edition that one core writes in a second, each for somebody else."""
    writer = LetterWriter(_IDENTITY, Templates(sources()))
    invitations = [writer.invitation(facts, _AT) for _, facts in work_of(INVITATION.step, _PREPARED)]
    return [1e6 / _us(map(framed_request, invitations), len(invitations)) for _ in range(runs)]


def _calendars(report: Report, writer: LetterWriter) -> None:
    invitations = [writer.invitation(facts, _AT) for _, facts in work_of(INVITATION.step, _PREPARED)]
    some = invitations[:_FROM_THE_START]
    plain = [_us(map(request, some), len(some)) for _ in range(_RUNS)]
    report.tell("ics_per_s", ics_per_second(), goal="goal ≥ 20000")
    report.tell("ics_per_s.plain", [1e6 / us for us in plain])


def letter_writer() -> LetterWriter:
    """As the product writes, with an invitation of some 22 kB."""
    own = sources()
    return LetterWriter(
        _IDENTITY, Templates({**own, "fr/invitation.md.j2": longer(own["fr/invitation.md.j2"])})
    )


def work_of(step: str, count: int) -> Work:
    """So many mails of a step, each to somebody else."""
    edition, people = cafe(12), [_guest(number) for number in range(count)]
    return [
        (
            MessageKey(edition.id, step, who.person.id),
            Facts(edition, who, number % 3, _partners(step, people, number)),
        )
        for number, who in enumerate(people)
    ]


def _guest(number: int) -> Guest:
    someone = guest(f"Zoe{number}", presence=Presence.PRESENT)
    person = replace(someone.person, name=f"Zoé Éluard-{number}", first_name="Zoé")
    sector = ("design", "énergie")[number % 2]
    return replace(someone, person=person, organisation="Atelier", sector=sector, interests=("écriture",))


def _partners(step: str, people: list[Guest], number: int) -> tuple[Guest, ...]:
    return (people[number - 1], people[number - 2]) if step == "nudge" else ()


def _us(written: Iterator[object], count: int) -> float:
    # None is kept: what a mail costs is not what a thousand of them weigh.
    began = time.process_time()
    for _ in written:
        pass
    return (time.process_time() - began) / count * 1e6


if __name__ == "__main__":
    main()
