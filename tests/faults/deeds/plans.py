"""What organizers and attendees do while workers hold an older plan: pause, cancel, move, suppress, import again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.faults.crew import wait
from tests.faults.round import NotNow, Round
from worker.domain.campaign import Status
from worker.domain.change import Details
from worker.domain.errors import Refused
from worker.domain.lifecycle import WAITING
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.services import campaign, edition_changes, suppress
from worker.services.invitations import Invitation

#: Real seconds: a pause lasts a moment; a campaign aside is cancelled at the latest after so long.
_PAUSED, _CANCELLED = 1.0, 5.0

#: Guests of a campaign that is cancelled in mid-batch.
_ASIDE = 40


def pause_and_resume(run: Round) -> None:
    """An organizer pauses in the middle, and goes on."""
    if run.store.campaign(run.edition.id).status is not Status.ARMED:
        raise NotNow
    try:
        campaign.pause(run.tools, run.edition.id)
    except Refused:  # the campaign paused itself at this very moment
        raise NotNow from None
    first = run.entry_count()
    wait(_PAUSED)
    run.pauses.append((first, run.entry_count()))
    campaign.resume(run.tools, run.edition.id)


def cancel_in_mid_batch(run: Round) -> None:
    """Another campaign is armed, and cancelled as soon as a worker has something of it in hand."""
    other = run.beside(_ASIDE)
    other.arm()
    run.comes_true(lambda: any(r.state not in WAITING for r in other.records()), _CANCELLED)
    campaign.cancel(run.tools, other.edition.id)
    other.pauses.append((other.entry_count(), 1 << 30))
    other.causes |= {Reason.CANCELLED}


def suppress_somebody(run: Round) -> None:
    """Somebody wants no more mail."""
    person = run.chance.choice(sorted(run.addresses))
    suppress.suppress(run.tools, run.addresses[person])
    run.suppressed.setdefault(person, run.entry_count())


def move_edition(run: Round) -> None:
    """The next Café moves by a day: what is unsent is planned anew, and whoever was invited is told."""
    edition = run.store.edition(run.edition.id)
    if edition is None or edition.next is None:
        raise NotNow
    meeting, day = edition.next, timedelta(days=1)
    details = Details(meeting.title, meeting.start + day, meeting.end + day, meeting.venue)
    edition_changes.change(run.tools, Invitation(edition, meeting), details)
    run.causes |= {Reason.SUPERSEDED}


def import_again(run: Round) -> None:
    """The list is imported again, with somebody who in truth did not come."""
    guests = run.store.guests(run.edition.id)
    person = run.chance.choice(sorted(guests))
    run.store.save_guests(run.edition.id, [replace(guests[person], presence=Presence.ABSENT)])
    run.absent |= {person}
    campaign.reschedule(run.tools, run.edition.id)
