"""The attendee pages as HTML; they need no script, no cookie and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from worker.domain.answer import Partstat, in_force
from worker.mail import dates
from worker.mail.meeting_words import meeting_words
from worker.mail.tokens import WayOut
from worker.services.answer_on_page import Asked
from worker.services.own_data import CHOICES, Attendance, Holding
from worker.services.withdraw import Extent, Standing
from worker.web.attendee_words import AttendeeWords
from worker.web.page_safety import page_policy

#: What the buttons of an invitation send, in the order they stand.
ANSWERS = {"yes": Partstat.ACCEPTED, "maybe": Partstat.TENTATIVE, "no": Partstat.DECLINED}

_FOLDER = Path(__file__).parent / "pages" / "attendee"


class AttendeePages:
    """Every page an attendee may see."""

    def __init__(self) -> None:
        """Load the templates once; a mistake in them shows here."""
        css = (_FOLDER / "attendee.css").read_text(encoding="utf-8")
        self._headers = {"Content-Security-Policy": page_policy(css)}
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["css"] = css

    def choice(self, way: WayOut, words: AttendeeWords) -> HTMLResponse:
        """What may be stopped, a button each."""
        return self._page("stop.html.j2", words, purpose=words.purposes.get(way.purpose, ""))

    def outcome(self, way: WayOut, token: str, now: Standing, words: AttendeeWords) -> HTMLResponse:
        """What is stopped from now on, and the way back: relative, so that pages may live under any address."""
        purpose = words.purposes.get(way.purpose, "")
        everything = Extent.EVERYTHING in now.stopped or not purpose
        return self._page(
            "stopped.html.j2", words, purpose=purpose, everything=everything, back=f"{token}/back"
        )

    def back(self, words: AttendeeWords) -> HTMLResponse:
        """They are welcome again."""
        return self._page("back.html.j2", words)

    def rsvp(self, asked: Asked, words: AttendeeWords) -> HTMLResponse:
        """The Café, what they said, and three buttons while an answer counts."""
        meeting, edition = asked.invitation.meeting, asked.invitation.edition
        zone = asked.guest.person.zone
        return self._page(
            "rsvp.html.j2",
            words,
            asked=asked,
            meeting=meeting_words(meeting, edition, words.language, zone),
            letterhead=edition.series.name,
            called_off=edition.upcoming is None,
            chosen=next((name for name, answer in ANSWERS.items() if answer is asked.said), "yes"),
        )

    def own(
        self, person: Holding, token: str, words: AttendeeWords, *, resting: datetime | None, done: str
    ) -> HTMLResponse:
        """What we hold about them, and a button for each choice; `done` names what was just done, or is ""."""
        latest = person.attendances[-1]
        return self._page(
            "own.html.j2",
            words,
            person=latest.guest.person,
            guest=latest.guest,
            letterhead=latest.edition.series.name,
            choices=[(purpose, words.purposes[purpose], person.gets(purpose)) for purpose in CHOICES],
            meetings=[_meeting(attendance, words) for attendance in reversed(person.attendances)],
            resting=dates.date_words(resting, words.language) if resting else "",
            done=words.own.done.get(done, ""),
            file=f"{token}/data.json",
            erase=f"{token}/erase",
        )

    def erase(self, token: str, words: AttendeeWords) -> HTMLResponse:
        """What erasing means, and the button."""
        return self._page("erase.html.j2", words, back=f"../{token}")

    def erased(self, words: AttendeeWords) -> HTMLResponse:
        """Nothing is known any more."""
        return self._page("erased.html.j2", words)

    def introduction(self, values: Mapping[str, object], words: AttendeeWords) -> HTMLResponse:
        """Their part of the introductions of one edition."""
        return self._page("introduction.html.j2", words, **values)

    def nothing(self, words: AttendeeWords, status: int = 404) -> HTMLResponse:
        """The same page for a forged, a foreign and a misspelt link: it tells nobody anything."""
        page = self._page("too_often.html.j2" if status == 429 else "nothing.html.j2", words)
        page.status_code = status
        return page

    def _page(self, name: str, words: AttendeeWords, **values: object) -> HTMLResponse:
        html = self._templates.get_template(name).render(words=words, **{"letterhead": "", **values})
        return HTMLResponse(html, headers=self._headers)


def _meeting(attendance: Attendance, words: AttendeeWords) -> str:
    """One line about one edition: when it was, whether they came, what they answered to the next."""
    edition, person = attendance.edition, attendance.guest.person.id
    said = in_force(attendance.answers).get(person)
    parts = [
        f"{edition.series.name} {words.own.number}{edition.meeting.number}",
        dates.date_words(edition.meeting.start, words.language),
        words.own.presence[attendance.guest.presence],
        *([words.own.answered[said.partstat]] if said else []),
        f"{words.own.mails} {len(attendance.messages)}",
    ]
    return ", ".join(parts)
