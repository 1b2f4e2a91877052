"""The command line on memory twins: `apres("plan cafe-12")` gives its exit code and what it said."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from redis import Redis

from tests.cli.doctors import KEY, SECRET, Doctor, Findings
from tests.sample import guest
from tests.services.office import office, opened
from worker import bootstrap
from worker.__main__ import run
from worker.adapters.redis_server import RunningServer
from worker.cli import wiring
from worker.domain.person import Consent, Presence
from worker.services.setting import known_edition
from worker.services.tools import Tools


@dataclass(frozen=True)
class Said:
    """How a command ended. Spaces that do not break are plain here, so that tests can be typed."""

    code: int
    out: str
    err: str


Apres = Callable[..., Said]


@pytest.fixture
def tools() -> Tools:
    """Edition 12 just over: Anne and Bruno came and may be introduced, Clara did not come, Denis is not marked."""
    tools, here, agreed = office(), Presence.PRESENT, Consent.GIVEN
    came = [guest(name, presence=here, introduced=agreed) for name in ("Anne", "Bruno")]
    opened(tools, *came, guest("Clara", presence=Presence.ABSENT), guest("Denis"))
    return tools


@pytest.fixture
def apres(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Apres:
    """Run one command line in English (or as APRES_LANGUAGE says), 80 columns wide, nobody at the keyboard."""
    monkeypatch.setattr(wiring, "tools", lambda: tools)
    monkeypatch.setattr(wiring, "edition", lambda named: known_edition(tools.store, named))
    monkeypatch.setattr(wiring, "data", lambda: tmp_path)
    monkeypatch.setenv("APRES_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")

    def command(line: str) -> Said:
        code = run(shlex.split(line))
        out, err = capsys.readouterr()
        return Said(code, _plain(out), _plain(err))

    return command


@pytest.fixture
def doctor(
    redis_server: RunningServer,
    redis: Redis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Doctor]:
    """Ask the doctor with these settings; gives the exit code and the findings by name."""
    (tmp_path / "dkim.pem").write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    usual = {
        "LANGUAGE": "en",
        "DATA": str(tmp_path / "data"),
        "REDIS_URL": redis_server.url,
        "SECRET": SECRET,
        "BOUNCE_DOMAIN": "bounce.cafe.example.org",
        "DKIM_KEYS": json.dumps([f"spring:{tmp_path / 'dkim.pem'}"]),
    }

    def ask(resolver: str = "", **settings: object) -> tuple[int, Findings]:
        for name, value in {**usual, **settings}.items():
            monkeypatch.setenv(f"APRES_{name}", str(value))
        bootstrap.forget()
        code = run(["doctor", "--json", *(["--resolver", resolver] if resolver else [])])
        return code, {one["finding"]: one for one in json.loads(capsys.readouterr().out)["findings"]}

    yield ask
    bootstrap.forget()


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
