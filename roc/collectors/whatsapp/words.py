"""What WhatsApp itself writes into chats, in the languages that it speaks.

Nobody publishes these words; they are those seen most. A line without an author is never a
message. One with an author is, unless WhatsApp's sign stands before words that are known here.
"""

import re
from collections.abc import Iterator

_PREPOSITIONS = r"with|mit|con|com|avec|met|med|z|ze|s|se|c|с|со|cu|dengan|-|:|\u2013"
_TITLES = [
    re.compile(
        rf"(?:[^\W\d_]{{1,20}} ){{0,2}}whatsapp[-\w]{{0,20}}(?: [^\W\d_]{{1,20}})??"
        rf" (?:{_PREPOSITIONS}) (?P<title>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<title>.+) ile whatsapp sohbeti", re.IGNORECASE),
    re.compile(r"(?P<title>.+?)\s?(?:との|さんとの)\s?whatsapp.{0,20}", re.IGNORECASE),
    re.compile(r"(?P<title>.+?)\s?님과의\s?whatsapp.{0,20}", re.IGNORECASE),
    re.compile(
        r"[与與和跟]\s?[「“\"]?(?P<title>.+?)[」”\"]?\s?的\s?whatsapp.{0,20}", re.IGNORECASE
    ),
]
_COPY = re.compile(r"(?:\s?\(\d{1,4}\)|\s?[-\u2013]?\s(?:copy|kopie|copia|copie))$", re.IGNORECASE)
_LONGEST_TITLE = 260

YOU = frozenset(
    ["you", "du", "sie", "tú", "usted", "você", "vous", "вы", "jij", "あなた", "你", "您"]
)
"""What the owner is called where WhatsApp does not write their name, in lower case."""

_YOU_TOO = YOU | {"dich", "ihnen", "te", "ti", "toi", "jou", "je", "u", "dig", "deg"}

_NOTICE = re.compile(
    r"(?:messages|nachrichten|los mensajes|as mensagens|mensagens|les messages|i messaggi|berichten"
    r"|сообщения|mesajlar|wiadomości|meddelanden|meddelelser|meldinger|viestit|pesan|zprávy"
    r"|mesajele|訊息|消息|メッセージ|메시지).{0,80}?"
    r"(?:end-to-end|ende-zu-ende|extremo a extremo|ponta a ponta|bout en bout|end-to-end"
    r"|сквозн|uçtan uca|całkowicie|od końca do końca|totalsträck|päästä päähän|ujung ke ujung"
    r"|koncov|端到端|端對端|エンドツーエンド|종단)",
    re.IGNORECASE | re.DOTALL,
)

