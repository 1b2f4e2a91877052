"""The attendee pages. GET shows, only POST changes: scanners and previews follow every link in a mail."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import BackgroundTasks, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException as AnyHttpError

from worker.mail.tokens import Secrets, read_way_out
from worker.services import withdraw
from worker.services.tools import Tools
from worker.services.withdraw import Extent, Standing
from worker.web.attendee_own import OwnPage
from worker.web.attendee_pages import AttendeePages
from worker.web.attendee_words import AttendeeWords, attendee_words
from worker.web.page_safety import keep_safe


def attendee_app(tools: Callable[[], Tools], secrets: Secrets) -> FastAPI:
    """The application; `tools` is asked at each request, `secrets` verify the tokens, the newest first."""
    app = FastAPI(title="Après", docs_url=None, redoc_url=None, openapi_url=None)
    pages = _Attendee(tools, secrets)
    app.add_api_route("/healthz", pages.health, methods=["GET", "HEAD"], response_model=None)
    app.add_api_route("/stop/{token}", pages.choose, methods=["GET", "HEAD"], response_model=None)
    app.add_api_route("/stop/{token}", pages.stop, methods=["POST"], response_model=None)
    app.add_api_route("/stop/{token}/back", pages.come_back, methods=["POST"], response_model=None)
    own = OwnPage(tools, secrets, pages.nowhere)
    app.add_api_route("/me/{token}", own.show, methods=["GET", "HEAD"], response_model=None)
    app.add_api_route("/me/{token}", own.choose, methods=["POST"], response_model=None)
    app.add_api_route("/me/{token}/data.json", own.export, methods=["GET", "HEAD"], response_model=None)
    app.add_exception_handler(AnyHttpError, pages.nothing)
    keep_safe(app)
    return app


class _Attendee:
    def __init__(self, tools: Callable[[], Tools], secrets: Secrets) -> None:
        self._tools, self._secrets, self._pages = tools, secrets, AttendeePages()

    def health(self) -> Response:
        """Whether the pages are up."""
        return PlainTextResponse("ok")

    def choose(self, request: Request, token: str) -> Response:
        """The page behind the link in a mail. Changes nothing."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self.nowhere(request)
        now = withdraw.standing(self._tools(), way)
        words = _of(now, request)
        return self._pages.outcome(way, token, now, words) if now.stopped else self._pages.choice(way, words)

    async def stop(self, request: Request, token: str, after: BackgroundTasks) -> Response:
        """Stop what the button or the one click says (RFC 8058 §3.2): no cookie, no redirect, twice is once."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self.nowhere(request)
        extent = (
            Extent.EVERYTHING if (await request.form()).get("extent") == Extent.EVERYTHING else Extent.PURPOSE
        )
        now = withdraw.withdraw(self._tools(), way, extent)
        after.add_task(withdraw.follow, self._tools())
        return self._pages.outcome(way, token, now, _of(now, request))

    def come_back(self, request: Request, token: str, after: BackgroundTasks) -> Response:
        """Undo what this link stopped."""
        way = read_way_out(token, self._secrets)
        if way is None:
            return self.nowhere(request)
        now = withdraw.come_back(self._tools(), way)
        after.add_task(withdraw.follow, self._tools())
        return self._pages.back(_of(now, request))

    def nowhere(self, request: Request) -> Response:
        """For a link that is not ours: it tells nobody anything."""
        return self._pages.nothing(_asked(request))

    def nothing(self, request: Request, error: Exception) -> Response:
        """Any other address."""
        status = error.status_code if isinstance(error, AnyHttpError) else 500
        return self._pages.nothing(_asked(request), status)


def _of(now: Standing, request: Request) -> AttendeeWords:
    """In the language we write to them; the browser's when we do not know them any more."""
    return attendee_words(now.guest.person.language) if now.guest else _asked(request)


def _asked(request: Request) -> AttendeeWords:
    return attendee_words(request.headers.get("Accept-Language", "fr"))
