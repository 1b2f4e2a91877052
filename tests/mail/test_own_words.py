"""What people wrote themselves, when they ask to stop, and what only a program wrote."""

from __future__ import annotations

import pytest

from tests.mail.answering import IDENTITY, KNOWN, SECRETS, calendar, event_for, post_of
from tests.mail.read_mails import ANNE, BY_MAIL, CAFE
from worker.domain.inbound import AskedToStop, Decision, NotForUs, Nothing, Wrote
from worker.domain.message import MessageKey
from worker.mail.own_words import words_before_quotations
from worker.mail.reading import read_answers
from worker.mail.stop_words import asks_to_stop
from worker.mail.tokens import WayOut, way_out_token


def read(raw: str) -> Decision:
    [decision] = read_answers(raw.encode(), KNOWN)
    return decision


def mail(text: str, *headers: str) -> str:
    head = ["From: Anne <anne@example.org>", f"To: {BY_MAIL.to}", *headers]
    return "\r\n".join([*head, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text, ""])


@pytest.mark.parametrize(
    "quoted",
    [
        "> Bonjour Anne,\n> stop",
        "Le mar. 8 déc. 2026 à 09:00, Café des Victoires <bonjour@example.org> a écrit :\n\nBonjour",
        "Le mar. 8 déc. 2026 à 09:00, Café des Victoires\n<bonjour@example.org> a écrit :\n\nBonjour",
        "On Tue, Dec 8, 2026 at 9:00 AM Café <bonjour@example.org> wrote:\n> Bonjour",
        "-----Original Message-----\nFrom: Café\nBonjour",
        "-----Message d'origine-----\nDe : Café\nBonjour",
        "________________________________\nDe : Café <bonjour@example.org>\nEnvoyé : mardi\nBonjour",
        "De : Café des Victoires\nEnvoyé : mardi 8 décembre 2026\nÀ : Anne",
        "-- \nAnne Test\n01 02 03",
        "Envoyé de mon iPhone",
        "Sent from my phone",
        "Sent with Proton Mail secure email.",
        "Am 08.12.2026 um 09:00 schrieb Café des Victoires:\nBonjour",
        "*De :* Café des Victoires\n*Envoyé :* mardi\nBonjour",
    ],
)
def test_what_is_quoted_or_signed_is_not_theirs(quoted: str) -> None:
    assert words_before_quotations(f"Oui, je viens !\n\nAnne\n\n{quoted}\n") == "Oui, je viens !\n\nAnne"


def test_an_answer_under_the_quotation_is_found_too() -> None:
    assert words_before_quotations("> Venez-vous ?\n\nOui !\n> merci\n") == "Oui !"


def test_a_page_is_read_without_what_it_quotes() -> None:
    page = "<style>p{}</style><p>Oui &amp; merci</p><blockquote>stop</blockquote>"
    raw = mail(page).replace("text/plain", "text/html")

    assert isinstance(decision := read(raw), Wrote)
    assert decision.words == "Oui & merci"


@pytest.mark.parametrize(
    "said",
    [
        "stop",
        "STOP !",
        "Désinscription",
        "Bonjour, merci de me désinscrire de votre liste. Cordialement",
        "désabonnez-moi svp",
        "Je ne souhaite plus recevoir vos mails",
        "Ne m’écrivez plus, merci",
        "unsubscribe me, please",
        "Please remove me from your mailing list",
        "Please stop sending me these emails",
        "Merci d’arrêter.",
        "Merci d’arrêter de m’écrire",
        "Arrêtez de m’envoyer des mails",
        "Je souhaite ne plus recevoir vos invitations",
        "Ne m’écrivez plus s’il vous plaît",
        "Pourriez-vous me retirer de votre liste ?",
        "Je me désinscris.",
        "I no longer wish to receive these emails",
        "I'd like to unsubscribe",
        "Bonjour,\nPourriez-vous me retirer de votre liste, s’il vous plaît ?\nCordialement,\nAnne Test",
        "Ne m’envoyez plus rien de votre part",
        "Arrêtez de m’écrire",
        "Merci d’arrêter tous ces mails",
        "I’d like to unsubscribe. Best regards, Anne",
        "I no longer wish to receive your emails",
        "I don’t want to get these messages any more, thank you",
        "No more emails please",
    ],
)
def test_a_clear_stop_is_one(said: str) -> None:
    assert asks_to_stop(said)
    assert asks_to_stop("", said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Merci !",
        "Non-stop, quelle énergie !",
        "Don’t stop!",
        "Comment me désinscrire ?",
        "Merci de me désinscrire du petit-déjeuner de mardi, je suis malade",
        "Ne m’envoyez pas les notes, je les ai",
        "Retirez mon nom du compte rendu",
        "I'll stop by",
        "On s’arrête à 9 h ?",
        "Merci d’arrêter votre choix sur le bar",
        "Arrêtez, c’est trop gentil",
        "Ne m’écrivez plus avant lundi",
        "I don't want to receive the list of guests at work",
        "Arrêtez de m’écrire avant huit heures",
        "Ne m’écrivez plus à cette adresse, mais à l’autre",
        "I no longer wish to receive the notes by post",
        "I don’t want to get these emails in French",
        "Please don’t send me the address, I know it",
        "Please don’t send me",
        "Je veux me désinscrire de mardi seulement. Cordialement, Anne",
        "Ne me désinscrivez pas, s’il vous plaît",
    ],
)
def test_anything_else_is_left_to_a_person(said: str) -> None:
    assert not asks_to_stop(said, "Re: Invitation")


