"""The folder `templates/`, read once."""

from __future__ import annotations

from pathlib import Path

from worker.domain.errors import InvalidFile

_SUFFIXES = {".j2", ".css"}


def read_templates(folder: Path) -> dict[str, str]:
    """Every template's text by its name below the folder, such as `fr/nudge.md.j2`.

    InvalidFile when there is no such folder, or a file is not UTF-8.
    """
    if not folder.is_dir():
        raise InvalidFile(
            file=str(folder),
            line=None,
            key="folder",
            value=None,
            remedy="is not there: set APRES_HOME to the folder that holds templates/",
        )
    files = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
    return {path.relative_to(folder).as_posix(): _text(path) for path in files}


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidFile(
            file=str(path), line=line, key="text", value=None, remedy="is not UTF-8: save the file as UTF-8"
        ) from None
