"""A person's own page: what we hold about them, what they receive, and their way to change or end it."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi import BackgroundTasks, Request, Response

from worker.domain.sequence import Purpose
from worker.mail.tokens import Secrets, Use, read_signed
from worker.services import own_data, rest
from worker.services.correct import Correction, correct
from worker.services.dossier import as_values, dossier
from worker.services.erase import erase
from worker.services.own_data import CHOICES, Holding
from worker.services.subject import subject_of
from worker.services.tools import Tools
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_words import AttendeeWords, attendee_words
from worker.web.pressed import Form, Pressed


class OwnPage:
    """The routes under `/me/`; the token in the link of every mail says whose page it is."""

    def __init__(
        self,
        tools: Callable[[], Tools],
        secrets: Secrets,
        nowhere: Callable[[Request], Response],
        follow: Callable[[], None],
    ) -> None:
        """`nowhere` answers links that are not ours, and those of people we hold nothing about."""
        self._tools, self._secrets, self._nowhere, self._follow = tools, secrets, nowhere, follow
        self._pages = AttendeePages()

    def show(self, request: Request, token: str) -> Response:
        """Changes nothing."""
        person = self._holding(token)
        return self._shown(person, token) if person else self._nowhere(request)

    def change(self, request: Request, token: str, form: Pressed, after: BackgroundTasks) -> Response:
        """One wish at a time; anything else changes nothing."""
        person = self._holding(token)
        if person is None:
            return self._nowhere(request)
        done = self._grant(person, form)
        if done:
            after.add_task(self._follow)
        return self._shown(self._holding(token) or person, token, done)

    def export(self, request: Request, token: str) -> Response:
        """All of it as a file."""
        person = self._holding(token)
        if person is None:
            return self._nowhere(request)
        tools = self._tools()
        who = subject_of(tools, person.guest.person.id)
        text = json.dumps(as_values(dossier(tools, who)), ensure_ascii=False, indent=2, default=str)
        kept = {"Content-Disposition": 'attachment; filename="apres.json"'}
        return Response(text, media_type="application/json", headers=kept)

    def before_erasing(self, request: Request, token: str) -> Response:
        """What erasing means. Changes nothing."""
        person = self._holding(token)
        return self._pages.erase(token, _words(person)) if person else self._nowhere(request)

    def erase(self, request: Request, token: str, form: Pressed) -> Response:
        """Forget them, for good; twice is once."""
        person = self._holding(token)
        if person is None:
            return self._nowhere(request)
        if form.get("wish") != "erase":
            return self._pages.erase(token, _words(person))
        erase(self._tools(), subject_of(self._tools(), person.guest.person.id))
        return self._pages.erased(_words(person))

    def _grant(self, person: Holding, form: Form) -> str:
        """The name of what was done, or ""."""
        tools, wish, purpose = self._tools(), form.get("wish", ""), form.get("purpose", "")
        if wish in {"refuse", "allow"} and purpose in CHOICES:
            deed = {"refuse": own_data.refuse, "allow": own_data.allow}[wish]
            deed(tools, person, Purpose(purpose), read=_words(person).what_is_read(wish, purpose))
        elif wish == "pause":
            rest.rest(tools, person.guest)
        elif wish == "resume":
            rest.end_rest(tools, person.guest)
        elif wish == "correct":
            correct(tools, person, _correction(form))
        else:
            return ""
        return wish

    def _holding(self, token: str) -> Holding | None:
        person = read_signed(Use.PAGE, token, self._secrets)
        return own_data.holding(self._tools(), person) if person else None

    def _shown(self, person: Holding, token: str, done: str = "") -> Response:
        resting = rest.rests_until(self._tools(), person.guest)
        return self._pages.own(person, token, _words(person), resting=resting, done=done)


def _correction(form: Form) -> Correction:
    return Correction(form.get("first_name", ""), form.get("name", ""), form.get("language", ""))


def _words(person: Holding) -> AttendeeWords:
    return attendee_words(person.guest.person.language)
