"""A person's own page: what we hold about them, and what they receive."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi import BackgroundTasks, Request, Response

from worker.domain.sequence import Purpose
from worker.mail.tokens import Secrets, Use, read_signed
from worker.services import own_data, withdraw
from worker.services.own_data import CHOICES, Holding
from worker.services.tools import Tools
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_words import attendee_words


class OwnPage:
    """The routes under `/me/`; the token in the link of every mail says whose page it is."""

    def __init__(
        self, tools: Callable[[], Tools], secrets: Secrets, nowhere: Callable[[Request], Response]
    ) -> None:
        """`nowhere` answers links that are not ours, and those of people we hold nothing about."""
        self._tools, self._secrets, self._nowhere = tools, secrets, nowhere
        self._pages = AttendeePages()

    def show(self, request: Request, token: str) -> Response:
        """Changes nothing."""
        person = self._holding(token)
        return self._shown(person, token) if person else self._nowhere(request)

    async def choose(self, request: Request, token: str, after: BackgroundTasks) -> Response:
        """One purpose switched off or on; anything else changes nothing."""
        person, form = self._holding(token), await request.form()
        if person is None:
            return self._nowhere(request)
        deed = {"refuse": own_data.refuse, "allow": own_data.allow}.get(str(form.get("wish")))
        if deed and form.get("purpose") in CHOICES:
            deed(self._tools(), person, Purpose(str(form.get("purpose"))))
            after.add_task(withdraw.follow, self._tools())
        return self._shown(self._holding(token) or person, token)

    def export(self, request: Request, token: str) -> Response:
        """All of it as a file."""
        person = self._holding(token)
        if person is None:
            return self._nowhere(request)
        text = json.dumps(own_data.exported(person), ensure_ascii=False, indent=2, default=str)
        kept = {"Content-Disposition": 'attachment; filename="apres.json"'}
        return Response(text, media_type="application/json", headers=kept)

    def _holding(self, token: str) -> Holding | None:
        person = read_signed(Use.PAGE, token, self._secrets)
        return own_data.holding(self._tools(), person) if person else None

    def _shown(self, person: Holding, token: str) -> Response:
        return self._pages.own(person, token, attendee_words(person.guest.person.language))
