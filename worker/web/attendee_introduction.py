"""The page on which a person answers about introductions: their own part, whatever the others said."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import BackgroundTasks, Request, Response

from worker.domain.dialogue import Met, Proposal, Said
from worker.domain.portrait import Portrait
from worker.mail import dates
from worker.mail.tokens import Secrets, read_introduction
from worker.services import dialogue
from worker.services.dialogue import Conversation
from worker.services.people_met import note_people_met
from worker.services.tools import Tools
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_words import attendee_words
from worker.web.introduction_words import IntroductionWords, introduction_words
from worker.web.pressed import Form, Pressed

#: Longest text about people met that is read.
_LONGEST = 500

_SAID = {each.value: each for each in Said}
_MET = {each.value: each for each in Met}


class IntroductionPage:
    """The routes under `/introduction/`; the token says whose introductions, in which edition."""

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
        """Changes nothing: scanners follow every link in a mail."""
        known = self._known(token)
        return self._shown(known) if known else self._nowhere(request)

    def press(self, request: Request, token: str, form: Pressed, after: BackgroundTasks) -> Response:
        """Keep what the button said; anything else changes nothing."""
        known = self._known(token)
        if known is None:
            return self._nowhere(request)
        self._keep(known, form, after)
        return self._shown(self._known(token) or known, "names" in form)

    def _keep(self, known: Conversation, form: Form, after: BackgroundTasks) -> None:
        tools, edition, person = self._tools(), known.edition, known.guest.person.id
        number = form.get("number", "")
        said, met = _SAID.get(form.get("answer", "")), _MET.get(form.get("met", ""))
        if said and number.isascii() and number.isdecimal():
            dialogue.answer(tools, edition.id, person, said, [int(number[:3])])
        elif met:
            dialogue.answer_whether_met(tools, edition.id, person, met)
        elif form.get("names", "").strip():
            note_people_met(tools, edition, person, form["names"][:_LONGEST])
        elif form.get("wish") in {"rest", "back"}:
            deed = dialogue.rest if form["wish"] == "rest" else dialogue.come_back
            deed(tools, edition, person)
            after.add_task(self._follow)

    def _known(self, token: str) -> Conversation | None:
        named = read_introduction(token, self._secrets)
        return dialogue.conversation(self._tools(), *named) if named else None

    def _shown(self, known: Conversation, noted: object = None) -> Response:
        language = known.guest.person.language
        words, said = attendee_words(language), introduction_words(language)
        first = [guest.person.first_name or guest.person.name for guest in known.told]
        values: dict[str, object] = {
            "said": said,
            "letterhead": known.edition.series.name,
            "noted": bool(noted),
            "proposals": [_about(each, said) for each in known.proposals],
            "names": dates.listing(first, "or", words.language),
            "met": known.met,
            "resting": known.rest.since is not None,
        }
        return self._pages.introduction(values, words)


def _about(proposal: Proposal, said: IntroductionWords) -> dict[str, object]:
    return {
        "number": proposal.number,
        "about": described(proposal.portrait, said),
        "shown": proposal.shown,
        "said": proposal.said,
    }


def described(portrait: Portrait, said: IntroductionWords) -> str:
    """The description as a title, no finer than in the mail."""
    if portrait.sector and portrait.interest:
        return said.person_of_with.format(portrait.sector, portrait.interest)
    if portrait.interest:
        return said.person_with.format(portrait.interest)
    return said.person_of.format(portrait.sector) if portrait.sector else said.anybody
