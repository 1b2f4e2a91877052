"""The prepared calendar says byte for byte what the full build says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentline

from tests.mail.hostile import hostile
from tests.mail.test_invite import PARIS, ZONES, invitation
from worker.domain.edition import Venue
from worker.mail.calendar_frame import folded, framed_request
from worker.mail.invite import Invitation, request

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
#: What calendars and their writers stumble over.
SHARP = (
    '"', "^", "\\", "\\N", ";", ",", ":", "'", "%", "%b", "%(UID)b", "\r\n", "é", "’", "日", "😀", "👩🏽‍🚀", "שלום",
)  # fmt: skip
NAMES = hostile(max_size=120) | st.lists(st.sampled_from(SHARP) | st.text(max_size=9)).map("".join)


def of(name: str, made: Invitation) -> Invitation:
    return replace(made, guest=replace(made.guest, person=replace(made.guest.person, name=name)))


@given(NAMES)
def test_any_name_gives_the_bytes_of_the_full_build(name: str) -> None:
    made = of(name, invitation(PARIS))

    assert framed_request(made) == request(made)


@given(NAMES, NAMES, NAMES)
def test_any_venue_title_and_host_give_the_bytes_of_the_full_build(venue: str, title: str, host: str) -> None:
    made = invitation(PARIS)
    meeting = replace(made.meeting, venue=Venue(venue, title), revision=len(title))
    made = replace(
        made, meeting=meeting, summary=title, description=venue, organizer_name=host, url=f"https://{host}"
    )

    assert framed_request(made) == request(made)


@given(
    st.sampled_from(ZONES),
    MOMENTS,
    st.from_regex(r"[a-z0-9.+-]{1,30}[a-z]", fullmatch=True),
)
def test_any_zone_moment_and_token_give_the_bytes_of_the_full_build(
    zone: str, stamp: datetime, token: str
) -> None:
    start = (stamp + timedelta(days=40)).astimezone(ZoneInfo(zone))
    made = replace(invitation(start), stamp=stamp, uid=f"{token}@cafe.example.org")

    assert framed_request(made) == request(made)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=300) | NAMES.map(repr)
)
def test_a_line_is_folded_as_the_library_folds_it(line: str) -> None:
    assert folded(line) == Contentline(line).to_ical()  # type: ignore[no-untyped-call]


def test_one_guest_leaves_nothing_for_the_next() -> None:
    first, second = (of(name, invitation(PARIS)) for name in ("Anaïs Premier", "Boris Second"))

    assert [framed_request(made) for made in (first, second, first)] == [
        request(made) for made in (first, second, first)
    ]


def test_a_changed_edition_has_a_new_calendar_at_once() -> None:
    made = invitation(PARIS)
    framed_request(made)

    moved = replace(made, meeting=replace(made.meeting, revision=1, venue=Venue("Ailleurs", "Lyon")))

    assert framed_request(moved) == request(moved) != request(made)
