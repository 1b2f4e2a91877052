"""`apres doctor`: what is in order, and what keeps the house from sending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.cli.doctors import SECRET, ZONE, Doctor
from tests.name_server import NameServer
from tests.relay import PASSWORD, USERNAME, Certificate, Moment, Offers, Relay, Rule
from tests.services.office import office
from tests.web.attendee_site import AttendeeSite


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.made_in(tmp_path_factory.mktemp("certificate"))


def test_a_house_in_order(
    doctor: Doctor, certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = Offers(starttls=certificate, auth="PLAIN LOGIN", extensions=("SIZE 33554432", "PIPELINING"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    with (
        Relay(offers=offers) as relay,
        NameServer(ZONE) as names,
        AttendeeSite(office(), (SECRET.encode(),), certificate) as site,
    ):
        code, found = doctor(
            names.address,
            RELAY_HOST=relay.host,
            RELAY_PORT=relay.port,
            RELAY_TLS="starttls",
            RELAY_USERNAME=USERNAME,
            RELAY_PASSWORD=PASSWORD,
            RELAY_CA_FILE=certificate.cert,
            PAGE_URL=f"https://127.0.0.1:{site.port}",
            MAILBOX_MAILDIR=tmp_path / "maildir",
            RSVP_ADDRESS="rsvp@cafe.example.org",
            OPS_ADDRESS="ops@cafe.example.org",
        )

    assert {name for name, one in found.items() if one["verdict"] == "good"} == {
        "settings.read", "redis.keeps", "clock.agrees", "letters.proofread", "letters.schedules",
        "relay.lets_us_in", "relay.encrypted", "relay.logged_in", "return.made", "mailbox.opens",
        "pages.reached", "pages.one_click", "dns.spf", "dns.dkim", "dns.dmarc", "dns.mx",
    }  # fmt: skip
    assert {name for name, one in found.items() if one["verdict"] != "good"} == {"settings.example_sender"}
    assert found["dns.spf"]["details"]["asked"] == "2"
    assert found["dns.mx"]["details"]["host"] == "mail.cafe.example.org"
    assert found["dns.dmarc"]["details"]["policy"] == "quarantine"
    assert relay.mails == []
    assert code == 0


@pytest.mark.parametrize(
    ("rules", "offers", "settings", "finding"),
    [
        ((Rule(Moment.CONNECT, "554 5.7.1 go away"),), {}, {}, "relay.connect"),
        ((), {}, {"RELAY_TLS": "starttls"}, "relay.connect"),
        (
            (),
            {"auth": "PLAIN"},
            {"RELAY_TLS": "starttls", "RELAY_USERNAME": USERNAME, "RELAY_PASSWORD": "no"},
            "relay.authentication",
        ),
        ((), {}, {}, "relay.in_clear"),
    ],
)
def test_what_keeps_the_relay_from_letting_us_in(
    doctor: Doctor, certificate: Certificate, rules: Any, offers: Any, settings: Any, finding: str
) -> None:
    offered = Offers(starttls=certificate if "auth" in offers else None, **offers)
    with Relay(*rules, offers=offered) as relay:
        _, found = doctor(
            RELAY_HOST=relay.host, RELAY_PORT=relay.port, RELAY_CA_FILE=certificate.cert, **settings
        )

    assert finding in found
    assert found[finding]["remedy"] or found[finding]["verdict"] == "good"


def test_a_forgetful_redis_is_told_with_its_remedy(doctor: Doctor, redis: Redis) -> None:
    redis.config_set("appendfsync", "everysec")
    redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        code, found = doctor()
    finally:
        redis.config_set("appendfsync", "always")
        redis.config_set("maxmemory-policy", "noeviction")

    assert code == 1
    assert found["redis.fault"]["verdict"] == "wrong"
    assert "CONFIG SET" in found["redis.fault"]["says"]


def test_everything_down_is_told_one_by_one_and_nothing_stops_the_look(
    doctor: Doctor, tmp_path: Path
) -> None:
    (tmp_path / "templates").mkdir()
    code, found = doctor(
        "127.0.0.1:9",
        REDIS_URL="redis://127.0.0.1:9",
        RELAY_PORT="9",
        PAGE_URL="https://127.0.0.1:9",
        MAILBOX_HOST="127.0.0.1",
        MAILBOX_PORT="9",
        MAILBOX_TLS="none",
        HOME=tmp_path,
    )

    assert code == 1
    assert {
        "redis.unreachable",
        "letters.refused",
        "relay.connect",
        "pages.unreachable",
        "mailbox.closed",
    } <= set(found)
    assert found["dns.silent"]["verdict"] == "unknown"
