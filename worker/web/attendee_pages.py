"""The attendee pages as HTML; they need no script, no cookie and nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from worker.mail.tokens import WayOut
from worker.services.own_data import CHOICES, Holding
from worker.services.withdraw import Extent, Standing
from worker.web.attendee_words import AttendeeWords
from worker.web.page_safety import page_policy

_FOLDER = Path(__file__).parent / "pages" / "attendee"


class AttendeePages:
    """Every page an attendee may see."""

    def __init__(self) -> None:
        """Load the templates once; a mistake in them shows here."""
        css = (_FOLDER / "attendee.css").read_text(encoding="utf-8")
        self._headers = {"Content-Security-Policy": page_policy(css)}
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
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

    def own(self, person: Holding, token: str, words: AttendeeWords) -> HTMLResponse:
        """What we hold about them, and a button for each choice."""
        choices = [(purpose, words.purposes[purpose], person.gets(purpose)) for purpose in CHOICES]
        return self._page("own.html.j2", words, person=person, choices=choices, file=f"{token}/data.json")

    def nothing(self, words: AttendeeWords, status: int = 404) -> HTMLResponse:
        """The same page for a forged, a foreign and a misspelt link: it tells nobody anything."""
        page = self._page("nothing.html.j2", words)
        page.status_code = status
        return page

    def _page(self, name: str, words: AttendeeWords, **values: object) -> HTMLResponse:
        html = self._templates.get_template(name).render(words=words, **values)
        return HTMLResponse(html, headers=self._headers)
