"""libical's opinion of the calendars on standard input, one base64 a line: one JSON line each, moments in Unix seconds.

Run by Debian's python3 (gir1.2-ical-3.0, python3-gi): the library of Evolution, KOrganizer and others.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as ICal  # noqa: E402 - only after its version is chosen


def opinion(text: str) -> dict[str, object]:
    """What the first VEVENT says, its zone taken from the calendar itself."""
    calendar = ICal.Component.new_from_string(text)
    event = calendar.get_first_component(ICal.ComponentKind.VEVENT_COMPONENT)
    attendee = event.get_first_property(ICal.PropertyKind.ATTENDEE_PROPERTY)
    name = attendee.get_first_parameter(ICal.ParameterKind.CN_PARAMETER)
    return {
        "method": calendar.get_first_property(ICal.PropertyKind.METHOD_PROPERTY).get_value_as_string(),
        "uid": event.get_uid(),
        "sequence": event.get_sequence(),
        "start": _unix(calendar, event.get_dtstart()),
        "end": _unix(calendar, event.get_dtend()),
        "attendees": [[attendee.get_attendee(), name.get_cn() if name else ""]],
        "summary": event.get_summary(),
        "errors": calendar.count_errors(),
    }


def _unix(calendar: Any, moment: Any) -> int:
    zone = calendar.get_timezone(moment.get_tzid()) if moment.get_tzid() else ICal.Timezone.get_utc_timezone()
    return int(moment.as_timet_with_zone(zone))


for line in sys.stdin:
    sys.stdout.write(json.dumps(opinion(base64.b64decode(line).decode())) + "\n")
