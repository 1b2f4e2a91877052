"""The web view of the local inbox: pages for people, JSON for tests. GET only; nothing here changes anything."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException as AnyHttpError

from worker.mail.listed_mail import ListedMail
from worker.mail.mail_view import MailView
from worker.web.inbox_pages import InboxPages
from worker.web.inbox_search import Search
from worker.web.inbox_sentences import words_for
from worker.web.inbox_words import Words
from worker.web.page_safety import MAIL_POLICY, keep_safe

_T = TypeVar("_T")
_PARIS = ZoneInfo("Europe/Paris")


class Mails(Protocol):
    """The mails to show."""

    def everything(self) -> Sequence[ListedMail]:
        """All of them, the newest first."""

    def one(self, name: str) -> tuple[ListedMail, MailView] | None:
        """One by its name, or None."""


def inbox_app(mails: Mails, zone: ZoneInfo = _PARIS) -> FastAPI:
    """The application; moments are shown on this zone's clock."""
    app = FastAPI(title="Après inbox", docs_url=None, redoc_url=None, openapi_url=None)
    inbox = _Inbox(mails, InboxPages(zone))
    for path, answer in inbox.routes().items():
        app.add_api_route(path, answer, methods=["GET", "HEAD"], response_model=None)
    app.add_exception_handler(AnyHttpError, inbox.nothing)
    keep_safe(app)
    return app


class _Inbox:
    def __init__(self, mails: Mails, pages: InboxPages) -> None:
        self._mails, self._pages = mails, pages

    def routes(self) -> dict[str, Any]:
        """Every address; `.eml` comes before the page whose pattern it fits too."""
        return {
            "/": self.listing,
            "/api/mails": self.api,
            "/healthz": self.health,
            "/mails/{name}.eml": self.eml,
            "/mails/{name}": self.mail,
            "/mails/{name}/html": self.html,
            "/mails/{name}/text": self.text,
            "/mails/{name}/source": self.source,
            "/mails/{name}/invite.ics": self.ics,
        }

    def listing(self, request: Request) -> HTMLResponse:
        search = Search.of(request.query_params)
        return self._pages.listing(self._mails.everything(), search, _words(request))

    def api(self, request: Request) -> JSONResponse:
        found = Search.of(request.query_params).found(self._mails.everything())
        return JSONResponse([_as_json(line) for line in found])

    def health(self) -> PlainTextResponse:
        return PlainTextResponse("ok")

    def mail(self, request: Request, name: str) -> HTMLResponse:
        line, view = self._one(name)
        return self._pages.mail(line, view, self._around(name), request.query_params, _words(request))

    def html(self, name: str) -> HTMLResponse:
        html = self._one(name)[1].html
        return HTMLResponse(_or_404(html), headers={"Content-Security-Policy": MAIL_POLICY})

    def text(self, name: str) -> PlainTextResponse:
        return PlainTextResponse(_or_404(self._one(name)[1].text))

    def source(self, name: str) -> PlainTextResponse:
        return PlainTextResponse(self._one(name)[1].raw)

    def eml(self, name: str) -> Response:
        filename = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
        disposition = {"Content-Disposition": f'attachment; filename="{filename}.eml"'}
        return Response(self._one(name)[1].raw, media_type="message/rfc822", headers=disposition)

    def ics(self, name: str) -> Response:
        line, view = self._one(name)
        method = f"; method={line.method}" if line.method.isalpha() and line.method.isascii() else ""
        # inline: phones then offer to add it instead of filing it under downloads
        disposition = {"Content-Disposition": 'inline; filename="invite.ics"'}
        kind = f"text/calendar; charset=utf-8{method}"
        return Response(_or_404(view.ics), headers={"Content-Type": kind, **disposition})

    def nothing(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, AnyHttpError) else 404
        return self._pages.nothing(_words(request), status)

    def _one(self, name: str) -> tuple[ListedMail, MailView]:
        return _or_404(self._mails.one(name))

    def _around(self, name: str) -> dict[str, str]:
        names = ["", *(line.name for line in self._mails.everything()), ""]
        here = names.index(name) if name in names else 0
        return {"newer": names[here - 1] if here else "", "older": names[here + 1] if here else ""}


def _or_404(found: _T | None) -> _T:
    if found is None:
        raise HTTPException(404)
    return found


def _words(request: Request) -> Words:
    return words_for(request.headers.get("accept-language", ""))


def _as_json(line: ListedMail) -> dict[str, object]:
    said = {name: value for name, value in dataclasses.asdict(line).items() if name != "words"}
    moments = {
        "received_at": line.received_at.isoformat(),
        "date": line.date.isoformat() if line.date else None,
    }
    return {**said, **moments}
