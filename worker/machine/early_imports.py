"""What pool processes import, the worker's parent imports before it forks them.

A process that is forked while another thread of its parent imports a module inherits the lock of that module, and
nobody who would ever open it: its first import hangs, and with it the mails in hand, then every process of the worker.
Imports at the top of our files are made before any thread begins. The rest is here: our own that wait until they are
needed, so that commands start quickly, and those that libraries make when they are used.
"""

from __future__ import annotations

import pkgutil
from contextlib import suppress
from importlib import import_module
from types import ModuleType

from worker.adapters.holidays import public_holidays

#: Imports within functions of ours (tests/house holds this complete) and of libraries. The last two are billiard's, in
#: each process it forks and before anything else, where they are installed.
LATE = (
    "icalendar.parser",
    "kombu",
    "rustworkx",
    "_strptime",
    "stringprep",
    "quopri",
    "uu",
    "cffi.cparser",
    "pycparser.c_parser",
)

#: A mail or a setting names their modules: charsets, kinds of parts, time zones.
NAMED_BY_DATA = ("encodings", "email", "tzdata")

_ANY_YEAR = 2000


def import_early() -> None:
    """All of it; a sixth of a second."""
    for name in LATE:
        with suppress(ModuleNotFoundError):
            import_module(name)
    for name in NAMED_BY_DATA:
        _import_all_of(import_module(name))
    public_holidays("FR", _ANY_YEAR)  # the first country loads all of them


def _import_all_of(package: ModuleType) -> None:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        with suppress(ImportError):  # a charset of another system
            module = import_module(found.name)
            if found.ispkg:
                _import_all_of(module)
