"""`/metrics`, `/livez` and `/readyz`, for whoever watches from inside; through a proxy they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException as AnyHttpError

from worker.services.tools import Tools
from worker.web.metrics import exposition

#: What a proxy adds to what it passes on: such a request comes from outside.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def add_watch_pages(
    app: FastAPI, tools: Callable[[], Tools], readiness: Callable[[], tuple[bool, dict[str, Any]]]
) -> None:
    """Add the three; `tools` is asked at each scrape and should not wait for a server that is away."""
    pages = _Watch(tools, readiness)
    for path, page in (("/metrics", pages.metrics), ("/livez", pages.alive), ("/readyz", pages.ready)):
        app.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)


class _Watch:
    def __init__(
        self, tools: Callable[[], Tools], readiness: Callable[[], tuple[bool, dict[str, Any]]]
    ) -> None:
        self._tools, self._readiness = tools, readiness

    def metrics(self, request: Request) -> Response:
        """In Prometheus's text format, read from the ledger now: the same from every process."""
        _from_inside(request)
        return Response(exposition(self._tools), media_type=CONTENT_TYPE_LATEST)

    def alive(self, request: Request) -> Response:
        """The process answers."""
        _from_inside(request)
        return PlainTextResponse("alive")

    def ready(self, request: Request) -> Response:
        """Whether the pages could do their work, check by check."""
        _from_inside(request)
        ready, told = self._readiness()
        return JSONResponse(told, 200 if ready else 503)


def _from_inside(request: Request) -> None:
    if any(name in request.headers for name in _PASSED_ON):
        raise AnyHttpError(404)
