"""A new secret must not make strangers of people we know."""

from __future__ import annotations

import pytest

from tests.journeys.house import House
from worker import bootstrap


def test_people_are_recognised_after_a_change_of_secret(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.tools.fingerprint("zoe@example.org")

    monkeypatch.setenv("APRES_SECRET", "a new and longer secret")
    monkeypatch.setenv("APRES_OLD_SECRETS", '["apres-local-secret"]')
    bootstrap.forget()

    assert house.tools.fingerprint("ZOE@example.org") == before
