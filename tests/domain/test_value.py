"""A quick value is what a frozen dataclass would be, and mypy keeps it so."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest
from mypy import api

from worker.domain.value import value


@value(frozen=True, slots=True)
class Quick:
    """Two fields, one with a default."""

    name: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Plain:
    """The same."""

    name: str
    number: int = 0


def test_it_compares_hashes_and_is_replaced_as_a_frozen_one() -> None:
    quick, plain = Quick("a", 1), Plain("a", 1)

    assert quick == Quick("a", 1) != Quick("a", 2)
    assert hash(quick) == hash(plain)
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert replace(quick, number=2) == Quick("a", 2)
    assert [field.name for field in fields(Quick)] == [field.name for field in fields(Plain)]
    assert not hasattr(quick, "__dict__")


def test_a_hash_of_its_own_stays() -> None:
    @value(frozen=True, slots=True)
    class Own:
        name: str

        def __hash__(self) -> int:
            return 7

    assert hash(Own("a")) == 7
    assert Own("a") == Own("a")


@pytest.mark.exhaustive
def test_whoever_changes_one_is_told_by_mypy(tmp_path: Path) -> None:
    program = tmp_path / "changes.py"
    program.write_text("from tests.domain.test_value import Quick\nQuick('a').number = 2\n", "utf-8")

    said, _, status = api.run(["--cache-dir", str(tmp_path / "cache"), str(program)])

    assert status == 1
    assert 'Property "number" defined in "Quick" is read-only' in said
