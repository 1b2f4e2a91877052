"""The shape of a letter: all mails whose templates took the same turns share one, made once, filled in per person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from worker.mail import markdown
from worker.mail.frame import Frame
from worker.mail.front import Front, read_front
from worker.mail.plaintext import to_text
from worker.mail.rendered import Rendered
from worker.mail.slots import Form, slot_of
from worker.mail.typography import for_header, typeset


class Unfit(ValueError):
    """What cannot be made into a letter. The sentence never quotes a person's data."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What Jinja wrote, with slots for values: Markdown, above the letter its front."""

    language: str
    letterhead: str
    letter: str
    footer: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A finished letter with blanks. `urls` are the values to which links lead."""

    subject: Form
    text: Form
    html: Form
    urls: frozenset[int]

    def fill(self, values: Sequence[str]) -> Rendered:
        """The letter for one person; each value escaped for its part. Unfit when a link leads nowhere good."""
        check_links(values[number] for number in self.urls)
        return self.write(values)

    def write(self, values: Sequence[str]) -> Rendered:
        """The letter with its values written in, wherever links lead."""
        written = [escape(value) for value in values]
        return Rendered(
            for_header(self.subject.fill(values)), self.text.fill(values), self.html.fill(written)
        )


def check_links(urls: Iterable[str]) -> None:
    """Unfit when one of these may not stand in a mail."""
    if not all(map(markdown.is_good_link, urls)):
        raise Unfit("a link must begin with https://, http:// or mailto:, and hold no space")


def shape(draft: Draft, frame: Frame) -> Shape:
    """Read the Markdown once for both parts. Unfit when the front is missing or a link may not be sent."""
    front = read_front(draft.letter)
    if isinstance(front, str):
        raise Unfit(front)
    sources = {"letterhead": draft.letterhead, "body": front.body, "footer": draft.footer}
    parts = {name: markdown.read(source, draft.language) for name, source in sources.items()}
    words = _words(front, draft.language)
    fragments = {name: markdown.to_html(tokens) for name, tokens in parts.items()}
    text = "\n\n".join(to_text(markdown.tree(parts[name])) for name in ("body", "footer")) + "\n"
    html = frame.page(words, fragments)
    return Shape(Form.of(words["subject"]), Form.of(text), Form.of(html), _urls(parts))


def _words(front: Front, language: str) -> dict[str, str]:
    subject, preheader = (typeset(line, language) for line in (front.subject, front.preheader))
    return {"language": language, "subject": subject, "preheader": preheader}


def _urls(parts: dict[str, list[Token]]) -> frozenset[int]:
    links = [link for tokens in parts.values() for link in markdown.links(tokens)]
    slots = [slot_of(link) for link in links]
    if not all(
        slot is not None or markdown.is_good_link(link) for slot, link in zip(slots, links, strict=True)
    ):
        raise Unfit("a link must begin with https://, http:// or mailto:")
    return frozenset(slot for slot in slots if slot is not None)
