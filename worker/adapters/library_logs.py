"""What libraries say in their logs, as the same JSON lines on standard error that our own moves are, and of nobody."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any

import structlog

from worker.domain.mishap import in_short, told_of, without_addresses

#: Under these names Celery says what a task failed of, and what it was given.
_SPEAKING = frozenset({"exc", "traceback", "args", "kwargs", "return_value"})


def log_libraries_to_stderr() -> None:
    """Warnings and worse of every library; call once in a process, instead of its own logging setup."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter())
    handler.addFilter(_speak_of_nobody)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)


def _speak_of_nobody(record: logging.LogRecord) -> bool:
    """Errors among the words of a line become their kinds: what they say may name somebody."""
    if isinstance(record.args, Mapping):
        record.args = {name: _word(name, value, record) for name, value in record.args.items()}
    elif record.args:
        record.args = tuple(_word("", value, record) for value in record.args)
    return True


def _word(name: str, value: object, record: logging.LogRecord) -> object:
    if isinstance(value, BaseException):
        return in_short(value)
    if name in _SPEAKING:
        error = record.exc_info[1] if record.exc_info else None
        return in_short(error) if error is not None and name == "exc" else "…"
    return value


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
            structlog.processors.add_log_level,
            structlog.stdlib.add_logger_name,
            _tell_errors,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _tell_errors(_logger: Any, _method: str, event: Any) -> Any:
    """The traceback, and the line itself, without anybody's words or address."""
    found = event.pop("exc_info", None)
    if isinstance(found, tuple) and found[1] is not None:
        event["exception"] = told_of(found[1], found[2])
    event["event"] = without_addresses(str(event["event"]))
    return event
