"""All that one mail may speak of."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from worker.domain.answer import Stance, Tally
from worker.domain.circle import Circle
from worker.domain.dialogue import Asked
from worker.domain.edition import Edition, Meeting
from worker.domain.forwarded import Forwarded
from worker.domain.introductions import Place
from worker.domain.notice import Notice
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Guest
from worker.domain.value import value


@value(frozen=True, slots=True)
class Facts:
    """Read after the claim, so the gate's generation check vouches for it.

    `earlier_visits` counts earlier editions of the series with this person present. `partners` are people who
    agreed to be introduced. `notice` is set for mails to organizers and ops, `tally` for what they are told of answers.
    For mails of a change, the next Café as this person was told of it before: `was` when it is otherwise now, `off`
    when they are expected no more. `forwarded` is the mail that an organizer should answer. `answered` is
    what they said of the next Café, where a step asks for it. `turn` counts how often their invitation was given back.

    `place` says why each of `partners` is named, in their order. `described` are people this person is asked about
    without their names, `by` is the day by which to answer or to have met. `letter` is the template to write where it
    is not the one of the step, `draft` what an organizer wrote in its place. `circle` are the people of whom
    the mail must not tell.
    """

    edition: Edition
    guest: Guest
    earlier_visits: int = 0
    partners: tuple[Guest, ...] = ()
    notice: Notice | None = None
    tally: Tally | None = None
    was: Meeting | None = None
    off: Meeting | None = None
    forwarded: Forwarded | None = None
    answered: Stance = Stance.NONE
    turn: int = 0
    place: Place | None = None
    letter: str = ""
    draft: OwnDraft | None = None
    described: tuple[Asked, ...] = ()
    by: date | None = None
    circle: Circle | None = field(default=None, compare=False)
