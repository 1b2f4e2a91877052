"""Words around the names that people write: what parts clauses, what denies, what is civil, what begins a sentence."""

from __future__ import annotations

import re

#: What ends a clause, and with it a « pas »; a dot after a single letter is that of an initial.
CLAUSES = re.compile(
    r"[;:!?\n]|(?<!\b\w)\.\s|(?<=encore),|(?<=yet),|(?<=temps),|\s(?:mais|but)(?=\s)", re.IGNORECASE
)
BETWEEN = re.compile(
    r"[,&/+()]|\s(?:et|and|puis|ainsi que|avec|with|bonjour|salut|hello|merci|oui|non|yes|no)(?=\s)",
    re.IGNORECASE,
)
#: « Je n'ai pas vu Luc » tells that Luc was not met; « pas encore, » says nothing of the names after it.
DENIAL = re.compile(
    r"\b(?:pas|sauf|jamais|ni|not|never|except|didn.?t|wasn.?t)\b",
    re.IGNORECASE,
)
#: What people write beside names, and what is nobody's.
POLITE = frozenset(
    "oui non merci bonjour bonsoir salut yes no hello hi dear thanks personne nobody cordialement amicalement bises"  # noqa: SIM905
    " bien amities best regards sincerely cheers super parfait genial".split()
)
#: Words that begin a sentence and are no part of the name after them.
OPENERS = frozenset(
    "avec vu revu croise rencontre retrouve hier surtout aussi seulement juste with met saw only also just oui yes"  # noqa: SIM905
    " merci super mais but et and je i bonjour chere cher dear hi hello lundi mardi mercredi jeudi vendredi".split()
)
CIVIL = frozenset({"m", "mr", "mme", "mlle", "mrs", "ms", "dr", "monsieur", "madame", "mademoiselle"})
#: Small words inside a family name, where a name with a capital follows.
PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "van", "von", "der", "den", "ten", "di", "da", "dos", "d", "al"}
)
