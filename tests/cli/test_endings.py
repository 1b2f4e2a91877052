"""How commands end: exit codes, and one sentence instead of a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as NoRedis

from tests.cli.conftest import Apres
from worker import bootstrap
from worker.__main__ import run
from worker.cli import wiring
from worker.cli.speech import counted, language, say


def failing_with(error: BaseException) -> object:
    def tools() -> None:
        raise error

    return tools


def test_an_unknown_command_is_refused(apres: Apres) -> None:
    said = apres("nonsense")

    assert said.code == 2
    assert "No such command" in said.err


def test_an_interruption_is_no_error(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "tools", failing_with(KeyboardInterrupt()))

    assert apres("todo").code == 130


def test_a_redis_that_does_not_answer_is_said_in_a_sentence(
    apres: Apres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "tools", failing_with(NoRedis("connection refused")))

    said = apres("todo")

    assert said.code == 2
    assert said.err.startswith("Redis does not answer")


@pytest.mark.parametrize("url", ["nonsense", "http://cafe", "redis://anne:se@cret@host:abc/0"])
def test_what_is_no_redis_is_refused_with_the_remedy_and_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    bootstrap.forget()
    monkeypatch.setenv("APRES_REDIS_URL", url)

    code = run(["todo"])

    said = capsys.readouterr().err
    bootstrap.forget()
    assert code == 2
    assert "APRES_REDIS_URL: write redis://" in said
    assert "cret" not in said


def test_our_own_mistake_is_one_sentence_and_a_log_without_anybodys_words(
    apres: Apres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("APRES_DATA", str(tmp_path))
    monkeypatch.setattr(wiring, "tools", failing_with(RuntimeError("no room for anne@example.org")))

    said = apres("todo")

    log = (tmp_path / "logs" / "apres.log").read_text("utf-8")
    assert said.code == 70
    assert "Traceback" not in said.err
    assert "anne" not in log
    assert "RuntimeError" in log


def test_help_teaches_with_an_example(apres: Apres) -> None:
    for command in ("plan", "arm", "why", "send-test", "suppress", "up", "guests mark", "relay resume"):
        assert f"apres {command}" in apres(f"{command} --help").out.partition("Options")[0].replace(
            "Usage:", "", 1
        )


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "APRES_LANGUAGE": "fr"}, "fr"),
    ],
)
def test_french_is_spoken_unless_the_locale_is_english(
    environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("APRES_LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert language() == spoken


def test_french_is_set_as_french_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    assert say("C'est prêt : « oui » !", "") == "C’est prêt\u00a0: «\u00a0oui\u00a0»\u00a0!"


@pytest.mark.parametrize(
    ("spoken", "zero", "two"), [("fr", "0 mail prévu", "2 mails prévus"), ("en", "0 mails", "2 mails")]
)
def test_plurals_follow_the_language(
    spoken: str, zero: str, two: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", spoken)

    assert (counted(0, "mail prévu", "mail"), counted(2, "mail prévu", "mail")) == (zero, two)


def test_a_word_that_ends_in_s_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    assert counted(2, "mail remis", "mail") == "2 mails remis"
