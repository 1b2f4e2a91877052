"""The addresses that one mail leads to."""

from __future__ import annotations

from worker.domain.value import value


@value(frozen=True, slots=True)
class Links:
    """`unsubscribe` is an https or mailto URL; `reply_to` an address we read; `page` an https URL, or "".

    `stop_mail` is the mailto of List-Unsubscribe, whatever `unsubscribe` is. `rsvp` is the https URL of the page that
    takes an answer to the invitation, or "".
    `introductions` is the page on which they answer what they were asked about others, or "".
    """

    unsubscribe: str
    reply_to: str
    page: str
    stop_mail: str = ""
    rsvp: str = ""
    introductions: str = ""
