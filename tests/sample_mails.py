"""Mails as a campaign sends them, for tests of what receives and shows them. Everybody in them is invented."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

INVITE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//test//FR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:cafe-2.k7f3@example.org
DTSTAMP:20261124T080000Z
SEQUENCE:0
DTSTART;TZID=Europe/Paris:20261210T083000
DTEND;TZID=Europe/Paris:20261210T100000
SUMMARY:Café n° 2 : la marque personnelle
LOCATION:Brasserie du Parc\\, 4 rue Inventée\\, Paris
ORGANIZER;CN="Café des Essais":mailto:cafe@example.org
ATTENDEE;CN=Zoé Lambert;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:zoe@example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def plain_mail(to: str = "Ana Morel <ana@example.org>", subject: str = "Merci d’être venue") -> EmailMessage:
    """A thank-you with both parts."""
    mail = EmailMessage(SMTP)  # CRLF: smtplib sends bytes as they are
    mail["From"], mail["To"], mail["Subject"] = "Café des Essais <cafe@example.org>", to, subject
    mail["Date"] = "Tue, 24 Nov 2026 11:30:00 +0100"
    mail["Message-ID"] = "<cafe-1.thank-you.k7f3@example.org>"
    mail.set_content("Bonjour Ana,\n\nMerci d’être venue hier.\n")
    mail.add_alternative(
        '<html lang="fr"><p>Merci <b>Ana</b>.</p><script>alert(1)</script></html>', subtype="html"
    )
    return mail


def invitation(to: str = "Zoé Lambert <zoe@example.org>", invite: str = INVITE) -> EmailMessage:
    """An iMIP request inside the alternatives (RFC 6047 §2.4)."""
    mail = plain_mail(to, "Notre prochain Café")
    mail.replace_header("Message-ID", "<cafe-2.invitation.k7f3@example.org>")
    mail.add_alternative(invite.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST"})
    return mail
