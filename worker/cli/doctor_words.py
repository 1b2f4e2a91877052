"""What the doctor says, from `doctor.toml`: for each finding a sentence and, where something is to be done, what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from worker.cli.french import translated
from worker.cli.speech import language, say
from worker.domain.diagnosis import Diagnosis, Verdict
from worker.domain.dns_records import Record


@cache
def told() -> Mapping[str, Mapping[str, str]]:
    """By finding, or `record.<purpose>`: `fr` and `en`, and what to do as `do_fr` and `do_en`."""
    return tomllib.loads(files("worker.cli").joinpath("doctor.toml").read_text("utf-8"))


def sentence(one: Diagnosis) -> str:
    """The finding in the person's language."""
    words = told()[one.finding]
    return say(words["fr"], words["en"]).format_map(_details(one))


def remedy(one: Diagnosis) -> str:
    """What to do about it, "" for nothing."""
    words = told()[one.finding]
    return "" if one.verdict is Verdict.GOOD or "do_en" not in words else say(words["do_fr"], words["do_en"])


def purpose(record: Record) -> str:
    """What a DNS record is for."""
    words = told()[f"record.{record.purpose}"]
    return say(words["fr"], words["en"])


def _details(one: Diagnosis) -> dict[str, str]:
    """What other parts said stands in English below the command line."""
    in_french = language() == "fr"
    return {
        name: translated(value) if name == "says" and in_french else value
        for name, value in one.details.items()
    }
