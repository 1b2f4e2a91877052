"""An edition file as small as one may be."""

from __future__ import annotations

from pathlib import Path

from worker.adapters.edition_files import read_edition
from worker.domain.edition import (
    Edition,
)

SMALL = """\
[series]
id = "cafe"
name = "Café des Victoires"
postal_address = "4 place des Victoires, 75002 Paris"

[edition]
number = 12
title = "La marque personnelle"
start = "2026-12-08 08:30"
end = "2026-12-08 10:00"
zone = "Europe/Paris"
language = "fr"

[venue]
name = "Le Petit Victoire"
address = "4 place des Victoires"

[[organizers]]
name = "Paule Renan"
address = "paule@cafe.example.org"
"""


NEXT = """
[next]
number = 13
title = "Dire non"
start = 2027-01-12 08:30:00
end = 2027-01-12 10:00:00
"""


NOTES = """
[notes]
ready = true
[[notes.extracts]]
text = "Une question."
author = "Claire Vasseur"
author_agreed = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "cafe-12.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Edition:
    return read_edition(written(folder, text))
