"""Answers through real Celery, Redis, SMTP and Dovecot: invited, said yes, counted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.dovecot import PASSWORD, USER, Dovecot, program
from tests.journeys.house import House, people
from tests.mail.answering import Event, Post, calendar
from tests.mail.reports import dsn
from worker import bootstrap
from worker.domain.answer import Partstat, Stance, in_force
from worker.domain.change import Details
from worker.domain.person import Guest
from worker.domain.suppression import Cause
from worker.services import campaign
from worker.services.answer_sheet import answer_sheet
from worker.services.edition_changes import call_off, change
from worker.services.invitations import invitation

pytestmark = pytest.mark.skipif(program() is None, reason="dovecot is not installed: make tools")


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """The mailbox that invitations name."""
    server = Dovecot.started()
    yield server
    server.stop()


@pytest.fixture
def house(house: House, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose invitations are answered to that mailbox, which is read twice a second."""
    settings = {
        "APRES_RSVP_ADDRESS": "rsvp@cafe.example.org",
        "APRES_MAILBOX_HOST": "127.0.0.1",
        "APRES_MAILBOX_PORT": str(dovecot.port),
        "APRES_MAILBOX_TLS": "none",
        "APRES_MAILBOX_USERNAME": USER,
        "APRES_MAILBOX_PASSWORD": PASSWORD,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    chores = Path(house.environment["APRES_HOME"]) / "schedules" / "chores.toml"
    chores.write_text("tick = 0.5\nwatch = 60\nreceive = 2\n")
    house.environment.update(settings)
    bootstrap.forget()
    return house


STEPS = ("invitation", "update-1", "cancel-2")


def calendar_of(house: House, step: str, person: str) -> Any:
    """The calendar that this person got in the mail of this step."""
    mail = next(m for m in house.relay.mails if f"<cafe-12.{step}.{person}@".encode() in m.content)
    part = next(p for p in message_from_bytes(mail.content).walk() if p.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def answer(house: House, person: str, partstat: str, *, step: str = "invitation") -> bytes:
    """What their calendar sends back, made of nothing but the mail they got."""
    [event] = calendar_of(house, step, person).walk("VEVENT")
    attendee = str(event["ATTENDEE"]).removeprefix("mailto:")
    said = Event(str(event["UID"]), attendee, f";PARTSTAT={partstat}", f"SEQUENCE:{event['SEQUENCE']}")
    return Post(str(event["ORGANIZER"]).removeprefix("mailto:"), attendee).around(calendar(said).encode())


def written_by_hand(sender: str, text: str = "Puis-je amener une amie ?") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "Une question"
    mail.set_content(text)
    return mail.as_bytes()


def bounced(house: House, person: str, step: str) -> bytes:
    """What a mail server reports of the mail that this person did not get, made of nothing but its envelope."""
    mail = next(m for m in house.relay.mails if f"<cafe-12.{step}.{person}@".encode() in m.content)
    return dsn(mail.mail_from)


def said(house: House) -> dict[str, Partstat]:
    return {who: one.partstat for who, one in in_force(house.store.answers("cafe-13")).items()}


def stance_of(house: House, guest: Guest) -> Stance:
    sheet = answer_sheet(house.tools, invitation(house.store, "cafe-13"))
    return next(row.stance for row in sheet.rows if row.guest.person.id == guest.person.id)


@pytest.mark.exhaustive  # what it tells is told by other tests, one floor at a time
def test_answers_come_back_and_count_once(house: House, dovecot: Dovecot) -> None:
    guests = people(house.tools, ("Anne", "Bruno"))
    anne, bruno = (guest.person.id for guest in guests)
    house.open_edition(*guests)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    yes = answer(house, anne, "ACCEPTED")
    for mail in (yes, yes, answer(house, bruno, "DECLINED"), written_by_hand("bruno@example.org")):
        dovecot.put(mail)
    house.wait_until(lambda: not dovecot.mails_in("INBOX"))

    assert said(house) == {anne: Partstat.ACCEPTED, bruno: Partstat.DECLINED}
    assert len(house.store.answers("cafe-13")) == 2
    assert (len(dovecot.mails_in("Done")), len(dovecot.mails_in("Aside"))) == (3, 1)
    assert [one.sender for one in house.store.kept_aside()] == ["bruno@example.org"]


@pytest.mark.exhaustive  # what it tells is told by other tests, one floor at a time
def test_a_stop_a_bounce_and_a_question_go_their_ways(house: House, dovecot: Dovecot) -> None:
    guests = people(house.tools, ("Anne", "Bruno", "Clara"))
    anne, bruno, clara = (guest.person.id for guest in guests)
    house.open_edition(*guests)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()

    dovecot.put(written_by_hand("anne@example.org", "stop"))
    dovecot.put(bounced(house, bruno, "invitation"))
    dovecot.put(written_by_hand("clara@example.org"))
    house.wait_until(lambda: not dovecot.mails_in("INBOX"))
    house.wait_until(lambda: any(key.startswith("apres.forward-1.") for key in house.received()))

    causes = {
        person: house.store.standing([f"{house.tools.fingerprint(f'{name}@example.org')}/all"])
        for person, name in ((anne, "anne"), (bruno, "bruno"), (clara, "clara"))
    }
    assert [[one.cause for one in causes[who].values()] for who in (anne, bruno, clara)] == [
        [Cause.UNSUBSCRIBED],
        [Cause.ADDRESS_BAD],
        [],
    ]
    assert house.states()[f"cafe-12.invitation.{bruno}"] == "bounced evidence"
    forward = next(m for m in house.relay.mails if b"<apres.forward-1." in m.content)
    mail = message_from_bytes(forward.content)
    assert (parseaddr(mail["Reply-To"])[1], mail["Auto-Submitted"]) == ("clara@example.org", "auto-generated")
    assert "message/rfc822" in {part.get_content_type() for part in mail.walk()}


def test_invited_yes_moved_an_old_yes_yes_again_cancelled(house: House, dovecot: Dovecot) -> None:
    [anne, bruno] = people(house.tools, ("Anne", "Bruno"))
    house.open_edition(anne, bruno)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()
    old_yes = answer(house, anne.person.id, "TENTATIVE")
    dovecot.put(answer(house, anne.person.id, "ACCEPTED"))
    dovecot.put(answer(house, bruno.person.id, "DECLINED"))
    house.wait_until(lambda: len(said(house)) == 2)

    invited = invitation(house.store, "cafe-13")
    house.store.set_clock(invited.meeting.start - timedelta(days=10))
    change(house.tools, invited, Details(start=invited.meeting.start + timedelta(minutes=30)))
    house.wait_until(lambda: f"cafe-12.update-1.{anne.person.id}" in house.received())
    dovecot.put(old_yes)
    house.wait_until(lambda: not dovecot.mails_in("INBOX"))
    assert stance_of(house, anne) is Stance.OLDER
    assert f"cafe-12.update-1.{bruno.person.id}" not in house.received()

    dovecot.put(answer(house, anne.person.id, "ACCEPTED", step="update-1"))
    house.wait_until(lambda: stance_of(house, anne) is Stance.YES)
    call_off(house.tools, invitation(house.store, "cafe-13"))
    house.wait_until(
        lambda: {f"cafe-12.cancel-2.{one.person.id}" for one in (anne, bruno)} <= set(house.received())
    )

    sequences = [calendar_of(house, step, anne.person.id).walk("VEVENT")[0]["SEQUENCE"] for step in STEPS]
    assert [int(sequence) for sequence in sequences] == [0, 1, 2]
    assert (
        len({str(calendar_of(house, step, anne.person.id).walk("VEVENT")[0]["UID"]) for step in STEPS}) == 1
    )


def test_a_pool_process_imports_nothing_after_its_fork(
    house: House, dovecot: Dovecot, tmp_path: Path
) -> None:
    """Forked while a thread of its parent imports, it would wait for that import's lock for ever."""
    told = tmp_path / "late-imports"
    told.mkdir()
    chores = Path(house.environment["APRES_HOME"]) / "schedules" / "chores.toml"
    chores.write_text("tick = 0.5\nwatch = 1\nreceive = 1\nfeed = 1\ntidy = 1\n")
    served = tmp_path / "served"
    house.environment |= {"LATE_IMPORTS": str(told), "APRES_FEED_FOLDER": str(served)}
    guests = people(house.tools, ("Anne", "Bruno", "Clara"))
    house.open_edition(*guests)
    house.start("worker", program="tests.journeys.late_imports")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until_settled()
    dovecot.put(answer(house, guests[0].person.id, "ACCEPTED"))
    dovecot.put(written_by_hand("bruno@example.org"))
    house.wait_until(lambda: any(key.startswith("apres.forward-1.") for key in house.received()))

    done = {"tick", "deliver", "receive", "watch", "feed", "tidy"}
    house.wait_until(lambda: {path.name.partition("-")[2] for path in told.iterdir()} >= done)
    assert {name for path in told.iterdir() for name in path.read_text().split()} == set()
    assert {file.name for file in served.iterdir()} == {"cafe.en.ics", "cafe.fr.ics"}
