"""The file in which somebody rewrites a mail, and the editor that opens it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from worker.cli import wiring
from worker.cli.speech import say
from worker.domain.errors import InvalidFile, Refused
from worker.domain.message import MessageKey


def file_of(key: MessageKey) -> Path:
    """Where the text of this mail lies while it is being written."""
    return wiring.data() / "drafts" / f"{key}.md"


def write_draft(file: Path, text: str) -> None:
    """For nobody else's eyes: it speaks of a person."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as made:
        made.write(text)


def read_draft(file: str) -> str:
    """The text of a file, or of standard input for a dash; InvalidFile and Refused say why it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "this is not UTF-8: save the file as UTF-8"
        raise InvalidFile(file=file, line=line, key="character", value=None, remedy=remedy) from None
    except OSError as error:
        raise Refused(
            say(f"impossible de lire {file} ({error.strerror})", f"cannot read {file} ({error.strerror})")
        ) from error


def open_in(editor: str, file: Path) -> None:
    """Until the editor is closed; Refused when it ended badly, and the file stays."""
    try:
        ended = subprocess.run([*shlex.split(editor), str(file)], check=False).returncode
    except (OSError, ValueError):
        ended = 127
    if ended:
        raise Refused(
            say(
                f"l’éditeur « {editor} » s’est arrêté (code {ended}) : rien n’est gardé, le texte reste dans {file}",
                f"the editor {editor!r} stopped (code {ended}): nothing is kept, the text stays in {file}",
            )
        )
