"""CI may not quietly leave a test out."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

SKIPPING = """
import pytest

def test_wants_a_server():
    pytest.skip("no server here")

@pytest.mark.skip(reason="another day")
def test_never_begun():
    pass

@pytest.mark.corpus
def test_wants_the_corpus():
    pytest.skip("no corpus here")

@pytest.mark.xfail(reason="known")
def test_known_to_fail():
    assert False
"""


@pytest.fixture
def skipping(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite that skips in every way."""
    pytester.makeini("[pytest]\nmarkers = corpus: may be missing\n")
    pytester.makepyfile(SKIPPING)
    return pytester


def test_a_skip_is_a_failure_in_ci(skipping: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    result = skipping.runpytest_inprocess("-p", "tests.plugins.no_skips", "-rf")

    outcomes = result.parseoutcomes()
    assert outcomes["skipped"] == outcomes["xfailed"] == 1
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 2
    result.stdout.fnmatch_lines(["*skipped in CI, where nothing may be missing*no server here*"])


def test_a_skip_is_a_skip_at_home(skipping: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    result = skipping.runpytest_inprocess("-p", "tests.plugins.no_skips")

    result.assert_outcomes(skipped=3, xfailed=1)
