"""Why nothing leaves, in sentences."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Apres
from tests.services.office import store_of
from worker.cli.relay_words import relay_sentences
from worker.domain.pace import RelayLimits
from worker.domain.relay import Strain
from worker.domain.relay_state import RelayState
from worker.domain.slowdown import FewerLines, Slowdown
from worker.services.tools import Tools

NOON = 1_796_727_600_000.0
TROUBLES = RelayState(
    limits=RelayLimits(per_second=5, per_day=2, connections=4),
    now=NOON,
    failures=1,
    closed_until=NOON + 5000,
    spent={int(NOON // 900_000): 2},
    slowdown=Slowdown(2.5, 5, NOON, NOON - 60_000, "421 4.7.0 slow down"),
    fewer=FewerLines(1, NOON),
)


def test_while_mail_flows_nothing_is_said() -> None:
    assert relay_sentences(RelayState(RelayLimits(5, 100, 4), NOON), None) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["does not answer", "is used up", "2.5 mails a second since", "1 connection instead of 4"]),
        ("fr", ["ne répond pas", "est épuisé", "2,5 mails par seconde depuis", "1 connexion au lieu de 4"]),
    ],
)
def test_each_hindrance_has_its_sentence(
    monkeypatch: pytest.MonkeyPatch, language: str, words: list[str]
) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", language)

    sentences = [sentence.replace("\u00a0", " ") for sentence in relay_sentences(TROUBLES, None)]

    assert len(sentences) == 4
    assert all(word in sentence for word, sentence in zip(words, sentences, strict=True))


def test_a_mail_on_trial_is_told() -> None:
    [sentence] = relay_sentences(RelayState(now=NOON, failures=2, closed_until=NOON + 1, trial="t"), None)

    assert "one mail is on trial" in sentence or "un mail part à l’essai" in sentence


def test_status_and_todo_say_why_nothing_leaves(apres: Apres, tools: Tools) -> None:
    tools.store.relay_failed()

    assert "does not answer" in apres("status cafe-12").out
    said = apres("todo")
    assert "does not answer" in said.out
    assert said.code == 0


def test_machines_are_told_too(apres: Apres, tools: Tools) -> None:
    store_of(tools).memory.passed += [store_of(tools).relay_state().now] * 100
    tools.store.relay_strained(Strain.RATE, "421 4.7.0 slow down")

    told = json.loads(apres("status cafe-12 --json").out)["relay"]

    assert told["slowed_to"] == 50
    assert told["slowed_since"].startswith("2026-12-08")
    assert told["unreachable_until"] is None
