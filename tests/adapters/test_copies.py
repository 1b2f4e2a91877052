"""What lies beside the ledger goes when it is old, and stays while it is young."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from redis import Redis

from worker.adapters.copies import DataFolder
from worker.domain.erasure import Forgotten

DAY = 24 * 3600


def test_old_previews_logs_and_mails_go_and_the_rest_stays(data: Path, redis: Redis) -> None:
    places = (
        "previews/cafe-12/index.html",
        "drafts/cafe-12.nudge.anne.md",
        "inbox/new/1.mail",
        "logs/worker.log",
        "rights/refusals.log",
    )
    for age in (10, 40):
        for place in places:
            file = data / place
            file = file.with_name(f"{age}-{file.name}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("…")
            os.utime(file, (time.time() - age * DAY,) * 2)

    DataFolder(data, lambda: redis).drop_older(timedelta(days=30))

    left = sorted(str(file.relative_to(data)) for file in data.rglob("*") if file.is_file())
    assert left == [
        "drafts/10-cafe-12.nudge.anne.md",
        "inbox/new/10-1.mail",
        "logs/10-worker.log",
        "previews/cafe-12/10-index.html",
        "rights/10-refusals.log",
        "rights/40-refusals.log",
    ]


def test_of_maildirs_the_mails_about_somebody_go_however_they_are_encoded(data: Path, redis: Redis) -> None:
    words = "=?utf-8?q?Z=C3=A9phyrine_Quatrebarbes?="
    mails = {
        "inbox/new/1": b"To: zephyrine.q@example.org\r\n\r\nBonjour\r\n",
        "answers/.Done/cur/2:2,": f"From: {words} <z@example.net>\r\n\r\nOui\r\n".encode(),
        "inbox/cur/3": b"Subject: Re\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"avec Z=C3=A9phyrine Quatre=\r\nbarbes\r\n",
        "drafts/cafe-12.nudge.bruno.md": "Zéphyrine\nQuatrebarbes vous salue.".encode(),
        "drafts/cafe-12.nudge.pl3pcgf7ik.md": b"Bonjour,",
        "inbox/cur/4": b"To: bruno@example.org\r\n\r\nBonjour\r\n",
    }
    for name, raw in mails.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(raw)
    gone = Forgotten(
        "pl3pcgf7ik", "print", frozenset({"zephyrine.q@example.org"}), frozenset({"Zéphyrine Quatrebarbes"})
    )

    DataFolder(data, lambda: redis).forget_person(gone)

    left = sorted(str(file.relative_to(data)) for file in data.rglob("*") if file.is_file())
    assert left == ["inbox/cur/4"]
