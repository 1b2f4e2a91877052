"""A letter set and cast: everything but a person's own words is in its final bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from worker.mail.plate import Plate
from worker.mail.rendered import Readable
from worker.mail.shape import Shape, check_links
from worker.mail.slots import Form, slot_of
from worker.mail.telling import Telling, Told
from worker.mail.typography import for_header


@dataclass(frozen=True, slots=True)
class Plates:
    """One letter for all whose mails take the same turns.

    `links` are the words to which links lead.
    """

    subject: Form
    text: Plate
    html: Plate
    links: tuple[int, ...]
    telling: Telling

    @classmethod
    def of(cls, shape: Shape, values: Sequence[str]) -> Plates:
        """A shape filled with what is the same for all, and with a slot for each word that is somebody's own."""
        leads = {number: slot_of(values[number]) for number in shape.urls}
        check_links(values[number] for number, own in leads.items() if own is None)
        letter = shape.write(values)
        own_links = tuple(own for own in leads.values() if own is not None)
        return cls(
            Form.of(letter.subject),
            Plate.of("plain", letter.text),
            Plate.of("html", letter.html),
            own_links,
            Telling.of(letter.subject, letter.text, letter.html, own_links),
        )

    def fill(self, words: Sequence[str]) -> Readable:
        """As `Readable.of(shape.fill(…))`, byte for byte. Unfit when a link leads nowhere good."""
        check_links([words[number] for number in self.links])
        # Each word is one line (`slots.visible`), so one call escapes them all.
        subject, escaped = self.subject.fill(words), escape("\n".join(words)).split("\n")
        return Readable(
            for_header(subject) if self.subject.blanks else subject,
            self.text.fill(words),
            self.html.fill(escaped),
            Told(self.telling, words),
        )
