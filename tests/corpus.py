"""The collected mails: beside the checkout, or where APRES_CORPUS says. They are not ours to commit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.house.tree import CHECKOUT

CALENDARS = Path(os.environ.get("APRES_CORPUS") or CHECKOUT.parent / "shared" / "corpus") / "calendar"

#: For a test that needs them.
needs_corpus = pytest.mark.skipif(
    not CALENDARS.is_dir(), reason="the collected mails are not beside the checkout"
)

BOUNCES = CALENDARS.parent / "bounces"
