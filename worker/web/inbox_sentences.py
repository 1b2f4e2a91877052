"""The sentences of the inbox pages: French, English, and who gets which."""

from __future__ import annotations

from worker.mail.typography import FIXED, NARROW
from worker.web.inbox_words import Words

FRENCH = Words(
    language="fr",
    inbox="Boîte de réception locale",
    stays_here="Aucun de ces messages n’a quitté cette machine.",
    one_mail=f"{{}}{FIXED}message",
    many_mails=f"{{}}{FIXED}messages",
    search="Personne, sujet ou mots du message",
    find="Chercher",
    only_to=f"Reçus par {{}}{FIXED}: {{}}",
    everyone="Tout voir",
    follow="Suivre en direct",
    unfollow="Arrêter le direct",
    following="La liste se met à jour toutes les deux secondes.",
    caption="Messages reçus, le plus récent en premier. Heures de {}.",
    date="Date",
    to="À",
    subject="Sujet",
    no_subject="(sans sujet)",
    nobody="(sans destinataire)",
    nothing_yet="Rien n’est encore arrivé. Les messages remis au serveur SMTP local paraîtront ici.",
    nothing_found="Aucun message ne correspond à cette recherche.",
    newer="Plus récents",
    older="Plus anciens",
    newer_mail="Message plus récent",
    older_mail="Plus ancien",
    all_mails="Tous les messages",
    sender="De",
    delivery="Détails de la remise",
    envelope="Remis à",
    bounce_address="Retours à",
    dated="Daté du",
    received="Reçu le",
    view="Affichage",
    as_html="Mise en page",
    as_text="Texte",
    as_source="Source",
    width="Largeur",
    full_width="Entière",
    alone="Ouvrir seul",
    download="Télécharger (.eml)",
    frame="Le message mis en page",
    no_html="Ce message n’a pas de version mise en page.",
    no_text="Ce message n’a pas de version texte.",
    unreadable=f"Ce message est trop abîmé pour être lu{NARROW}; en voici la source.",
    methods={
        "REQUEST": "Invitation",
        "CANCEL": "Annulation",
        "REPLY": "Réponse",
        "PUBLISH": "Publication",
        "COUNTER": "Contre-proposition",
    },
    calendar="Agenda",
    when="Quand",
    whole_day="journée entière",
    place="Où",
    organizer="Organisé par",
    attendee="Invité",
    open_ics="Ouvrir l’invitation (.ics)",
    broken_ics="La partie agenda de ce message n’a pas pu être lue.",
    lost="Il n’y a rien à cette adresse. Le message a peut-être été effacé.",
    back="Retour à la boîte de réception",
)

ENGLISH = Words(
    language="en",
    inbox="Local inbox",
    stays_here="None of these mails has left this machine.",
    one_mail="{} mail",
    many_mails="{} mails",
    search="Person, subject or words of the mail",
    find="Search",
    only_to="Received by {}: {}",
    everyone="Show all",
    follow="Follow live",
    unfollow="Stop following",
    following="The list is refreshed every two seconds.",
    caption="Mails received, the newest first. Times of {}.",
    date="Date",
    to="To",
    subject="Subject",
    no_subject="(no subject)",
    nobody="(no recipient)",
    nothing_yet="Nothing has arrived yet. What is handed to the local SMTP server will appear here.",
    nothing_found="No mail matches this search.",
    newer="Newer",
    older="Older",
    newer_mail="Newer mail",
    older_mail="Older",
    all_mails="All mails",
    sender="From",
    delivery="Delivery details",
    envelope="Delivered to",
    bounce_address="Bounces to",
    dated="Dated",
    received="Received",
    view="View",
    as_html="Designed",
    as_text="Text",
    as_source="Source",
    width="Width",
    full_width="Full",
    alone="Open alone",
    download="Download (.eml)",
    frame="The designed mail",
    no_html="This mail has no HTML part.",
    no_text="This mail has no text part.",
    unreadable="This mail is too damaged to be read; here is its source.",
    methods={
        "REQUEST": "Invitation",
        "CANCEL": "Cancellation",
        "REPLY": "Reply",
        "PUBLISH": "Publication",
        "COUNTER": "Counter-proposal",
    },
    calendar="Calendar",
    when="When",
    whole_day="whole day",
    place="Where",
    organizer="Organized by",
    attendee="Invited",
    open_ics="Open the invitation (.ics)",
    broken_ics="The calendar part of this mail could not be read.",
    lost="There is nothing at this address. The mail may have been deleted.",
    back="Back to the inbox",
)


def words_for(accept_language: str) -> Words:
    """English for whoever prefers it to French (RFC 9110 §12.5.4), French for everybody else."""
    liked = {"fr": 0.0, "en": 0.0}
    for item in accept_language.lower().split(","):
        tag, _, quality = item.strip().partition(";q=")
        language = tag.partition("-")[0]
        if language in liked:
            liked[language] = max(liked[language], _number(quality))
    return ENGLISH if liked["en"] > liked["fr"] else FRENCH


def _number(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
