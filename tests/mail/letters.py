"""Our own templates and the people they are tried on, for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from worker.adapters.template_files import read_templates
from worker.domain.facts import Facts
from worker.domain.person import Presence
from worker.mail.compose import LetterWriter
from worker.mail.identity import Identity
from worker.mail.invite import Invitation, request
from worker.mail.links import Links
from worker.mail.rendered import Readable
from worker.mail.rendering import Templates
from worker.mail.samples import samples

FOLDER = Path(__file__).parents[2] / "templates"
STEPS = (
    "answers", "ask", "ask-presence", "cancel", "forward", "host", "introduced", "invitation", "met", "met-again",
    "notice", "nudge", "presence-due", "reinvite", "reminder", "resting", "thank-you", "uninvite", "update",
)  # fmt: skip
LANGUAGES = ("fr", "en")


@cache
def sources() -> dict[str, str]:
    """The texts of our own folder."""
    return read_templates(FOLDER)


@cache
def ours() -> Templates:
    """Our own folder, proofread."""
    return Templates(sources())


def kara() -> Facts:
    """One present guest of a first edition, notes not ready, a next edition set."""
    return next(facts for facts in samples() if facts.guest.presence is Presence.PRESENT)


def reading(facts: Facts, language: str) -> Facts:
    """The same facts for a reader of another language."""
    return replace(facts, guest=replace(facts.guest, person=replace(facts.guest.person, language=language)))


def named(facts: Facts, name: str) -> Facts:
    """The same facts for somebody of this first name."""
    person = replace(facts.guest.person, name=name, first_name=name)
    return replace(facts, guest=replace(facts.guest, person=person))


class _Eye(HTMLParser):
    _BLOCKS = frozenset({"p", "h1", "h2", "li", "blockquote", "td", "tr", "div", "pre", "title", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.text, self._silent = "", 0
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in {"style", "title"}
        self.links += [value for name, value in attrs if name == "href" and value]
        self.text += "\n" if tag in self._BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "title"}
        self.text += "\n" if tag in self._BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._silent else data


def seen(html: str) -> _Eye:
    """What a reader sees of a page: its `text`, one line per block, its `links`, its `tags`."""
    eye = _Eye()
    eye.feed(html)
    eye.close()
    return eye


class Unprepared:
    """Letters rendered and encoded anew each time: what prepared ones are compared with."""

    def __init__(self, templates: Templates) -> None:
        """Render these."""
        self._templates = templates

    def readable(self, step: str, facts: Facts, links: Links) -> Readable:
        """Nothing is kept from one mail to the next but what `render` itself keeps."""
        return Readable.of(self._templates.render(step, facts, links))


def written_anew(invitation: Invitation) -> tuple[bytes, bytes]:
    """A calendar that has nothing in common with any other."""
    return b"", request(invitation)


def unprepared(identity: Identity) -> LetterWriter:
    """The writer whose every letter is made from the start."""
    return LetterWriter(identity, Unprepared(ours()), calendar=written_anew)