_WHO = r"(?P<who>[^\n]{1,120}?)"
_WHOM = r"(?P<whom>[^\n]{1,400}?)"
_MEMBERS = [
    rf"{_WHO} added {_WHOM}",
    rf"{_WHO} removed {_WHOM}",
    rf"{_WHO} (?:left|joined using (?:this group's|an) invite link|joined from the community)",
    rf"{_WHO} created (?:this )?group(?: .{{0,200}})?",
    rf"{_WHO} was added",
    rf"{_WHO} hat {_WHOM} (?:hinzugefügt|entfernt)",
    rf"{_WHO} hat die(?:se)? gruppe(?: .{{0,200}})? (?:verlassen|erstellt)",
    rf"{_WHO} ist (?:der gruppe )?über (?:den|einen) einladungslink .{{0,80}}beigetreten",
    rf"{_WHO} (?:añadió|agregó|eliminó) a {_WHOM}",
    rf"{_WHO} (?:salió(?: del grupo)?|creó (?:el|este) grupo(?: .{{0,200}})?)",
    rf"{_WHO} se unió (?:usando|con) .{{0,80}}enlace.{{0,80}}",
    rf"{_WHO} (?:adicionou|removeu) {_WHOM}",
    rf"{_WHO} (?:saiu|criou (?:o|este) grupo(?: .{{0,200}})?)",
    rf"{_WHO} entrou (?:usando|através) .{{0,120}}",
    rf"{_WHO} a (?:ajouté|retiré|supprimé) {_WHOM}",
    rf"{_WHO} (?:a quitté(?: le groupe)?|est parti(?:\(e\)|e)?)",
    rf"{_WHO} a créé (?:le|ce) groupe(?: .{{0,200}})?",
    rf"{_WHO} ha (?:aggiunto|rimosso) {_WHOM}",
    rf"{_WHO} (?:ha abbandonato(?: il gruppo)?|è uscito)",
    rf"{_WHO} ha creato (?:il|questo) gruppo(?: .{{0,200}})?",
    rf"{_WHO} heeft {_WHOM} (?:toegevoegd|verwijderd)",
    rf"{_WHO} heeft de groep verlaten",
    rf"{_WHO} heeft (?:de|deze) groep(?: .{{0,200}})? (?:gemaakt|aangemaakt)",
]
_MEMBER_LINES = [re.compile(rf"{pattern}\.?", re.IGNORECASE) for pattern in _MEMBERS]
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
_NAMES = re.compile(r", | and | und | y | e | et | en |、")
_CALL = re.compile(
    r"\b(?:voice|video) call|sprachanruf|videoanruf|videollamada|llamada|chamada|ligação de"
    r"|appel (?:vocal|vidéo)|chiamata|videochiamata|(?:spraak|video)oproep",
    re.IGNORECASE,
)
_LONGEST_CALL_LINE = 120
_MENTION = re.compile(
    r"@(?:\u2068(?:~[\s\u202f]?)?(?P<name>[^\u2069\n]{1,100})\u2069|(?P<phone>\d{7,15})\b)"
)


def title(name: str) -> str:
    """With whom or of which group a chat is, by the name of its file; empty where it does not say.

    Example:
        >>> title("WhatsApp-Chat mit Ana López (2).txt"), title("_chat.txt")
        ('Ana López', '')
    """
    stem = re.sub(r"\.(?:txt|zip)$", "", name[:_LONGEST_TITLE], flags=re.IGNORECASE).strip()
    while cut := _COPY.search(stem):
        stem = stem[: cut.start()]
    found = next(filter(None, (pattern.fullmatch(stem) for pattern in _TITLES)), None)
    return found["title"].strip() if found else ""


def is_notice(text: str) -> bool:
    """Whether it is the sentence about encryption with which chats begin."""
    return _NOTICE.match(text) is not None


def names_in_line(text: str) -> list[str] | None:
    """Who is in the chat, by a line about who came, went or founded it; ``None`` for other lines.

    Example:
        >>> names_in_line("Ana added Ben and Chidi")
        ['Ana', 'Ben', 'Chidi']
    """
    line = text.strip()
    if "\n" in line or len(line) > 600:
        return None
    for pattern in _MEMBER_LINES:
        if found := pattern.fullmatch(line):
            told = found.groupdict()
            named = [told["who"], *_NAMES.split(told.get("whom") or "")]
            return [name for name in named if name and name.casefold() not in _YOU_TOO]
    return None


def is_known_line(text: str) -> bool:
    """Whether it is one of the other lines that WhatsApp writes."""
    return _OTHER_LINES.fullmatch(text[:600]) is not None


def is_call(text: str) -> bool:
    """Whether a line that WhatsApp wrote is about a call."""
    return len(text) < _LONGEST_CALL_LINE and _CALL.search(text) is not None


def was_taken(call: str) -> bool:
    """Whether the call was taken: such a line says how long it was, and others have no number."""
    return any(sign.isdigit() for sign in call)


def mentions(text: str) -> Iterator[tuple[str, str]]:
    """Whom a message names: a name, or a telephone number with its ``+``."""
    if "@" in text:
        for found in _MENTION.finditer(text):
            yield found["name"] or "", f"+{found['phone']}" if found["phone"] else ""
