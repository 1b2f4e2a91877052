"""In CI a skipped test is a failed one: only the corpus, which lies beside the checkout, may be missing."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

#: The one marker whose tests may be skipped anywhere.
EXCUSED = "corpus"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure that repeats its reason, when `CI=true`. An expected failure stays one."""
    report = yield
    if _in_ci() and report.skipped and not hasattr(report, "wasxfail") and EXCUSED not in item.keywords:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be missing: {_reason(report)}"
    return report


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
