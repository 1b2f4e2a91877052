"""What a published record is worth, by itself."""

from __future__ import annotations

import pytest

from worker.domain.dns_records import (
    Key,
    Presence,
    Record,
    dkim_fault,
    dmarc_fault,
    in_zone_file,
    parents,
    spf_fault,
    spf_look_ups,
    wanted,
)

KEY = Key("winter", "cafe.example.org", "rsa", "AAAA")


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["v=spf1 include:relay.example ~all"], ""),
        (["google-site-verification=x", "V=SPF1 a -all"], ""),
        (["v=spf1 redirect=relay.example"], ""),
        ([], "none"),
        (["v=spf10 -all"], "none"),
        (["v=spf1 -all", "v=spf1 ~all"], "several"),
        (["v=spf1 a +all"], "open"),
        (["v=spf1 all"], "open"),
        (["v=spf1 a"], "endless"),
    ],
)
def test_spf(texts: list[str], fault: str) -> None:
    assert spf_fault(texts) == fault


def test_spf_counts_what_asks_dns_and_nothing_else() -> None:
    record = "v=spf1 ip4:192.0.2.0/24 a mx:b.example include:c.example ?exists:%{i}.d -ptr redirect=e.example"

    assert spf_look_ups(record) == (6, ("c.example", "e.example"))
    assert spf_look_ups("v=spf1 ip6:2001:db8::/32 ~all") == (0, ())


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["v=DMARC1; p=none"], ""),
        (["v=DMARC1;p=reject;rua=mailto:a@b.example"], ""),
        (["v=DMARC1"], ""),
        (["v=DMARC1; p=block"], "broken"),
        (["v=DMARC1; p=none", "v=DMARC1; p=none"], "several"),
        (["v=DMARC12; p=none"], "none"),
        ([], "none"),
    ],
)
def test_dmarc(texts: list[str], fault: str) -> None:
    assert dmarc_fault(texts) == fault


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["v=DKIM1; k=rsa; p=AAAA"], ""),
        (["k=rsa; p=AA AA"], ""),
        (["v=DKIM1; p="], "revoked"),
        (["v=DKIM1; p=BBBB"], "another"),
        (["hello"], "none"),
    ],
)
def test_dkim(texts: list[str], fault: str) -> None:
    assert dkim_fault(texts, KEY) == fault


def test_dmarc_is_looked_for_upwards_and_never_at_the_top() -> None:
    assert list(parents("a.cafe.example.org")) == ["a.cafe.example.org", "cafe.example.org", "example.org"]
    assert list(parents("org")) == ["org"]


def test_each_domain_and_key_has_its_record() -> None:
    us = Presence("cafe.example.org", "bounce.cafe.example.org", "relay.example", "pages.example.org", (KEY,))

    assert [(record.purpose, record.name) for record in wanted(us)] == [
        ("spf", "bounce.cafe.example.org"),
        ("spf", "cafe.example.org"),
        ("dkim", "winter._domainkey.cafe.example.org"),
        ("dmarc", "_dmarc.cafe.example.org"),
        ("mx", "bounce.cafe.example.org"),
        ("page", "pages.example.org"),
    ]


@pytest.mark.parametrize(
    ("relay", "term"),
    [
        ("relay.example", "a:relay.example"),
        ("192.0.2.1", "ip4:192.0.2.1"),
        ("2001:db8::1", "ip6:2001:db8::1"),
    ],
)
def test_spf_names_a_relay_as_it_is_named(relay: str, term: str) -> None:
    [spf] = [
        record for record in wanted(Presence("a.example", "a.example", relay, "")) if record.purpose == "spf"
    ]

    assert spf.value == f"v=spf1 {term} ~all"


def test_a_long_key_is_written_in_strings_that_dns_takes() -> None:
    line = in_zone_file(Record("dkim", "a.example", "TXT", "p=" + "x" * 400))

    assert [len(part) for part in line.split('"')[1::2]] == [255, 147]