def test_the_mailto_of_a_mail_stops_whatever_program_sends_it() -> None:
    token = way_out_token(WayOut("cafe", "invitations", "anne"), SECRETS)

    for subject in (f"stop {token}", f"STOP {token.upper()}", f"=?utf-8?q?stop_{token}?="):
        assert read(mail("", f"Subject: {subject}", "Auto-Submitted: auto-generated")) == AskedToStop(
            "cafe", "invitations", "anne"
        )
    assert read(mail("", f"Subject: stop x{token}", "Auto-Submitted: auto-replied")) == NotForUs(
        Nothing.AUTOMATIC
    )


def test_the_message_that_is_answered_is_told_by_its_thread() -> None:
    key = MessageKey("cafe-12", "nudge", ANNE.person.id)
    thread = f"References: <x@y> {key.message_id(IDENTITY.domain)}"

    assert isinstance(decision := read(mail("Oui", thread)), Wrote)
    assert decision.about == key


def test_our_own_invitation_quoted_by_a_person_is_no_answer_and_not_lost() -> None:
    quoted = calendar(event_for(CAFE, ANNE), method="REQUEST").encode()
    raw = post_of(CAFE, ANNE, kind="text/calendar; method=REQUEST").around(quoted)
    away = raw.replace(b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version")
    silent = raw.replace(b"\r\n\r\nx\r\n", b"\r\n\r\n\r\n")

    assert isinstance(read(raw.decode()), Wrote)
    assert read(away.decode()) == read(silent.decode()) == NotForUs(Nothing.NOT_A_REPLY)


def test_a_foreign_invitation_in_an_answer_to_us_does_not_hide_the_words() -> None:
    strange = event_for(CAFE, ANNE, uid="x@example.net")
    raw = post_of(CAFE, ANNE, kind="application/ics", to="a@example.org").around(
        calendar(strange, method="PUBLISH").encode()
    )
    answer = b"In-Reply-To: <cafe-12.invitation.anne@cafe.example.org>\r\n" + raw

    assert read(raw.decode()) == NotForUs(Nothing.NOT_A_REPLY)
    assert isinstance(read(answer.decode()), Wrote)


def test_a_calendar_that_stands_in_a_page_only_is_read() -> None:
    page = calendar(event_for(CAFE, ANNE)).replace("\r\n", "<br>\r\n")
    raw = post_of(CAFE, ANNE, kind="text/html").around(f"<pre>{page}</pre>".encode())

    assert read(raw.decode()) == read(BY_MAIL.around(calendar(event_for(CAFE, ANNE)).encode()).decode())


@pytest.mark.parametrize(
    "subject",
    [
        "Out of Office: Invitation",
        "Automatic reply: Invitation",
        "Auto: Invitation",
        "Réponse automatique : Invitation",
        "RE: Réponse d’absence",
        "Message d’absence Re: Invitation",
        "Absence : retour le 15",
        "Absente du bureau jusqu’au 15",
        "Congés annuels",
        "I am away from the office",
        "Abwesenheitsnotiz: Invitation",
        "Automatische Antwort: Invitation",
        "Nicht im Büro",
        "[Auto] Re: Invitation",
    ],
)
def test_an_absence_is_known_by_its_subject(subject: str) -> None:
    assert read(mail("Bonjour", f"Subject: {subject}")) == NotForUs(Nothing.AUTOMATIC)


@pytest.mark.parametrize(
    "text",
    [
        "Je suis actuellement en congés. En cas d’urgence, merci de contacter le standard.",
        "Je suis absente du bureau et vous répondrai dès mon retour.",
        "I am currently out of the office with limited access to email.",
        "This is an automated response, please do not reply.",
        "Je suis absente jusqu’au 15 et vous répondrai à mon retour.",
        "En congé maternité jusqu’en mars. Pour toute question, voyez avec le standard.",
        "I am currently away and will be back on Monday.",
        "Ich bin bis Montag nicht im Büro. In dringenden Fällen wenden Sie sich bitte an die Zentrale.",
        "Ich bin zurzeit im Urlaub und ab Montag wieder erreichbar.",
    ],
)
def test_an_absence_is_known_by_its_words(text: str) -> None:
    assert read(mail(text, "Subject: Re: Invitation")) == NotForUs(Nothing.AUTOMATIC)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Invitation", "Je serai absente jusqu’au 15, je ne peux pas venir."),
        ("Re: Invitation", "Désolé, je suis actuellement en vacances, de retour le 15."),
        ("Re: Invitation", "Je suis absente le 5, mais de retour le 6."),
        ("Re: Invitation", "I am out of the office that day, but please contact me next time."),
        ("Re: Einladung", "Ich bin zurzeit im Urlaub und komme nicht, ab Montag bin ich wieder erreichbar."),
        ("Automne", "Je viens avec plaisir"),
        ("Vacances et Café", "À mardi"),
        ("Absents de marque", "Qui manquera ?"),
    ],
)
def test_what_a_person_says_of_an_absence_is_still_an_answer(subject: str, text: str) -> None:
    assert isinstance(read(mail(text, f"Subject: {subject}")), Wrote)
