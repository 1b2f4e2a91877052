"""django-post_office as its documentation sets it up: queue every mail, then send the queue.

Run by an interpreter of its own:

    python post_office_run.py HOST PORT COUNT SIZE FOLDER

SIZE is what one mail has on the wire, in octets. Prints {"messages": n, "seconds": s}; the clock runs from the first
enqueue to the end of the queue. Bodies are rendered beforehand, which is kind to it; SQLite writes ahead, two processes
send.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

#: A sentence, and what one more of it adds to a mail: quoted-printable, and its part of the headers.
_SENTENCE, _WEIGHT = "Entre le virtuel et le réel. ", 36


def main(host: str, port: int, count: int, size: int, folder: Path) -> None:
    """One run."""
    _set_up(host, port, folder)
    from post_office import mail  # noqa: PLC0415 - Django must be set up before

    body = f"<p>{_SENTENCE * (size // _WEIGHT)}</p>"
    began = time.perf_counter()
    mail.send_many(
        [
            {
                "sender": "cafe@example.org",
                "recipients": [f"p{number}@example.org"],
                "subject": f"Merci Zoé {number}",
                "message": f"Bonjour Zoé {number},\n\nmerci de votre présence.\n",
                "html_message": f"<p>Bonjour Zoé {number},</p>{body}",
            }
            for number in range(count)
        ]
    )
    mail.send_queued_mail_until_done(processes=2)
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"messages": count, "seconds": seconds}) + "\n")


def _set_up(host: str, port: int, folder: Path) -> None:
    settings.configure(
        INSTALLED_APPS=["post_office"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "queue.sqlite3"),
                "OPTIONS": {"timeout": 60, "init_command": "PRAGMA journal_mode=WAL"},
            }
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        EMAIL_HOST=host,
        EMAIL_PORT=port,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        POST_OFFICE={"BATCH_SIZE": 1000, "LOG_LEVEL": 0, "BATCH_DELIVERY_TIMEOUT": 600},
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
