"""METHOD:CANCEL (RFC 5546 §3.2.5): the appointment leaves a calendar, for everybody or for one person."""

from __future__ import annotations

from dataclasses import replace

from icalendar import vText

from worker.mail.invite import Invitation, unwritten

CANCEL = "CANCEL"

#: What only an invitation asks.
_ASKING = ("X-MICROSOFT-DISALLOW-COUNTER", "STATUS")


def cancellation(invitation: Invitation) -> bytes:
    """The cancellation of what this guest holds: same UID, dates kept so that clients can show what it is about.

    A meeting that was called off has the higher SEQUENCE already, and STATUS:CANCELLED. For one person un-invited from
    a meeting that takes place, SEQUENCE is one more than its own, and there is no STATUS.
    """
    meeting = invitation.meeting
    if not meeting.called_off:
        meeting = replace(meeting, revision=meeting.revision + 1)
    calendar = unwritten(replace(invitation, meeting=meeting))
    calendar["METHOD"] = vText(CANCEL)
    [event] = calendar.walk("VEVENT")
    for name in _ASKING:
        event.pop(name)
    if meeting.called_off:
        event.add("STATUS", "CANCELLED")
    del event["ATTENDEE"].params["RSVP"]
    return bytes(calendar.to_ical())
