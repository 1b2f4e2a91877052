"""`apres doctor` before real servers of its own: each thing that is well, and each that is not, with its remedy."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from redis import Redis

from tests.name_server import NameServer, Zone
from tests.relay import PASSWORD, USERNAME, Certificate, Moment, Offers, Relay, Rule
from tests.services.office import office
from tests.web.attendee_site import AttendeeSite
from worker import bootstrap
from worker.__main__ import run
from worker.adapters.redis_server import RunningServer
from worker.cli.doctor_words import told

SECRET = "a secret of the doctor's tests"
WORKER = Path(__file__).parents[2] / "worker"
KEY = Ed25519PrivateKey.generate()
PUBLIC = base64.b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
ZONE: Zone = {
    ("cafe.example.org", "TXT"): ('"v=spf1 include:_spf.relay.example ~all"',),
    ("_spf.relay.example", "TXT"): ('"v=spf1 ip4:192.0.2.0/24 a -all"',),
    ("bounce.cafe.example.org", "TXT"): ('"v=spf1 include:_spf.relay.example ~all"',),
    ("bounce.cafe.example.org", "MX"): ("20 spare.example.", "10 mail.cafe.example.org."),
    ("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=quarantine"',),
    ("spring._domainkey.cafe.example.org", "TXT"): (f'"v=DKIM1; k=ed25519; p={PUBLIC}"',),
    ("127.0.0.1", "A"): ("127.0.0.1",),
}

WRONG_PASSWORD = {"RELAY_TLS": "starttls", "RELAY_USERNAME": USERNAME, "RELAY_PASSWORD": "no"}

Findings = dict[str, dict[str, Any]]
Doctor = Callable[..., tuple[int, Findings]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.made_in(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def doctor(
    redis_server: RunningServer,
    redis: Redis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Doctor]:
    """Ask the doctor with these settings; gives the exit code and the findings by name."""
    (tmp_path / "dkim.pem").write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    usual = {
        "LANGUAGE": "en",
        "DATA": str(tmp_path / "data"),
        "REDIS_URL": redis_server.url,
        "SECRET": SECRET,
        "BOUNCE_DOMAIN": "bounce.cafe.example.org",
        "DKIM_KEYS": json.dumps([f"spring:{tmp_path / 'dkim.pem'}"]),
    }

    def ask(resolver: str = "", **settings: object) -> tuple[int, Findings]:
        for name, value in {**usual, **settings}.items():
            monkeypatch.setenv(f"APRES_{name}", str(value))
        bootstrap.forget()
        code = run(["doctor", "--json", *(["--resolver", resolver] if resolver else [])])
        return code, {one["finding"]: one for one in json.loads(capsys.readouterr().out)["findings"]}

    yield ask
    bootstrap.forget()


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


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({("cafe.example.org", "TXT"): ()}, "dns.spf_none"),
        ({("cafe.example.org", "TXT"): ('"v=spf1 a +all"',)}, "dns.spf_open"),
        ({("cafe.example.org", "TXT"): ('"v=spf1 a"',)}, "dns.spf_endless"),
        ({("cafe.example.org", "TXT"): ('"v=spf1 -all"', '"v=spf1 ~all"')}, "dns.spf_several"),
        ({("_spf.relay.example", "TXT"): ('"v=spf1 include:_spf.relay.example a mx -all"',)}, "dns.spf_long"),
        ({("_dmarc.example.org", "TXT"): ()}, "dns.dmarc_none"),
        ({("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=perhaps"',)}, "dns.dmarc_broken"),
        (
            {("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=none"', '"v=DMARC1; p=reject"')},
            "dns.dmarc_several",
        ),
        ({("spring._domainkey.cafe.example.org", "TXT"): ()}, "dns.dkim_none"),
        ({("spring._domainkey.cafe.example.org", "TXT"): ('"v=DKIM1; p="',)}, "dns.dkim_revoked"),
        ({("spring._domainkey.cafe.example.org", "TXT"): ('"v=DKIM1; p=AAAA"',)}, "dns.dkim_another"),
        ({("bounce.cafe.example.org", "MX"): ()}, "dns.mx_none"),
        ({("bounce.cafe.example.org", "MX"): ("0 .",)}, "dns.mx_none"),
    ],
)
def test_what_dns_says_otherwise(doctor: Doctor, change: Zone, finding: str) -> None:
    with NameServer({**ZONE, **change}) as names:
        code, found = doctor(names.address)

    assert (code, found[finding]["verdict"]) == (1, "wrong")
    assert found[finding]["remedy"]


def test_a_page_that_is_not_ours_or_not_encrypted(doctor: Doctor) -> None:
    with AttendeeSite(office(), (b"another secret",)) as site:
        _, found = doctor(PAGE_URL=f"http://127.0.0.1:{site.port}")

    assert found["pages.in_clear"]["verdict"] == "wrong"
    assert found["pages.no_click"]["details"]["status"] == "404"


def test_it_speaks_french_and_prints_the_records(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor()
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    run(["doctor"])

    said = capsys.readouterr().out
    assert "→ lancez apres up" in said or "→ vérifiez APRES_RELAY_HOST" in said
    assert f'spring._domainkey.cafe.example.org. IN TXT "v=DKIM1; k=ed25519; p={PUBLIC}"' in said
    assert "_dmarc.cafe.example.org. IN TXT" in said
    assert "bounce.cafe.example.org. IN MX" in said


@pytest.mark.parametrize("sender", ["cafe@gmail.com", "cafe@orange.fr", "no-reply@cafe.example.org"])
def test_a_sender_that_would_not_arrive_is_refused_at_the_start(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sender: str
) -> None:
    doctor()
    monkeypatch.setenv("APRES_SENDER_ADDRESS", sender)
    bootstrap.forget()

    assert run(["doctor"]) == 2
    assert "sender_address" in capsys.readouterr().err


def test_no_finding_is_without_its_words() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((WORKER / "machine").glob("doctor*.py")))
    named = set(re.findall(r'(?:good|warning|wrong|unknown)\)?\(\s*"([a-z_.]+)"', source)) | set(
        re.findall(r'"(relay\.[a-z_]+)"', source)
    )
    parts = set(re.findall(r'^        \("([a-z]+)", ', source, re.MULTILINE))
    by_fault = {
        *(f"dns.spf_{fault}" for fault in ("none", "several", "open", "endless")),
        *(f"dns.dmarc_{fault}" for fault in ("none", "several", "broken")),
        *(f"dns.dkim_{fault}" for fault in ("none", "revoked", "another")),
        *(f"{part}.{how}" for part in parts for how in ("refused", "unreachable")),
    }

    assert len(named) > 30
    assert len(parts) == 9
    assert (named | by_fault) - set(told()) == set()
    assert {"fr", "en"} <= set.intersection(*(set(words) for words in told().values()))
