"""Thanks and congratulations in messages, in the words of many languages.

What is said by form alone is none: "no, thanks", "thanks in advance", and the word above a name
with which people end their letters.
"""

import re

_THANKS = """
    thank you | thank u | thanks | thanx | thx | much appreciated | i(?:'m| am) (?:so )?grateful
    (?:really|so|very|truly|deeply) (?:grateful|appreciate (?:it|that|this|your|you|all))
    danke | dankeschön | danke schön | (?:vielen|herzlichen|besten|lieben|tausend) dank
    merci | gracias | (?:te|le|les|os) agradezco | obrigad[oa] | agrade[cç]o
    grazie | (?:ti|vi|la) ringrazio | bedankt | dank je | dank u | dankjewel
    tack s[åa] | tack f[öo]r | stort tack | mange tak | tusind tak | tak for | tak skal
    takk for | tusen takk | kiitos | kiitti | dziękuj[ęe] | dzięki | děkuj[iu] | díky | ďakujem
    köszönöm | köszi | mulțumesc | mulţumesc | hvala | благодаря | teşekkür(?:ler)? | sağ ?ol
    спасибо | благодарю | дякую | ευχαριστώ | ありがとう | 感謝 | 谢谢 | 謝謝 | 多谢 | 多謝
    감사합니다 | 감사해요 | 고마워 | 고맙습니다 | شكرا | شكراً | תודה | धन्यवाद | शुक्रिया
    terima kasih | cảm ơn | ขอบคุณ
"""
_CONGRATULATIONS = """
    congrats | congratulations | happy (?:birthday|b-?day) | many happy returns
    (?:glückwunsch|glueckwunsch) | gratulier(?:e|en) | alles gute zum | félicitations
    (?:joyeux|bon) anniversaire | felicidades | enhorabuena | felicitaciones
    feliz (?:cumple(?:años)?|aniversário) | parabéns | congratulazioni | tanti auguri
    buon compleanno | gefeliciteerd | proficiat | grattis | tillykke | gratulerer
    onneksi olkoon | onnittelut | gratulacje | gratuluj[ęi] | wszystkiego najlepszego
    blahopřej[iu] | gratulálok | felicitări | la mulți ani | čestitam | tebrik(?:ler)?
    kutlarım | doğum günün | поздравляю | с дн[её]м рождения | вітаю з | συγχαρητήρια
    χρόνια πολλά | おめでとう | 恭喜 | 祝贺 | 祝賀 | 生日快乐 | 生日快樂 | 축하 | مبروك | تهانينا
    מזל טוב | बधाई | selamat atas | chúc mừng | ยินดีด้วย
"""
_BY_FORM = """
    (?:no|nope|non|nein|nee|nej|nei)[,.!]? (?:thanks|thank you|danke|merci|gracias|grazie)
    (?:nee|nej|nei|hayır|нет)[,.!]? (?:bedankt|dank je|tack|tak|takk|teşekkürler|спасибо)
    (?:thanks|thank you) in advance | (?:vielen |besten |herzlichen )?(?:dank|danke) im voraus
    merci d['’]avance | gracias de antemano | gracias por adelantado | obrigad[oa] desde já
    grazie in anticipo | tack p[åa] förhand | mange tak på forhånd | bij voorbaat (?:dank|bedankt)
    thanks (?:to|for nothing|but) | thank (?:god|goodness|heavens) | gracias a | grazie a
"""
_LETTERS = "A-Za-zÀ-žЀ-ӿ"  # of scripts in which a word ends where its letters do
_SIGNED_LINES, _SIGNED_WORDS = 3, 4  # what may stand below the last word of a letter


def _any_of(words: str) -> re.Pattern[str]:
    """Finds any of the words where it stands alone."""
    each = "|".join(re.split(r"\s*\n\s*| \| ", words.strip()))
    return re.compile(rf"(?<![{_LETTERS}])(?:{each})(?![{_LETTERS}])", re.IGNORECASE)


_thanks, _congratulations = _any_of(_THANKS), _any_of(_CONGRATULATIONS)
_by_form = _any_of(_BY_FORM)


def thanks(text: str) -> bool:
    r"""Whether a message thanks those whom it reaches.

    Example:
        >>> thanks("Thanks a lot for the introduction!"), thanks("Send it by six.\nThanks,\nBen")
        (True, False)
    """
    return bool(_thanks.search(_by_form.sub(" ", _without_closing(text))))


def congratulations(text: str) -> bool:
    """Whether a message wishes those whom it reaches well: for a success, or a birthday.

    Example:
        >>> congratulations("Herzlichen Glückwunsch zum neuen Amt!")
        True
    """
    return bool(_congratulations.search(text))


def _without_closing(text: str) -> str:
    """A message without the thanks above the name that ends it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    below = len(lines)
    for place in range(len(lines) - 1, max(0, len(lines) - 2 - _SIGNED_LINES), -1):
        words = lines[place].split()
        if len(words) > _SIGNED_WORDS:
            break
        below = place
    for place in range(below, len(lines)):
        if (_thanks.match(lines[place]) and lines[place].endswith((",", ".", "!", "-"))) or (
            _thanks.fullmatch(lines[place].rstrip(",.!-– "))
        ):
            return "\n".join(lines[:place])
    return "\n".join(lines)
