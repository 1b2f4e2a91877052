"""Addresses as people type and paste them, judged without the network."""

from __future__ import annotations

import pytest

from worker.adapters.addresses import judge_address


@pytest.mark.parametrize(
    "typed",
    [
        "zoe@example.org",
        "\u00a0zoe@example.org\u202f",
        "Zoé Lefèvre <zoe@example.org>",
        '"Lefèvre, Zoé" <zoe@example.org>',
        "<zoe@example.org>;",
        "mailto:zoe@example.org",
    ],
)
def test_an_address_is_found_in_what_people_paste(typed: str) -> None:
    assert judge_address(typed).address == "zoe@example.org"


def test_a_domain_with_accents_is_written_as_dns_knows_it() -> None:
    assert judge_address("zoe@café.example.org").address == "zoe@xn--caf-dma.example.org"


def test_accents_before_the_at_stay() -> None:
    assert judge_address("Jose\u0301@example.org").address == "José@example.org"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("zoe (at) example.org", "@-sign"),
        ("zoe@example.org, abel@example.org", "invalid characters"),
        ("Zoé <zoe@example.org> <abel@example.org>", "invalid"),
        ("zoe@example", "period"),
    ],
)
def test_what_cannot_be_mailed_is_refused_with_the_reason(typed: str, problem: str) -> None:
    judged = judge_address(typed)

    assert judged.address == ""
    assert problem in judged.problem
