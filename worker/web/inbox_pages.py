"""The inbox pages as HTML: a list, a mail, and what is said when there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from worker.mail.listed_mail import ListedMail
from worker.mail.mail_view import MailView
from worker.web.inbox_moments import long_moment, month, occasion, short_moment
from worker.web.inbox_search import Search
from worker.web.inbox_words import Words
from worker.web.page_safety import page_policy

_FOLDER = Path(__file__).parent / "pages" / "inbox"

WIDTHS = ("360", "600", "full")
VIEWS = ("html", "text", "source")


class InboxPages:
    """Pages for readers who live by one zone's clock."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Load the templates once; a mistake in them shows here."""
        self._zone = zone
        css = (_FOLDER / "inbox.css").read_text(encoding="utf-8")
        self._headers = {"Content-Security-Policy": page_policy(css)}
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(css=css, zone=zone, name_of=_name_of, path=_path)
        self._templates.globals.update(short=short_moment, long=long_moment, month=month, occasion=occasion)

    def listing(self, mails: Sequence[ListedMail], search: Search, words: Words) -> HTMLResponse:
        """The list: what the search finds, newest first."""
        found = search.found(mails)
        people = sorted({mail.delivered_to for mail in mails})
        return self._page("list.html.j2", words, search=search, found=found, people=people, total=len(mails))

    def mail(
        self,
        line: ListedMail,
        view: MailView,
        around: Mapping[str, str],
        query: Mapping[str, str],
        words: Words,
    ) -> HTMLResponse:
        """One mail; `around` names the mails next to it as `newer` and `older`, "" at the ends."""
        wanted, width = query.get("view", ""), query.get("width", "")
        return self._page(
            "mail.html.j2",
            words,
            line=line,
            mail=view,
            around=around,
            shown=wanted if wanted in VIEWS else _best_view(view),
            width=width if width in WIDTHS else "600",
            source=view.raw.decode("utf-8", "replace"),
        )

    def nothing(self, words: Words, status: int) -> HTMLResponse:
        """A page for an address that leads nowhere."""
        page = self._page("nothing.html.j2", words, status=status)
        page.status_code = status
        return page

    def _page(self, name: str, words: Words, **values: object) -> HTMLResponse:
        html = self._templates.get_template(name).render(words=words, **values)
        return HTMLResponse(html, headers=self._headers)


def _best_view(view: MailView) -> str:
    if view.html is not None:
        return "html"
    return "text" if view.text is not None else "source"


def _name_of(person: str) -> str:
    """The display name of a mailbox, "" when it has none."""
    return person.rpartition("<")[0].strip(' "')


def _path(line: ListedMail) -> str:
    """The address of a mail's page."""
    return f"/mails/{quote(line.name, safe='')}"
