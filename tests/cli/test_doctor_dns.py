"""`apres doctor`: what the DNS says, and the words for every finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.doctors import PUBLIC, ZONE, Doctor
from tests.name_server import NameServer, Zone
from tests.services.office import office
from tests.web.attendee_site import AttendeeSite
from worker import bootstrap
from worker.__main__ import run
from worker.cli.doctor_words import told

WORKER = Path(__file__).parents[2] / "worker"


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
    doctor(RELAY_PORT="9")  # where nothing listens, whatever else runs on this machine
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
