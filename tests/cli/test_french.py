"""Errors speak French to whoever does: the catalogue has every sentence that an organizer may meet, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from tests.house.sentences import sentences
from worker.adapters.addresses import judge_address
from worker.adapters.edition_files import read_edition
from worker.cli.french import HOLE, catalogue, in_french, translated
from worker.domain.errors import ApresError, InvalidFile, InvalidRule, Refused
from worker.domain.rule import parse_rule
from worker.mail.loading import proofread_draft

_TYPED = [
    "zoe",
    "@b.fr",
    "zoe@",
    "zoe@b,fr",
    "z;oe@b.fr",
    "zoe@b",
    "zoe@b.1",
    "zoe@b.test",
    "zoe@[127.0.0.1]",
    "z..e@b.fr",
    ".zoe@b.fr",
    "zoe@b.fr.",
    "zoe@-b.fr",
    "zoe@.b.fr",
    "zoe.@b.fr",
    "zoe@b-.fr",
    "zoe@xn--a.fr",
]


def test_every_sentence_has_its_french() -> None:
    missing = {sentence for sentence in sentences() if sentence not in catalogue()}

    assert missing == set()


def test_every_value_of_a_sentence_is_said_in_french_too() -> None:
    lost = {
        english: french
        for english, french in catalogue().items()
        if sorted(map(int, re.findall(r"\{(\d+)\}", french))) != list(range(english.count(HOLE)))
    }

    assert lost == {}


def test_values_stay_and_words_are_translated() -> None:
    error = Refused("cafe-12 is armed already; see: apres status cafe-12")

    assert in_french(error) == "cafe-12 est déjà armée ; voir : apres status cafe-12"


def test_what_nobody_translated_stays_as_it_is() -> None:
    assert translated("port 8025 is taken by the moon") == "port 8025 is taken by the moon"


@pytest.mark.parametrize(
    "typed",
    [*_TYPED, f"{'z' * 300}@b.fr", f"zoe@{'b' * 250}.fr"],
)
def test_what_is_wrong_with_an_address_is_said_in_french(typed: str) -> None:
    said = translated(f"{typed}: {judge_address(typed).problem}")

    assert said.startswith(f"{typed} : ")


def test_a_mistake_in_a_file_names_line_key_value_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "cafe.toml"
    file.write_text('[series]\nid = "cafe"\nname = "Café"\naddress = 12\n')

    with pytest.raises(ApresError) as caught:
        read_edition(file)

    said = in_french(caught.value)
    assert said.startswith(
        "cafe.toml, ligne 4 : series.address = 12 : cette ligne n’est pas connue ; vouliez-vous dire"
    )


@pytest.mark.parametrize(
    "draft",
    [
        *("{{ 1 / 0 }}", "{% for n in range(10**9) %}a{% endfor %}", "a" * 70_000, "{{ " + "(" * 999),
        *("{{ (", "{% if x", "{{ a b }}", "{% if %}", "{{ 'x }}", "{% endif %}", "{% if guest %}x"),
        *("{% if guest %}x{% endfor %}", "{{ guest..name }}", "{# x", "{% raw %}x"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_in_french(draft: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        proofread_draft(draft, "fr", {})

    assert translated(caught.value.remedy) != caught.value.remedy


def test_a_moment_that_cannot_be_read_is_explained() -> None:
    with pytest.raises(InvalidRule) as caught:
        parse_rule("fin + 3")

    assert in_french(caught.value).startswith("'fin + 3' n’est pas un moment : comptez en min, h, jours")


def test_a_french_session_is_refused_in_french(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    said = apres("pause cafe-12")

    assert (said.code, said.err.strip()) == (
        2,
        "cafe-12 est à l’état de brouillon : seule une campagne armée peut être mise en pause",
    )
