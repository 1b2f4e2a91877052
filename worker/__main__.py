"""`python -m worker`, and the command `apres`: never a traceback for what a person can put right."""

from __future__ import annotations

import os
import sys

import typer
from typer.rich_utils import rich_format_error

from worker.cli import app
from worker.cli.ending import INTERRUPTED, REFUSED, exit_code


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; gives its exit code (see `cli.ending`)."""
    try:
        return int(app(arguments, prog_name="apres", standalone_mode=False) or 0)
    except typer.TyperException as error:
        rich_format_error(error)  # type: ignore[arg-type]  # typed for the only subclass there is
        return REFUSED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # `apres why … | head`: the reader has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last door: every other error becomes a sentence
        return exit_code(error)


if __name__ == "__main__":
    main()
