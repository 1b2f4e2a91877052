"""Whether somebody asks, in a few clear words and nothing else, not to be written to any more."""

from __future__ import annotations

import re
import unicodedata

#: More words than these are a letter, and a person reads it.
_FEW, _LONGEST = 20, 300

_POLITE = r"""(?:bonjour|bonsoir|hello|hi|madame|monsieur|merci|please|pls|svp|stp|thanks?(?:\syou)?|d\savance
    |s\sil\s(?:vous|te)\splait)"""
_CLOSING = r"(?:(?:bien\s)?cordialement|bien\sa\svous|(?:(?:best|kind)\s)?regards|bonne\sjournee)"
_WISH = r"""(?:merci\sde\s(?:bien\svouloir\s)?|veuillez\s|priere\sde\s
    |(?:pouvez|pourriez)\svous\s|kindly\s|(?:can|could)\syou\s
    |je\s(?:souhaite|veux|voudrais|desire)\s(?:me\s)?|i\s(?:want|would\slike|d\slike|wish)\sto\s)?"""
_MAILS = r"(?:mails?|e\smails?|emails?|courriels?|messages?|envois|sms|newsletters?)"
_ASKS = rf"""(?:
        stop(?:\s(?:a\s)?(?:tous\s|toutes\s|all\s)?(?:vos\s|les\s|ces\s|your\s|the\s|these\s)?{_MAILS})?
      | stop\s(?:writing|mailing|emailing|sending)(?:\s(?:to\s)?me)?(?:\s(?:these\s|your\s)?{_MAILS})?
      | (?:me\s|se\s)?des(?:inscription|inscrire|inscrivez\smoi|inscris\smoi)
      | (?:me\s|se\s)?des(?:abonnement|abonner|abonnez\smoi|abonne\smoi)
      | unsubscribe(?:\sme)? | take\sme\soff | opt\s(?:me\s)?out
      | (?:retirez|retire|enlevez|supprimez|effacez)\s(?:moi|mon\s(?:adresse|nom|e\smail|mail|email|contact))
      | (?:me\s)?(?:retirer|enlever|supprimer)(?:\smon\s(?:adresse|nom|mail|email))?
      | ne\s(?:plus\s)?(?:m\s|me\s)(?:ecriv|envoy|contact|sollicit)(?:ez|er|re)(?:\splus)?
      | ne\s(?:plus\s)?m\secrire
      | (?:d\s)?arrete[rz](?:\sde\sm(?:e\s|\s)(?:ecrire|envoyer|contacter|solliciter))?
      | je\sme\sdes(?:inscris|abonne)
      | ne\splus\s(?:rien\s)?(?:recevoir|etre\scontactee?)
      | (?:i\s)?(?:do\snot|don\st|no\slonger)\s(?:wish|want)\sto\s(?:receive|get(?=\s.*\b{_MAILS})|be\scontacted)
      | no\smore(?=\s.*\b{_MAILS})
      | (?:je\s)?ne\s(?:souhaite|veux|desire)\splus\s(?:rien\s)?(?:recevoir|etre\scontactee?)
      | (?:remove|delete)\s(?:me|my\s(?:address|e\smail|email|name))
      | (?:do\snot|don\st|no\slonger)\s(?:write|mail|email|e\smail|contact|send(?=.*\b{_MAILS}))(?:\s(?:to\s)?me)?
    )"""
_REST = rf"""(?:{_MAILS}|{_POLITE}|any\s?more|again|plus|aucune?|de|des|du|d|vos|votre|ces|cette
    |la|le|l|les|tous|tout|toutes|any|from|your|the|this|these|all|mailing|listes?|lists?
    |diffusion|invitations?|series?|adresse|base|fichiers?
    |you|part|rien|avance|immediatement|now)"""
_STOP = re.compile(
    rf"(?:{_POLITE}\s)*{_WISH}{_ASKS}(?:\s{_REST})*(?:\s{_CLOSING}(?:\s\w+){{0,3}})?", re.VERBOSE
)


def asks_to_stop(words: str, subject: str = "") -> bool:
    """« stop », « désinscription », "unsubscribe me": as all that was said, or as the subject of a short mail."""
    said, titled = _plain(words[:_LONGEST]), _plain(subject[:_LONGEST])
    return _is_stop(said) or (_is_stop(titled) and len(words) <= _LONGEST)


def _is_stop(said: str) -> bool:
    return 0 < len(said.split(" ")) <= _FEW and bool(_STOP.fullmatch(said))


def _plain(text: str) -> str:
    """Lower-case words, without accents or marks."""
    letters = (
        mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark)
    )
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())
