"""An answer given on our own page: as good as one from a calendar, and the later of the two counts."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.answer import Answer, Partstat, in_force
from worker.domain.edition import Edition
from worker.domain.person import Guest
from worker.services.invitations import Invitation
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom the edition invites to its next Café, and what they said last; `open` while an answer counts."""

    invitation: Invitation
    guest: Guest
    answer: Answer | None
    open: bool

    @property
    def said(self) -> Partstat | None:
        """Their answer, unless it was about a date that has moved since."""
        about = self.answer is not None and not self.answer.is_about_an_older_date(
            self.invitation.meeting.revision
        )
        return self.answer.partstat if self.answer is not None and about else None


def asked(tools: Tools, edition_id: str, person: str) -> Asked | None:
    """Who answers to what; None when this edition invites to nothing, or does not know the person."""
    edition = tools.store.edition(edition_id)
    guest = tools.store.guests(edition_id, [person]).get(person)
    if edition is None or edition.next is None or guest is None:
        return None
    said = in_force(tools.store.answers(edition.next.id, [person])).get(person)
    return Asked(Invitation(edition, edition.next), guest, said, _is_open(tools, edition, person))


def answer(tools: Tools, asked: Asked, partstat: Partstat) -> None:
    """Keep it as given now to the date as it stands; the same once more changes nothing. Plans follow with `replan`."""
    if not asked.open or asked.said is partstat:
        return
    now = tools.store.now()
    tools.store.record_answer(
        Answer(
            meeting=asked.invitation.meeting.id,
            person=asked.guest.person.id,
            partstat=partstat,
            sequence=asked.invitation.meeting.revision,
            stamp=now,
            received=now,
            mail=f"page-{tools.new_token()}",
        )
    )


def _is_open(tools: Tools, edition: Edition, person: str) -> bool:
    coming = edition.upcoming
    return (
        coming is not None
        and tools.store.now() < coming.start
        and person not in tools.store.uninvited(edition.id)
    )
