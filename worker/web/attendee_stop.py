"""The way out, behind the link in every mail: stop mails of one kind or all, and come back."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import BackgroundTasks, Request, Response

from worker.mail.tokens import Secrets, read_way_out
from worker.services import withdraw
from worker.services.tools import Tools
from worker.services.withdraw import Extent, Standing
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_words import AttendeeWords, attendee_words
from worker.web.pressed import Pressed


class StopPage:
    """The routes under `/stop/`; the token says who wants out of what."""

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

    def choose(self, request: Request, token: str) -> Response:
        """The page behind the link in a mail. Changes nothing."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self._nowhere(request)
        now = withdraw.standing(self._tools(), way)
        words = _of(now, request)
        return self._pages.outcome(way, token, now, words) if now.stopped else self._pages.choice(way, words)

    def stop(self, request: Request, token: str, form: Pressed, after: BackgroundTasks) -> Response:
        """Stop what the button or the one click says (RFC 8058 §3.2): no cookie, no redirect, twice is once."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self._nowhere(request)
        extent = Extent.EVERYTHING if form.get("extent") == Extent.EVERYTHING else Extent.PURPOSE
        now = withdraw.withdraw(self._tools(), way, extent)
        after.add_task(self._follow)
        return self._pages.outcome(way, token, now, _of(now, request))

    def come_back(self, request: Request, token: str, after: BackgroundTasks) -> Response:
        """Undo what this link stopped."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self._nowhere(request)
        now = withdraw.come_back(self._tools(), way)
        after.add_task(self._follow)
        return self._pages.back(_of(now, request))


def _of(now: Standing, request: Request) -> AttendeeWords:
    """In the language we write to them; the browser's when we do not know them any more."""
    language = now.guest.person.language if now.guest else request.headers.get("Accept-Language", "fr")
    return attendee_words(language)
