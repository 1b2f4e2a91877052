"""What the inbox pages say, named. A sentence missing in a language is a type error."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the pages say, in one language."""

    language: str
    inbox: str
    stays_here: str
    one_mail: str
    many_mails: str
    search: str
    find: str
    only_to: str
    everyone: str
    follow: str
    unfollow: str
    following: str
    caption: str
    date: str
    to: str
    subject: str
    no_subject: str
    nobody: str
    nothing_yet: str
    nothing_found: str
    newer: str
    older: str
    newer_mail: str
    older_mail: str
    all_mails: str
    sender: str
    delivery: str
    envelope: str
    bounce_address: str
    dated: str
    received: str
    view: str
    as_html: str
    as_text: str
    as_source: str
    width: str
    full_width: str
    alone: str
    download: str
    frame: str
    no_html: str
    no_text: str
    unreadable: str
    methods: dict[str, str]
    calendar: str
    when: str
    whole_day: str
    place: str
    organizer: str
    attendee: str
    open_ics: str
    broken_ics: str
    lost: str
    back: str

    def count(self, number: int) -> str:
        """« 1 message », « 40 messages »."""
        form = Locale(self.language).plural_form(number)
        return (self.one_mail if form == "one" else self.many_mails).format(number)

    def method(self, method: str) -> str:
        """What an iTIP method means to its reader."""
        return self.methods.get(method, self.calendar)
