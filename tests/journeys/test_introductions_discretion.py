"""What one side did is nowhere in the mails of the other: the same bytes at the same moments, header for header."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import cafe
from tests.services.dialogues import came, deliver_until
from tests.services.office import office, opened, relay_of
from tests.services.small_crowd import deliver_all
from worker.domain.dialogue import Said
from worker.domain.edition import Introductions, Naming
from worker.mail.compose import LetterWriter
from worker.mail.kinds import as_in_schedules
from worker.services import campaign
from worker.services.dialogue import answer
from worker.services.tools import Limits, Tools

NAMES = ("Anne", "Bruno", "Clara", "David", "Emma")
WORDS = ((), (Said.NO,), (Said.YES, Said.NO), (Said.NO, Said.YES, Said.NO))


def room(mode: Naming = Naming.ASK_FIRST) -> Tools:
    """Five people who share a sector and a subject, and real mails."""
    tools = office(limits=Limits(undo=timedelta(0)))
    tools = replace(tools, composer=LetterWriter(IDENTITY, ours(), as_in_schedules(tools.sequence)))
    guests = [came(name, sector="conseil", interests=("vélo",)) for name in NAMES]
    opened(tools, *guests, edition=replace(cafe(12), introductions=Introductions(mode)))
    return tools


def mails_of(tools: Tools, person: str) -> list[bytes]:
    return [letter.content for letter in relay_of(tools).kept if letter.key.person == person]


@pytest.mark.parametrize("own", [Said.YES, Said.NO])
def test_a_no_a_silence_and_a_yes_taken_back_are_the_same_to_the_other(own: Said) -> None:
    received = []
    for words in WORDS:
        tools = room()
        campaign.arm(tools, "cafe-12")
        deliver_until(tools, "nudge")
        answer(tools, "cafe-12", "anne", own)
        for other in tools.store.voices("cafe-12")["anne"].asked:
            number = tools.store.voices("cafe-12")[other].asked["anne"].number
            for word in words:
                answer(tools, "cafe-12", other, word, [number])
        deliver_all(tools)
        received.append(mails_of(tools, "anne"))

    assert len(received[0]) == 3
    assert all(mails == received[0] for mails in received)


@pytest.mark.parametrize("mode", Naming)
def test_a_wish_of_one_side_changes_no_byte(mode: Naming) -> None:
    received = []
    for wished in (False, True):
        tools = office(limits=Limits(undo=timedelta(0)))
        tools = replace(tools, composer=LetterWriter(IDENTITY, ours(), as_in_schedules(tools.sequence)))
        opened(
            tools, came("Anne"), came("Bruno"), edition=replace(cafe(12), introductions=Introductions(mode))
        )
        if wished:
            tools.store.wish("cafe-12", "anne", "bruno")
        campaign.arm(tools, "cafe-12")
        deliver_all(tools)
        received.append([mails_of(tools, person) for person in ("anne", "bruno")])

    assert received[0] == received[1]
