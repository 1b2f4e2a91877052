"""What is written down of an error names the place and the kind, and nobody."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from worker.domain.mishap import in_short, told_of
from worker.domain.person import Guest

SOMEBODY = "Zoé Éluard <zoe@example.org>"


def fail(words: str) -> None:
    try:
        dict[str, str]()[words]
    except KeyError as first:
        raise ValueError(f"cannot use {words}") from first


def test_the_places_and_kinds_of_a_chain_of_errors_are_told_without_their_words() -> None:
    with pytest.raises(ValueError, match="luard") as wrong:
        fail(SOMEBODY)

    told = told_of(wrong.value)

    assert told.count("in fail") == 2
    assert told.index("KeyError") < told.index("which led to:") < told.index("ValueError: (what it says")
    assert "luard" not in told
    assert "@" not in told


def test_what_a_validator_found_wrong_is_not_told() -> None:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(Guest).validate_python({"person": {"name": SOMEBODY}})

    assert "luard" in str(wrong.value)
    assert "luard" not in told_of(wrong.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "[Errno 111] Connection refused"),
        (OSError("nobody called zoe@example.org"), "nobody called (address)"),
    ],
)
def test_what_speaks_of_machines_is_told(error: OSError, words: str) -> None:
    assert in_short(error) == f"{type(error).__name__}: {words}"
