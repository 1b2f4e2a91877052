"""Our pages, looked at from outside as a mail program does: a page of health, a one-click stop, a forged link."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from worker.domain.errors import Unreachable

_PATIENCE = 8.0
_ONE_CLICK = b"List-Unsubscribe=One-Click"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer's status, and whether it would set a cookie."""

    status: int
    sets_cookie: bool


class PageProbe:
    """Asks under one address; nothing follows a redirect, for there must be none."""

    def __init__(self, url: str, ca_file: Path | None = None) -> None:
        """`ca_file` names the only authorities to trust, instead of the system's."""
        self._url = urlsplit(url.rstrip("/"))
        self._context = ssl.create_default_context(cafile=ca_file)

    def look(self, path: str) -> Answered:
        """GET. Raises Unreachable."""
        return self._ask("GET", path, None)

    def one_click(self, path: str) -> Answered:
        """POST as RFC 8058 has it. Raises Unreachable."""
        return self._ask("POST", path, _ONE_CLICK)

    def _ask(self, method: str, path: str, body: bytes | None) -> Answered:
        host, port = self._url.hostname or "", self._url.port
        line: HTTPConnection = (
            HTTPSConnection(host, port, timeout=_PATIENCE, context=self._context)
            if self._url.scheme == "https"
            else HTTPConnection(host, port, timeout=_PATIENCE)
        )
        try:
            line.request(method, self._url.path + path, body, _FORM if body else {})
            answer = line.getresponse()
            return Answered(answer.status, answer.getheader("Set-Cookie") is not None)
        except (OSError, HTTPException) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        finally:
            line.close()
