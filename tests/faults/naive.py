"""The naive twin: one Celery task for each mail, set up as "best practice" has it.

Late acknowledgements, redelivery when a worker is lost, automatic retries, a short visibility timeout, and
smtplib.sendmail. Driven by the same relay and the same faults, it loses mails and sends some twice.
"""

from __future__ import annotations

import os
import smtplib

from celery import Celery

app = Celery("naive", broker=os.environ.get("NAIVE_BROKER", ""))
app.conf.update(
    task_ignore_result=True,
    task_default_queue="naive",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=4,
    broker_transport_options={"visibility_timeout": 5},
    broker_connection_retry_on_startup=True,
)


@app.task(name="naive.send", autoretry_for=(smtplib.SMTPException, OSError), retry_backoff=1, max_retries=5)
def send(number: int) -> None:
    """One mail, one connection."""
    with smtplib.SMTP("127.0.0.1", int(os.environ["NAIVE_PORT"]), timeout=3) as relay:
        mail = f"Message-ID: <naive.{number}@example.org>\r\nSubject: merci\r\n\r\nBonjour {number}\r\n"
        relay.sendmail("cafe@example.org", [f"n{number}@example.org"], mail)
