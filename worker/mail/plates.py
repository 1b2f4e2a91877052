"""A letter set and cast: everything but a person's own words is in its final bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from worker.mail.mime import Part
from worker.mail.plate import Plate
from worker.mail.quoted_rows import quoted_words
from worker.mail.rendered import Readable
from worker.mail.shape import Shape, check_links
from worker.mail.slots import Form, slot_of
from worker.mail.telling import Telling, Told
from worker.mail.typography import for_header


@dataclass(frozen=True, slots=True)
class Plates:
    """One letter for all whose mails take the same turns.

    `links` are the words to which links lead, `blanks` those that stand in text or HTML.
    """

    subject: Form
    text: Plate
    html: Plate
    links: tuple[int, ...]
    blanks: tuple[int, ...]
    telling: Telling

    @classmethod
    def of(cls, shape: Shape, values: Sequence[str]) -> Plates:
        """A shape filled with what is the same for all, and with a slot for each word that is somebody's own."""
        leads = {number: slot_of(values[number]) for number in shape.urls}
        check_links(values[number] for number, own in leads.items() if own is None)
        letter = shape.write(values)
        own_links = tuple(own for own in leads.values() if own is not None)
        text, html = Plate.of("plain", letter.text), Plate.of("html", letter.html)
        return cls(
            Form.of(letter.subject),
            text,
            html,
            own_links,
            tuple({*text.blanks, *html.blanks}),
            Telling.of(letter.subject, letter.text, letter.html, own_links),
        )

    def fill(self, words: Sequence[str]) -> Readable:
        """As `Readable.of(shape.fill(…))`, byte for byte. Unfit when a link leads nowhere good."""
        check_links([words[number] for number in self.links])
        subject = self.subject.fill(words)
        said = [words[number] for number in self.blanks]
        quoted = dict(zip(self.blanks, quoted_words(said), strict=True))
        return Readable(
            for_header(subject) if self.subject.blanks else subject,
            self.text.set(words, quoted),
            self._page(words, said, quoted),
            Told(self.telling, words),
        )

    def _page(self, words: Sequence[str], said: Sequence[str], quoted: Mapping[int, bytes]) -> Part:
        """The HTML. Most words are written there as in the text."""
        # Each word is one line (`slots.visible`), so one call escapes them all.
        lines = "\n".join(said)
        if escape(lines) == lines:
            return self.html.set(words, quoted)
        return self.html.fill(escape("\n".join(words)).split("\n"))
