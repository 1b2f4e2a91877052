"""Who comes: everybody who was invited to a Café, and what they said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from worker.domain.answer import Answer, Stance, Tally, stance
from worker.domain.inbound import Aside
from worker.domain.lifecycle import State
from worker.domain.person import Guest
from worker.services.invitations import Invitation
from worker.services.setting import answers_in_force
from worker.services.telling import carrying_steps
from worker.services.tools import Tools

#: It arrived, or may have.
_OUT = frozenset({State.SENT, State.SENDING, State.IN_DOUBT})


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who was invited, their stance, and the answer in force; None before there is one."""

    guest: Guest
    stance: Stance
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All who hold an invitation, by name, and the mails about it that somebody should look at."""

    invitation: Invitation
    rows: tuple[Row, ...]
    aside: tuple[Aside, ...]

    @property
    def tally(self) -> Tally:
        """How many of each stance."""
        counted = Counter(row.stance for row in self.rows)
        return Tally(**{stance.value: counted[stance] for stance in Stance})


def answer_sheet(tools: Tools, invited: Invitation) -> Sheet:
    """The sheet as it is now. Mails of which nobody knows what Café they speak of stand on every sheet."""
    answers = answers_in_force(tools, invited.edition)
    holders = _holders(tools, invited) | set(answers)
    guests = [guest for person, guest in tools.store.guests(invited.edition.id).items() if person in holders]
    rows = (_row(guest, answers.get(guest.person.id), invited) for guest in guests)
    return Sheet(
        invitation=invited,
        rows=tuple(sorted(rows, key=lambda row: row.guest.person.name.casefold())),
        aside=tuple(one for one in tools.store.kept_aside() if one.meeting in {"", invited.meeting.id}),
    )


def _holders(tools: Tools, invited: Invitation) -> set[str]:
    steps = carrying_steps(tools, invited.edition)
    records = tools.store.records(invited.edition.id)
    return {r.key.person for r in records if r.key.step_name in steps and r.state in _OUT}


def _row(guest: Guest, answer: Answer | None, invited: Invitation) -> Row:
    return Row(guest, stance(answer, invited.meeting.revision_asked), answer)
