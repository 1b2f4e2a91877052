"""Invented people, as awkward as real ones: surnames that are first names, names in names, shared employers."""

from __future__ import annotations

from random import Random

from worker.domain.person import Consent, Guest, Person, Presence


def _listed(words: str) -> list[str]:
    return words.split()


_FIRST = _listed(
    """
Julie Pierre Zoé Jean Marie Anne Claire Luc Inès Noël Aurore Rose Victor Hugo Camille Dominique Yann Éloïse
Mehdi Fatou Léa Chloé Gaël Thibault Amélie Baptiste Océane Raphaël Nour Maëlle Anaïs Côme Loïc Aïcha Björn
Zdeněk Łucja Jean-Pierre Anne-Marie Marie-Claire Jean-Luc Marie-Noëlle Pierre-Yves
"""
)
_LAST = _listed(
    """
Martin Bernard Thomas Robert Richard Petit Durand Moreau Laurent Simon Michel Lefèvre Leroy Roux David
Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Faure André Mercier
Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry
Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun
Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy
Leroux Colin Vidal Caron
"""
)
_PARTICLES = ("de", "du", "de La", "Le", "Ben", "Van der")
_TRADES = _listed(
    """
design conseil finance énergie santé édition logistique architecture droit formation musique
"""
)
_HOUSES = _listed(
    """
Atelier Studio Cabinet Maison Agence Groupe Éditions Fabrique Comptoir Laboratoire
"""
)
_COLOURS = _listed(
    """
Bleu Rouge Vert Nord Sud Lumière Horizon Rivage Boréal Solaire Clair Libre Papier Canopée
"""
)
_INTERESTS = (
    "écriture", "design graphique", "marque personnelle", "prise de parole", "vélo", "photographie", "jardins partagés",
    "intelligence artificielle", "entrepreneuriat social", "réseaux", "podcast", "cuisine du monde",
)  # fmt: skip
_NONE = (
    "",
    "",
    "Auto-entrepreneur",
    "en recherche d’emploi",
    "Freelance",
    "À mon compte",
    "Google",
    "L’Oréal",
)


def crowd(count: int, seed: int = 7) -> list[Guest]:
    """So many people, each with an address of their own; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - invented people
    return [_somebody(number, random) for number in range(count)]


def _somebody(number: int, random: Random) -> Guest:
    first, last = random.choice(_FIRST), _surname(random)
    name = f"{first} {last}"
    address = (
        f"{first[0].lower()}{number}@{random.choice(('example.org', 'mail.example.org', 'pro.example.org'))}"
    )
    address = address.encode("ascii", "replace").decode().replace("?", "x")
    person = Person(f"p{number:06d}", name, first, address, random.choice(("fr", "fr", "en")))
    return Guest(
        person,
        presence=Presence.PRESENT,
        introduced=Consent.GIVEN,
        organisation=_organisation(last, random),
        sector=random.choice(_TRADES),
        interests=tuple(random.sample(_INTERESTS, 3)),
    )


def _surname(random: Random) -> str:
    last = random.choice(_LAST)
    kind = random.random()
    if kind < 0.1:
        return f"{last}-{random.choice(_LAST)}"
    return f"{random.choice(_PARTICLES)} {last}" if kind < 0.2 else last


def _organisation(last: str, random: Random) -> str:
    kind = random.random()
    if kind < 0.3:
        return random.choice(_NONE)
    if kind < 0.5:
        return f"{random.choice(_HOUSES)} {last} & Fils"
    return f"{random.choice(_HOUSES)} {random.choice(_COLOURS)}"
