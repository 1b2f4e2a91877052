"""The answer to an invitation, for who has no calendar at hand: yes, no or maybe, until it begins."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import BackgroundTasks, Request, Response

from worker.mail.tokens import Secrets, Use, read_signed
from worker.services import answer_on_page
from worker.services.answer_on_page import Asked
from worker.services.tools import Tools
from worker.web.attendee_pages import ANSWERS, AttendeePages
from worker.web.attendee_words import attendee_words
from worker.web.pressed import Pressed


class RsvpPage:
    """The routes under `/rsvp/`; the token says who was invited by which edition."""

    def __init__(
        self,
        tools: Callable[[], Tools],
        secrets: Secrets,
        nowhere: Callable[[Request], Response],
        follow: Callable[[], None],
    ) -> None:
        """`nowhere` answers links that are not ours; `follow` lets plans follow, after the answer."""
        self._tools, self._secrets, self._nowhere, self._follow = tools, secrets, nowhere, follow
        self._pages = AttendeePages()

    def show(self, request: Request, token: str) -> Response:
        """Changes nothing, whichever link was followed."""
        asked = self._asked(token)
        return self._shown(asked) if asked else self._nowhere(request)

    def answer(self, request: Request, token: str, form: Pressed, after: BackgroundTasks) -> Response:
        """Keep the answer; anything else changes nothing."""
        asked, said = self._asked(token), ANSWERS.get(form.get("answer", ""))
        if asked is None:
            return self._nowhere(request)
        if said is not None and asked.open:
            answer_on_page.answer(self._tools(), asked, said)
            after.add_task(self._follow)
        return self._shown(self._asked(token) or asked)

    def _asked(self, token: str) -> Asked | None:
        text = read_signed(Use.ANSWER, token, self._secrets) or ""
        edition, _, person = text.rpartition(".")
        return answer_on_page.asked(self._tools(), edition, person) if edition else None

    def _shown(self, asked: Asked) -> Response:
        return self._pages.rsvp(asked, attendee_words(asked.guest.person.language))
