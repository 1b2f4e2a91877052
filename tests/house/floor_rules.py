"""The rules of the house, each a pure function from a file's path and text to what breaks it, in sentences."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

#: Which rooms each room may import from. What is not here stands on the top floor and may import everything
#: except adapters.
STAIRS: Mapping[str, frozenset[str]] = {
    "domain": frozenset({"domain"}),
    "mail": frozenset({"domain", "mail"}),
    "ports": frozenset({"domain", "ports"}),
    "services": frozenset({"domain", "mail", "ports", "services"}),
    "adapters": frozenset({"domain", "mail", "ports", "adapters"}),
    "places": frozenset(),
    "celery_settings": frozenset({"domain"}),
}

#: Join the floors, and so alone may name adapters; the demo sets a stage of its own, the machine hosts processes.
JOINERS = frozenset({"bootstrap", "config", "demo", "machine"})

#: Rooms in which nothing reads a clock or touches the world.
STILL = frozenset({"domain", "mail", "services", "ports"})

#: Standard modules that touch the world, or differ from run to run.
WORLD = frozenset(
    {
        "asyncio",
        "http",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
        "uuid",
    }
)

#: Read a clock, on whatever they are called. The ledger's own `store.now()` is the one clock of the house.
CLOCKS = frozenset({"monotonic", "now", "perf_counter", "time", "time_ns", "today", "utcnow"})
CLOCK_MODULES = frozenset({"date", "datetime", "dt", "time"})

#: Names under which anything could hide.
EMPTY_NAMES = frozenset(
    {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
)

LONGEST_FILE = 250

#: Bodies of fewer statements than this may look alike by chance.
SMALLEST_TWIN = 3


def climbs(path: str, text: str) -> list[str]:
    """Imports that go up the floors, or across from services to adapters."""
    room = room_of(path)
    return [
        f"{path}, line {line}: {room} may not import {module}"
        for module, line in _imports(text)
        if module.partition(".")[0] == "worker" and not _may_import(room, _target(module))
    ]


def touches_the_world(path: str, text: str) -> list[str]:
    """In the still rooms: imports of modules that do I/O, read a clock or throw dice. In domain: any library."""
    room = room_of(path)
    if room not in STILL:
        return []
    return [
        f"{path}, line {line}: {room} may not import {module}"
        for module, line in _imports(text)
        if _of_the_world(module) or (room == "domain" and _foreign(module))
    ]


def reads_the_clock(path: str, text: str) -> list[str]:
    """In the still rooms: calls that ask what time it is of anything but the ledger, and `open()`."""
    if room_of(path) not in STILL:
        return []
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [
        f"{path}, line {call.lineno}: {ast.unparse(call.func)}() is not for this room: hand the answer in"
        for call in calls
        if _asks_a_clock(call.func) or (isinstance(call.func, ast.Name) and call.func.id == "open")
    ]


def takes_a_switch(path: str, text: str) -> list[str]:
    """Boolean parameters outside the command line: two functions or an enum would say what is meant."""
    if room_of(path) == "cli":
        return []
    return [
        f"{path}, line {argument.lineno}: {function.name}({argument.arg}: bool): make two functions or an enum"
        for function in _functions(text)
        for argument in _arguments(function)
        if argument.annotation is not None and _is_bool(argument.annotation)
    ]


def grows_too_long(path: str, text: str) -> list[str]:
    """Files past the budget: split them by idea."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def says_nothing(path: str, _text: str) -> list[str]:
    """Files and folders whose name does not tell what is in them."""
    parts = PurePosixPath(path).with_suffix("").parts
    empty = [word for part in parts for word in part.split("_") if word in EMPTY_NAMES]
    return [f"{path}: call it what it is, not {word!r}" for word in empty]


def stands_twice(texts: Mapping[str, str]) -> list[str]:
    """Functions with the very same body: one of them should call the other."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        for function in _functions(text):
            if _size(function) >= SMALLEST_TWIN:
                found[_shape(function)].append(f"{path}, line {function.lineno}: {function.name}")
    return [" = ".join(places) for places in found.values() if len(places) > 1]


def room_of(path: str) -> str:
    """`worker/mail/frame.py` is in mail, `worker/config.py` is config."""
    return PurePosixPath(path).parts[1].removesuffix(".py")


def _imports(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((module, node.lineno) for module in dict.fromkeys(_full_names(node)))


def _full_names(node: ast.ImportFrom) -> list[str]:
    """Names that can be looked for: `from worker import ports` names worker.ports, and a dot names nothing."""
    if node.level:
        return ["worker.<relative>"]
    module = str(node.module)
    return [f"{module}.{alias.name}" if module in {"worker", "urllib"} else module for alias in node.names]


def _target(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def _may_import(room: str, target: str) -> bool:
    if target == "adapters":
        return room in JOINERS or room == "adapters"
    return target != "<relative>" and (room not in STAIRS or target in STAIRS[room])


def _of_the_world(module: str) -> bool:
    return module in WORLD or module.partition(".")[0] in WORLD


def _foreign(module: str) -> bool:
    top = module.partition(".")[0]
    return top not in sys.stdlib_module_names and top not in {"worker", "__future__"}


def _asks_a_clock(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCKS:
        return False
    owner = ast.unparse(function.value).rpartition(".")[2]
    return owner in CLOCK_MODULES or (function.attr != "time" and owner != "store")


def _functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    given = function.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs]


def _is_bool(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).replace(" | None", "") == "bool"


def _body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def _size(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for part in _body(function) for node in ast.walk(part))


def _shape(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return ast.dump(ast.Module(_body(function), type_ignores=[]))
