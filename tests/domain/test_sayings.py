"""A yes lets a name out: it is read where it is one, and nowhere else."""

from __future__ import annotations

import pytest

from worker.domain.sayings import Saying, needs_reading, numbers_meant, saying

YES = ("Oui", "oui !", "Bonjour Paule, oui avec plaisir", "D’accord", "OK", "Je suis d'accord", "Volontiers",
       "C'est oui",
       "Merci !\nOui.", "Je veux bien", "Pourquoi pas", "pas de souci", "Yes please", "no problem", "Oui pour les deux",
       "Bonjour, merci pour votre mot. C’est d’accord pour moi.", "OUI", "Oui\u00a0!",
       "Ça marche", "Ça me va !", "Avec joie", "Je suis partante", "I’d love to",
       "Happy to!", "Absolutely")  # fmt: skip
NO = ("Non", "non merci", "Désolé, non", "Pas cette fois, merci", "Je ne préfère pas", "No thanks",
      "I would rather not.",
      "Not this time", "Je passe mon tour", "Je décline", "I’ll pass", "Je préfère ne pas")  # fmt: skip
NOT_YET = ("Pas encore", "Non, pas encore", "not yet, sorry", "Bientôt")
NOTHING = ("C’était oui la dernière fois", "Ça ne marche pas", "Je ne suis pas partant du tout pour ça", "",
           "👍", "Oui mais pas cette semaine", "je ne dis pas oui", "Peut-être", "Si possible oui", "Oui ?",
           "ok merci d’arrêter de m’écrire", "Oui, bien reçu, je ne souhaite pas être présenté", "Yes, but later",
           "oui pour la première, non pour la seconde", "Nous avons mangé.", "Ok stop", "Qui est-ce ?",
           "Je voudrais d’abord savoir de quel secteur il s’agit, et ensuite je dirai oui")  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes(text: str) -> None:
    assert saying(text) is Saying.YES


@pytest.mark.parametrize("text", NO)
def test_a_no(text: str) -> None:
    assert saying(text) is Saying.NO


@pytest.mark.parametrize("text", NOT_YET)
def test_not_yet(text: str) -> None:
    assert saying(text) is Saying.NOT_YET


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_answer_is_left_to_a_person(text: str) -> None:
    assert saying(text) is None


def test_a_question_and_a_long_answer_are_read_by_somebody_too() -> None:
    assert not needs_reading("Oui, avec plaisir !")
    assert needs_reading("Oui. Est-ce que Claire viendra ?")
    assert needs_reading("Oui, et je voulais aussi vous dire que la salle était bien froide")


def test_which_of_two_is_meant() -> None:
    assert numbers_meant("Oui pour la première") == {1}
    assert numbers_meant("yes to the second") == {2}
    assert numbers_meant("Oui pour les deux") == numbers_meant("Oui, avec une grande joie") == frozenset()
