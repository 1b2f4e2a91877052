"""The attendee pages in a thread of the test, on memory twins, over real HTTP."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from typing import Self

import uvicorn

from tests.local_inbox import Answer
from tests.relay_script import Certificate
from worker.mail.tokens import Use, WayOut, signed, way_out_token
from worker.services.tools import Tools
from worker.web.attendee_app import attendee_app
from worker.web.watch_pages import add_watch_pages

SECRET = b"a secret of the tests"


class AttendeeSite:
    """The pages while its `with` block lasts."""

    def __init__(
        self, tools: Tools, secrets: tuple[bytes, ...] = (SECRET,), certificate: Certificate | None = None
    ) -> None:
        """Serve what these tools know, encrypted with a certificate; the first secret signs."""
        app = attendee_app(lambda: tools, secrets)
        self.ready = True
        add_watch_pages(app, lambda: tools, lambda: (self.ready, {"ready": self.ready}))
        config = uvicorn.Config(
            app,
            port=0,
            lifespan="off",
            log_config=None,
            access_log=False,
            ssl_certfile=certificate.cert if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Self:
        """Serve; `port` is known from here on."""
        self._thread.start()
        self.port = self._server.ports.get(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._server.should_exit = True
        self._thread.join(10)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Look."""
        return self._ask(method, path, headers=headers)

    def post(self, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> Answer:
        """Press a button."""
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; redirects are not followed, for there must be none."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
            line.request(method, path, body or None, dict(headers or {}))
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ports: queue.Queue[int] = queue.Queue()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]  # uvicorn's own default
        self.ports.put(self.servers[0].sockets[0].getsockname()[1])


def stop_path(person: str = "anne", purpose: str = "invitations", secret: bytes = SECRET) -> str:
    """The path that an unsubscribe link leads to."""
    return f"/stop/{way_out_token(WayOut('cafe', purpose, person), (secret,))}"


def own_path(person: str = "anne", secret: bytes = SECRET) -> str:
    """The path that the link to a person's own page leads to."""
    return f"/me/{signed(Use.PAGE, person, (secret,))}"


def rsvp_path(person: str = "anne", edition: str = "cafe-12", secret: bytes = SECRET) -> str:
    """The path that the link in an invitation leads to."""
    return f"/rsvp/{signed(Use.ANSWER, f'{edition}.{person}', (secret,))}"
