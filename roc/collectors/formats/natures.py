"""Words by which addresses of offices, programs, lists and rooms are told from those of people.

Given and family names are left alone where they look like such words: Jose Sales, Friedrich List
and Marco Sala are people, and so is whoever has a dot between two names.
"""

import re
from functools import lru_cache

from roc.graph.records import Nature

_ROLE_WORDS = """
    abuse aftersales bizdev clientservices complaints concierge dataprotection direction
    emergency facilities gdpr hey hotline howdy ombudsman people presales reservations
    safety secretary tech treasury whistleblower
    abuse accounting accounts admin administrator admissions billing booking bookings care careers
    communications community compliance contact contactus customer customercare customers
    customerservice dpo editor editorial enquiries enquiry events feedback finance frontdesk
    helpdesk hello help hi hostmaster hr info information inquiries investors invoice invoices it
    itsupport jobs legal logistics marketing media membership office operations ops orders
    partners partnerships payable payments payroll pr press privacy procurement purchasing
    receivable reception recruiting recruitment returns rsvp sales security service services
    shipping shop staff support talent team tickets volunteers webmaster welcome wholesale

    anfrage bestellung bewerbung buchhaltung buero datenschutz empfang hallo kanzlei kontakt
    kundenservice personalabteilung praxis rechnung rechnungen redaktion reservierung rezeption
    sekretariat verkauf vertrieb vorstand zentrale
    accueil bonjour commercial comptabilite presse recrutement redaction secretariat
    administracion atencion ayuda contacto facturacion hola informacion prensa redaccion rrhh
    atencionalcliente postventa reservas secretaria soporte ventas
    atendimento contabilidade financeiro servicoaocliente suporte vendas
    amministrazione assistenza assistenzaclienti obsluga ciao contatti segreteria vendite
    biuro faktury kadry rekrutacja sprzedaz administratie inkoop klantenservice verkoop
    asiakaspalvelu kundeservice kundtjanst destek iletisim muhasebe satis eigyo jinji kefu soumu
    инфо поддержка продажи 客服 联系 人事
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_DEPARTMENT_WORDS = (
    "admin billing department desk helpdesk info ops office service services support team"
)
_DEPARTMENTS = frozenset(_DEPARTMENT_WORDS.split())
_ENDS_AS_OFFICE = re.compile(r".{2,}(?:support|services?|desk|team|office|relations|success)")
_PLACE_WORDS = "apac asia berlin de emea es eu europe fr global it london paris uk us usa"
_PLACES = frozenset(_PLACE_WORDS.split())

_NO_REPLY = (
    r"no[-_.]?reply|do[-_.]?not[-_.]?reply|dont[-_.]?reply|ne[-_.]?pas[-_.]?repondre"
    r"|n(?:o|ao|ão)[-_.]?respond(?:er|a)|nicht[-_.]?antworten|keine[-_.]?antwort"
    r"|non[-_.]?rispondere|nie[-_.]?odpowiadac|niet[-_.]?antwoorden"
)
_PROGRAMS = re.compile(
    rf"(?:.+[-_.])?(?:{_NO_REPLY})(?:[-_.+\d].*)?"
    r"|(?:.+[-_.])?(?:mail(?:er)?|bugzilla)[-_.]?daemon\d*|postmaster\d*"
    r"|bounces?(?:[-_+=\d].*)?|srs\d=.*|prvs=.*"
    r"|auto[-_.]?(?:reply|respon\w+|mailer|confirm|notify)[-_\d]*|automated|automation"
    r"|(?:.*[-_.])?(?:notifications?|notify|alerts?)(?:[-_.].*)?|reply\+.*"
    r"|.+\[bot\]|(?:.*[-_])?bot|bot[-_].+|robot"
    r"|(?:auto|build|chat|dependa|deploy|git\w*|jira|slack|test)bot"
    r"|.+-(?:confirmations?|tracking|updates?)|tracking|(?:e-)?statements?|receipts?|reminders?"
    r"|cron|root|system|monitoring|nagios|zabbix|sentry|jenkins|jira|confluence|gitlab|github"
    r"|bugzilla|circleci|logwatch|teamcity|zapier|voicemail|scanner|fax"
)
_BULK = re.compile(
    r"(?:.*[-_.])?(?:\w*newsletters?|digest|announce(?:ments?)?)(?:[-_].*)?"
    r"|dailydigest|news(?:-.+)?|.+-news|updates|bulletin|mailings?"
    r"|mailing[-_.]?list|nyhetsbrev|nieuwsbrief|boletin|infolettre|rundbrief"
    r"|listserv(?:er)?|majordomo|mailman|sympa|owner-.+|(?:un-?)?subscribe"
    r"|.+[-+](?:request|owner|bounces|(?:un)?subscribe)"
    r"|.+-(?:list|users|discuss)|all(?:staff|[-_].+)?|.+[-_]all|every(?:one|body)(?:[-_].+)?"
    r"|alle|tous|todos|promo(?:tions?)?|offers|deals|sale|specials|campaigns?|webinars?"
    r"|press-releases?"
)
_ROOM = (
    r"(?:conf(?:erence)?|meeting|mtg|board|zoom|huddle|focus)[-_.]?(?:room|rm)|phonebooth|auditorium"
    r"|besprechungsraum|konferenzraum|konf-raum|meetingraum|vergaderzaal|motesrum|m[øo]terom"
    r"|kaigishitsu|会议室|会議室|회의실"
)
_ROOMS = re.compile(
    rf"(?:.+[-_.])?(?:{_ROOM})s?(?:[-_.\d].*)?"
    r"|room(?:[-_.].+|\d+)|.+[-_]room(?:[-_]?\w)?|raum[-_]?\d.*|salle[-_].+|salle\.reunion.*"
    r"|sala[-_.](?:de[-_.])?(?:reuni\w*|riunion\w*|juntas|conferen\w*|grande|\d+)"
    r"|(?:huddle|besprechung|desk|parking[-_]?spot|projector|beamer|pool[-_]?car)[-_]?\d+"
    r"|projector|beamer|pool[-_]?car|(?:resource|equipment)[-_].+"
)
_LONGEST = 128  # of an address; handles of other sources may be longer
_ROOM_HOSTS = re.compile(r"(?:resource|group)\.calendar\.google\.com")
_LIST_HOSTS = re.compile(r"googlegroups\.com|groups\.io|(?:lists|listserv|newsletters?)\..+\..+")


@lru_cache(maxsize=2**12)  # a mailbox repeats the same addresses again and again
def nature_of(local: str, host: str) -> Nature:
    """What stands behind an address, by the part before the ``@`` and the part after it."""
    local = local[:_LONGEST]
    if _ROOM_HOSTS.fullmatch(host):
        return Nature.ROOM
    if _PROGRAMS.fullmatch(local):
        return Nature.BOT
    if _LIST_HOSTS.fullmatch(host) or _BULK.fullmatch(local):
        return Nature.LIST
    if _ROOMS.fullmatch(local):
        return Nature.ROOM
    return Nature.ROLE if _is_office(local.partition("+")[0]) else Nature.PERSON


def _is_office(local: str) -> bool:
    words = re.split(r"[-_.]", local.rstrip("0123456789"))
    if "." in local:  # as between two names: Bill Ing is nobody's invoice
        return len(words[0]) > 3 and words[0] in _ROLES and set(words) <= _ROLES | _PLACES
    if "".join(words) in _ROLES:
        return True
    first_tells = words[0] in _ROLES and (len(words[0]) > 3 or words[0] == "hr")
    last_tells = words[-1] in _DEPARTMENTS or _ENDS_AS_OFFICE.fullmatch(words[-1]) is not None
    return (len(words) > 1 and first_tells) or last_tells
