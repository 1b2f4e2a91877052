"""What a browser may do with our pages (almost nothing) and with the mails in them (less)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

#: A mail's HTML: its own styles and embedded images; no scripts, forms, remote images or fonts, even opened alone.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page_policy(css: str) -> str:
    """For a page of ours: this one style sheet, frames and forms of our own, no script at all."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def keep_safe(app: FastAPI) -> None:
    """Add to every answer what it does not say itself."""

    @app.middleware("http")
    async def _headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.setdefault("Content-Security-Policy", _NOTHING)
        for name, value in _ALWAYS.items():
            response.headers[name] = value
        return response
