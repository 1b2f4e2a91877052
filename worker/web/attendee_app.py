"""The attendee pages. GET shows, only POST changes: scanners and previews follow every link in a mail."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException as AnyHttpError
from starlette.types import ASGIApp, Scope

from worker.mail.tokens import Secrets, Use, read_signed, read_way_out
from worker.services.tools import Tools
from worker.web.attendee_introduction import IntroductionPage
from worker.web.attendee_own import OwnPage
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_rsvp import RsvpPage
from worker.web.attendee_stop import StopPage
from worker.web.attendee_words import AttendeeWords, attendee_words
from worker.web.doorkeeper import Doorkeeper
from worker.web.following import Following
from worker.web.page_safety import keep_safe

_LOOK, _PRESS = ["GET", "HEAD"], ["POST"]
_USES = {"me": Use.PAGE, "rsvp": Use.ANSWER, "introduction": Use.INTRODUCTION}


def attendee_app(tools: Callable[[], Tools], secrets: Secrets) -> FastAPI:
    """The application; `tools` is asked at each request, `secrets` verify the tokens, the newest first."""
    app = FastAPI(title="Après", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    nobody = _Nobody()
    following = Following(tools)
    stop = StopPage(tools, secrets, nobody.nowhere, following)
    rsvp = RsvpPage(tools, secrets, nobody.nowhere, following)
    own = OwnPage(tools, secrets, nobody.nowhere, following)
    introduction = IntroductionPage(tools, secrets, nobody.nowhere, following)
    for path, methods, answer in (
        ("/healthz", _LOOK, nobody.health),
        ("/stop/{token}", _LOOK, stop.choose),
        ("/stop/{token}", _PRESS, stop.stop),
        ("/stop/{token}/back", _PRESS, stop.come_back),
        ("/rsvp/{token}", _LOOK, rsvp.show),
        ("/rsvp/{token}", _PRESS, rsvp.answer),
        ("/introduction/{token}", _LOOK, introduction.show),
        ("/introduction/{token}", _PRESS, introduction.press),
        ("/me/{token}", _LOOK, own.show),
        ("/me/{token}", _PRESS, own.change),
        ("/me/{token}/data.json", _LOOK, own.export),
        ("/me/{token}/erase", _LOOK, own.before_erasing),
        ("/me/{token}/erase", _PRESS, own.erase),
    ):
        app.add_api_route(path, answer, methods=methods, response_model=None)
    app.add_exception_handler(AnyHttpError, nobody.nothing)
    app.add_exception_handler(Exception, nobody.nothing)
    app.add_middleware(Doorkeeper, refusal=nobody.refusal, is_ours=lambda path: _is_ours(path, secrets))
    keep_safe(app)
    return app


def _is_ours(path: str, secrets: Secrets) -> bool:
    page, _, rest = path.strip("/").partition("/")
    token = rest.partition("/")[0]
    if page == "stop":
        return read_way_out(token, secrets) is not None
    return page in _USES and read_signed(_USES[page], token, secrets) is not None


class _Nobody:
    """Answers to whom no token names."""

    def __init__(self) -> None:
        self._pages = AttendeePages()

    def health(self) -> Response:
        """Whether the pages are up."""
        return PlainTextResponse("ok")

    def nowhere(self, request: Request) -> Response:
        """For a link that is not ours: it tells nobody anything."""
        return self._pages.nothing(_asked(request))

    def nothing(self, request: Request, error: Exception) -> Response:
        """Any other address, and our own mistakes."""
        status = error.status_code if isinstance(error, AnyHttpError) else 500
        return self._pages.nothing(_asked(request), status)

    def refusal(self, scope: Scope, status: int) -> ASGIApp:
        """For who asks too often, or sends too much."""
        return self._pages.nothing(_asked(Request(scope)), status)


def _asked(request: Request) -> AttendeeWords:
    return attendee_words(request.headers.get("Accept-Language", "fr"))
