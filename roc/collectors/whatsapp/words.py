"""What WhatsApp itself writes into chats, in the languages that it speaks.

Nobody publishes these words; they are those seen most. A line without an author is never a
message. One with an author is, unless WhatsApp's sign stands before it, and it is not known here to
stand for something that was sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

YOU = frozenset(
    ["you", "du", "sie", "tú", "usted", "você", "vous", "вы", "jij", "あなた", "你", "您"]
)
"""What the owner is called where WhatsApp does not write their name, in lower case."""

_YOU_TOO = YOU | {"dich", "ihnen", "te", "ti", "toi", "jou", "je", "u", "dig", "deg"}

_NOTICE = re.compile(
    r"(?:messages(?: you send)?(?: to this (?:chat|group))?(?: and calls)? are.{0,30}?"
    r"|(?:nachrichten|los mensajes|as mensagens|mensagens|les messages|i messaggi|berichten"
    r"|сообщения|mesajlar|wiadomości|meddelanden|meddelelser|meldinger|viestit|pesan|zprávy"
    r"|mesajele|訊息|消息|メッセージ|메시지|الرسائل|ההודעות|संदेश).{0,110}?)"
    r"(?:end-to-end|ende-zu-ende|extremo a extremo|ponta a ponta|bout en bout|сквозн|uçtan uca"
    r"|całkowicie|w pełni|od końca do końca|totalsträck|päästä päähän|ujung ke ujung|koncov|端到端"
    r"|端對端|エンドツーエンド|종단|تمام|طرفين|מקצה לקצה)[^.,。।]{0,40}(?:[.。।].{0,400})?",
    re.IGNORECASE | re.DOTALL,
)

_WHO = r"(?P<who>[^\n]{1,120}?)"
_WHOM = r"(?P<whom>[^\n]{1,400}?)"
_JOINED = [
    rf"{_WHO} joined (?:using (?:this group's|an|a group) (?:invite )?link|from the community)",
    rf"{_WHO} was added",
    rf"{_WHO} ist (?:der gruppe )?über (?:den|einen) einladungslink .{{0,80}}beigetreten",
    rf"{_WHO} se unió (?:usando|con) .{{0,80}}enlace.{{0,80}}",
    rf"{_WHO} entrou (?:usando|através) .{{0,120}}",
]
_LEFT = [
    rf"{_WHO} left",
    rf"{_WHO} hat die(?:se)? gruppe(?: .{{0,200}})? verlassen",
    rf"{_WHO} salió(?: del grupo)?",
    rf"{_WHO} saiu",
    rf"{_WHO} (?:a quitté(?: le groupe)?|est parti(?:\(e\)|e)?)",
    rf"{_WHO} (?:ha abbandonato(?: il gruppo)?|è uscito)",
    rf"{_WHO} heeft de groep verlaten",
    rf"{_WHO} opuści(?:ł|ła|ł\(a\)) (?:tę )?grupę",
]
_ADDED = [
    rf"{_WHO} added {_WHOM}",
    rf"{_WHO} hat {_WHOM} hinzugefügt",
    rf"{_WHO} (?:añadió|agregó) a {_WHOM}",
    rf"{_WHO} adicionou {_WHOM}",
    rf"{_WHO} a ajouté {_WHOM}",
    rf"{_WHO} ha aggiunto {_WHOM}",
    rf"{_WHO} heeft {_WHOM} toegevoegd",
    rf"{_WHO} doda(?:ł|ła|ł\(a\)) {_WHOM}",
]
_REMOVED = [
    rf"{_WHO} removed {_WHOM}",
    rf"{_WHO} hat {_WHOM} entfernt",
    rf"{_WHO} eliminó a {_WHOM}",
    rf"{_WHO} removeu {_WHOM}",
    rf"{_WHO} a (?:retiré|supprimé) {_WHOM}",
    rf"{_WHO} ha rimosso {_WHOM}",
    rf"{_WHO} heeft {_WHOM} verwijderd",
    rf"{_WHO} usun(?:ął|ęła|ął\(ęła\)) {_WHOM}",
]
_FOUNDED = [
    rf"{_WHO} created (?:this )?group(?: .{{0,200}})?",
    rf"{_WHO} hat die(?:se)? gruppe(?: .{{0,200}})? erstellt",
    rf"{_WHO} creó (?:el|este) grupo(?: .{{0,200}})?",
    rf"{_WHO} criou (?:o|este) grupo(?: .{{0,200}})?",
    rf"{_WHO} a créé (?:le|ce) groupe(?: .{{0,200}})?",
    rf"{_WHO} ha creato (?:il|questo) gruppo(?: .{{0,200}})?",
    rf"{_WHO} heeft (?:de|deze) groep(?: .{{0,200}})? (?:gemaakt|aangemaakt)",
    rf"{_WHO} utworzy(?:ł|ła|ł\(a\)) (?:tę )?grupę(?: .{{0,200}})?",
]
_MEMBER_LINES = [
    (re.compile(rf"{pattern}\.?", re.IGNORECASE), what)
    for what, patterns in (
        ("joined", _JOINED),
        ("left", _LEFT),
        ("added", _ADDED),
        ("removed", _REMOVED),
        ("founded", _FOUNDED),
    )
    for pattern in patterns
]
_ADDRESS_BOOK = re.compile(
    r"(?:to your contacts|zu (?:deinen|ihren) kontakten|a tus contactos|aos? (?:seus )?contatos"
    r"|à (?:vos|tes) contacts|ai (?:tuoi )?contatti|aan (?:je )?contacten)\b",
    re.IGNORECASE,
)
_OTHER_LINES = re.compile(
    r".{0,200}?(?:changed (?:the subject|the group|this group|their phone number|the settings"
    r"|to \+)|security code (?:with|changed)|turned (?:on|off) (?:disappearing|message)"
    r"|updated the (?:disappearing|message)"
    r"|pinned a message|is a contact|blocked this|unblocked this|now an admin|no longer an admin"
    r"|started a call|reset this group|is a business|business account"
    r"|hat (?:den betreff|das gruppenbild|die gruppenbeschreibung|die gruppeneinstellungen"
    r"|die telefonnummer)|sicherheitsnummer|selbstlöschende|angeheftet"
    r"|cambió (?:el asunto|el ícono|el icono|la descripción|su número|la imagen)"
    r"|código de seguridad|mensajes temporales|código de segurança"
    r"|mudou (?:o nome|a imagem|a descrição|o assunto|para)"
    r"|mensagens temporárias|a (?:changé|modifié) (?:le sujet|l['’]icône|la description|l['’]image"
    r"|de numéro)|code de sécurité|messages éphémères|ha (?:cambiato|modificato) (?:l['’]oggetto"
    r"|l['’]immagine|la descrizione|il numero)|codice di sicurezza|messaggi effimeri"
    r"|heeft (?:het onderwerp|de groepsafbeelding|de groepsbeschrijving)|beveiligingscode).{0,300}",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = re.compile(r",? (?:and|und|y|e|et|en|i) |, |、")
_AND_OTHERS = re.compile(r"\d{1,4} [^\W\d_]{2,20}(?: [^\W\d_]{2,20})?")  # "3 others"
_CALL = re.compile(
    r"(?:[^\W\d_]{2,20} ){0,2}?"
    r"(?:(?:voice |video )?call|(?:sprach|video)?anruf|videollamada|llamada|chamada|ligação"
    r"|appel|(?:video)?chiamata|(?:spraak|video-?)?oproep|(?:аудио|видео)?звонок|połączenie"
    r"|(?:sesli|görüntülü) arama|(?:röst|video)samtal|语音通话|视频通话|語音通話|視訊通話|音声通話"
    r"|ビデオ通話|음성통화|영상통화|مكالمة)"
    r"(?: [^\W\d_]{2,15}){0,4}?(?: (?:at|um|a las|às|à|alle|om) [\d:.]{3,5}(?:\s?[ap]\.?m\.?)?)?"
    r"(?:[.,] ?(?P<how>[^\n]{1,60}))?",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\d{1,4}\s?[^\W\d_]{1,12}")
_FILE = r"<[^\n<]{1,250}>|\.[a-z0-9]{2,5}(?:$|[ \n•])|https?://"
_LEFT_OUT = (
    r"omitted|(?:weg|aus)gelassen|omitid[oa]|ocultad[oa]|omise?|absente?|manquante?|omess[oa]"
    r"|non inclus[oa]|weggelaten|pominięt[oay]|отсутствует|пропущен[оаы]?|dahil edilmedi|utelämna"
    r"|udeladt|utelatt|pois jätetty|jätetty pois|tidak disertakan|vynechán|omis[ăe]|省略|略去|忽略"
    r"|含まれていません|생략|استبعاد|הושמט"
)
_TAKEN_BACK = (
    r"message was deleted|deleted this message|message deleted|nachricht (?:wurde )?gelöscht"
    r"|(?:eliminó|eliminaste) este mensaje|mensaje (?:fue )?eliminado|mensagem (?:foi )?apagada"
    r"|apagou esta mensagem|message (?:a été )?supprimé|supprimé ce message"
    r"|messaggio (?:è stato )?eliminato|eliminato questo messaggio|bericht (?:is )?verwijderd"
    r"|bericht werd verwijderd|сообщение (?:было )?удалено|удалили это сообщение|mesaj silindi"
    r"|wiadomość (?:została )?usunięta|meddelandet (?:har )?(?:raderats|togs bort)"
)
_OTHERS = (
    r"view once|einmal ansehen|einmalansicht|una sola vez|visualização única|vue unique"
    r"|live location|live-standort|waiting for this message|warten auf diese nachricht"
)
_SENT = re.compile(
    rf"{_FILE}|{_LEFT_OUT}|{_TAKEN_BACK}|{_OTHERS}|^[^\W\d_]{{3,20}}:\n", re.IGNORECASE
)
_LONGEST_SENT = 400
_MENTION = re.compile(
    r"@(?:\u2068(?:~[\s\u202f]?)?(?P<name>[^\u2069\n]{1,100})\u2069|(?P<phone>\d{7,15})\b)"
)


@dataclass(frozen=True, slots=True)
class Members:
    """What a line about members tells; the owner, called "You", is not among them.

    Args:
        names: who is or was in the chat.
        came: those of them who came just then.
        went: those of them who went.
    """

    names: tuple[str, ...]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def is_notice(text: str) -> bool:
    """Whether it is the sentence about encryption with which chats begin, and no other.

    Example:
        >>> is_notice("Messages and calls are end-to-end encrypted. Tap to learn more.")
        True
        >>> is_notice("Messages and calls are end-to-end encrypted, relax")
        False
    """
    return _NOTICE.fullmatch(text) is not None


def members(text: str) -> Members | None:
    """Who came, went or founded the group, by a line that says so; ``None`` for other lines.

    Example:
        >>> members("Ana added Ben and Chidi").came
        ('Ben', 'Chidi')
    """
    line = text.strip()
    if "\n" in line or len(line) > 600 or _ADDRESS_BOOK.search(line):
        return None
    for pattern, what in _MEMBER_LINES:
        if found := pattern.fullmatch(line):
            told = found.groupdict()
            who, whom = _people(told["who"]), _people(told.get("whom") or "")
            came = {"joined": who, "added": whom}.get(what, ())
            went = {"left": who, "removed": whom}.get(what, ())
            return Members((*who, *whom), came, went)
    return None


def _people(names: str) -> tuple[str, ...]:
    return tuple(
        name
        for name in map(str.strip, _NAMES.split(names))
        if name and name.casefold() not in _YOU_TOO and not _AND_OTHERS.fullmatch(name)
    )


def is_known_line(text: str) -> bool:
    """Whether it is one of the other lines that WhatsApp writes."""
    return _OTHER_LINES.fullmatch(text[:600]) is not None


def is_call(text: str) -> bool:
    """Whether a line is the one that stands for a call, taken or not."""
    return len(text) < 120 and _CALL.fullmatch(text) is not None


def was_taken(call: str) -> bool:
    """Whether the call was taken: such a line says how long it was."""
    found = _CALL.fullmatch(call)
    return found is not None and _HOW_LONG.match(found["how"] or "") is not None


def is_sent(text: str) -> bool:
    """Whether words that WhatsApp writes stand for what somebody sent: a picture, a poll."""
    return _SENT.search(text[:_LONGEST_SENT]) is not None


def mentions(text: str) -> Iterator[tuple[str, str]]:
    """Whom a message names: a name, or a telephone number with its ``+``."""
    if "@" in text:
        for found in _MENTION.finditer(text):
            yield found["name"] or "", f"+{found['phone']}" if found["phone"] else ""
