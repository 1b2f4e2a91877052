"""`/livez` and `/readyz` of a process that has no pages: a thread answers, and Celery is not asked."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import structlog

#: Whether we are ready, and what to say of it.
Readiness = Callable[[], tuple[bool, dict[str, Any]]]

_log = structlog.get_logger()


def serve_probes(host: str, port: int, readiness: Readiness) -> ThreadingHTTPServer | None:
    """Answer until the process ends; None, and a line in the log, where the port is taken: work goes on without."""
    try:
        server = ThreadingHTTPServer((host, port), _handler(readiness))
    except OSError as error:
        _log.warning("no probes: the port is taken", host=host, port=port, because=error.strerror)
        return None
    server.daemon_threads = True
    os.register_at_fork(after_in_child=server.socket.close)  # or a pool process would keep the port
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()
    return server


def _handler(readiness: Readiness) -> type[BaseHTTPRequestHandler]:
    class Probe(BaseHTTPRequestHandler):
        """One question."""

        def do_GET(self) -> None:
            match self.path:
                case "/livez":
                    self._answer(200, {"alive": True})
                case "/readyz":
                    ready, told = readiness()
                    self._answer(200 if ready else 503, told)
                case _:
                    self._answer(404, {"paths": ["/livez", "/readyz"]})

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode() + b"\n"
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Probes come every few seconds: they are no news."""

    return Probe
