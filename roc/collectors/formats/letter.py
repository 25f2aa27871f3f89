"""One message's headers read as an act: who wrote to whom, when, and in answer to what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from roc.collectors.formats.addresses import addresses, decoded, nature
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.mail_dates import sent_at
from roc.collectors.formats.mail_text import written
from roc.collectors.formats.mbox import Head
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Nature

SOURCE = "email"

Mailbox = tuple[str, str]
"""A name, or an empty text, and an address."""

_HEADERS = """
    from sender to cc bcc delivered-to date received message-id in-reply-to references subject
    list-id list-post list-unsubscribe precedence auto-submitted x-spam-flag x-gmail-labels
"""
WANTED = frozenset(_HEADERS.split())
"""The headers that are read; the subject only to tell apart messages without an id."""

_MAX_REFERENCES = 1000  # characters at either end: the root and the last are all that counts

_BRACKETED = re.compile(r"<([^<>\s]+)>")
_MAILTO = re.compile(r"<mailto:([^<>?\s]+)", re.IGNORECASE)
_REPLY, _MESSAGE = Kind.REPLY, Kind.MESSAGE  # looked up once: there are many
_NO_LISTS: frozenset[str] = frozenset()
_BULK_PRECEDENCE = ("bulk", "list", "junk")

# Gmail writes labels in the owner's language; these are its words for drafts and spam.
_NOT_SENT_LABELS = """
    draft, drafts, entwurf, entwürfe, brouillon, brouillons, borrador, borradores, rascunho,
    rascunhos, bozza, bozze, concept, concepten, utkast, kladde, kladder, szkice, wersje robocze,
    luonnokset, taslaklar, черновики, 下書き, 草稿, 임시보관함,
    spam, спам, correo basura, 迷惑メール, 垃圾邮件, 스팸
"""
_NOT_SENT = frozenset(" ".join(_NOT_SENT_LABELS.split()).split(", "))


class Letter(NamedTuple):
    """A message as an act.

    Args:
        act: who wrote to whom.
        mailboxes: everyone whom the headers name, the sender first.
        lists: which of their addresses belong to mailing lists.
        bulk: it went out to many at once: a newsletter, or to a list that says so.
        automatic: a program wrote it.
    """

    act: Interaction
    mailboxes: tuple[Mailbox, ...]
    lists: frozenset[str]
    bulk: bool
    automatic: bool


def letter(message: Head) -> Letter | None:
    """A message as an act.

    Returns:
        The act, or ``None`` where nobody reached anybody: drafts, spam, notes to oneself and
        notices of absence.

    Raises:
        Unusable: it has no sender, nobody to go to, or no date.
    """
    if _was_not_sent(message) or _is_absence_notice(message):
        return None
    sender = _sender(message)
    to = addresses(message.joined("to"))
    copied = addresses(message.joined("cc")) + addresses(message.joined("bcc"))
    recipients = _others(to, [sender])
    also = _others(copied, [sender, *to])
    if not recipients and not also:
        # A blind copy, if not a note to oneself: the mailbox it arrived in is all that is known.
        copied += addresses(message.first("delivered-to"))
        if not to and not copied:
            raise Unusable("no_recipient", "no address in To, Cc, Bcc or Delivered-To")
        also = _others(copied, [sender])
        if not also:
            return None
    lists = _list_addresses(message, (*to, *copied))
    bulk = _is_bulk(message, sender[1], lists)
    automatic = _auto_submitted(message) not in ("", "no")
    act = _act(message, sender[1], recipients, also)
    if message.body and not bulk and not automatic:
        act = replace(act, text=written(message))
    return Letter(
        act=act,
        mailboxes=(sender, *to, *copied),
        lists=lists,
        bulk=bulk,
        automatic=automatic,
    )


def _sender(message: Head) -> Mailbox:
    found = addresses(message.joined("from")) or addresses(message.joined("sender"))
    if not found:
        raise Unusable("no_sender", "no address in From or Sender")
    return found[0]


def _others(people: Sequence[Mailbox], known: Iterable[Mailbox]) -> tuple[Account, ...]:
    if not people:
        return ()
    taken = {address for _, address in known}
    distinct = dict.fromkeys(address for _, address in people if address not in taken)
    return tuple(map(_account, distinct))


@lru_cache(maxsize=2**13)  # a mailbox repeats the same people again and again
def _account(address: str) -> Account:
    return Account(SOURCE, address)


def _act(
    message: Head, sender: str, recipients: tuple[Account, ...], copied: tuple[Account, ...]
) -> Interaction:
    when = sent_at(message)
    if when is None:
        raise Unusable("bad_date", "no readable date in Date, Received or the From line")
    at, precision = when
    own = _identifier(message.first("message-id"))
    own = own or _made_up(sender, recipients + copied, at, message.first("subject"))
    references = _references(message)
    answered = _BRACKETED.findall(message.first("in-reply-to")[:_MAX_REFERENCES])
    parent = (answered[:1] or references[-1:] or [""])[0]
    kind = _REPLY if parent else _MESSAGE
    thread = _identifier((references[:1] or [parent])[0]) or own
    # By place: made by name, which is half as fast, acts take a tenth of all the time.
    return Interaction(
        SOURCE,
        own,
        kind,
        at,
        _account(sender),
        recipients,
        copied,
        precision,
        "",
        thread,
        _identifier(parent),
    )


def _references(message: Head) -> list[str]:
    text = message.first("references")
    if len(text) > 2 * _MAX_REFERENCES:
        text = f"{text[:_MAX_REFERENCES]} {text[-_MAX_REFERENCES:]}"
    return _BRACKETED.findall(text)


def _identifier(text: str) -> str:
    """A Message-ID without its brackets; a hash of it where it is too long to be kept."""
    found = _BRACKETED.search(text)
    bare = found[1] if found else "".join(text.split())
    if not found and not bare.strip("<>"):
        return ""
    return bare if len(bare) <= MAX_ID else hashed(bare)


def _made_up(sender: str, others: tuple[Account, ...], at: datetime, subject: str) -> str:
    """An id for a message without one, from what is the same in every copy of it."""
    handles = sorted(other.handle for other in others)
    return hashed(sender, *handles, at.isoformat(), " ".join(subject.split()))


def person(mailbox: Mailbox, *, is_list: bool) -> AccountSeen | None:
    """What a header adds to a bare address: a name, or that it is no person's."""
    name, address = mailbox
    behind = Nature.LIST if is_list else nature(address)
    if name or behind is not Nature.PERSON:
        return AccountSeen(_account(address), name, nature=behind)
    return None


def _was_not_sent(message: Head) -> bool:
    is_spam = message.first("x-spam-flag").casefold().startswith("yes")
    return is_spam or _not_sent(message.first("x-gmail-labels"))


@lru_cache(maxsize=2**8)
def _not_sent(labels: str) -> bool:
    told = decoded(labels).casefold().split(",")
    return not _NOT_SENT.isdisjoint(label.strip(' "') for label in told)


def _auto_submitted(message: Head) -> str:
    """The header's first word; parameters and comments may follow it."""
    told = message.first("auto-submitted")
    return re.split(r"[;(\s]", told, maxsplit=1)[0].casefold() if told else ""


def _is_absence_notice(message: Head) -> bool:
    """Whether a person's account answered in the person's absence."""
    precedence = message.first("precedence").casefold()
    return _auto_submitted(message) == "auto-replied" or precedence == "auto_reply"


def _list_addresses(message: Head, recipients: Iterable[Mailbox]) -> frozenset[str]:
    """Which addresses belong to mailing lists, told by ``List-Post`` and ``List-Id``."""
    post, own = message.first("list-post"), message.first("list-id")
    if not post and not own:
        return _NO_LISTS
    posts = {address.lower() for address in _MAILTO.findall(post)}
    name = own.rpartition("<")[2].strip("> ").lower()
    named = {address for _, address in recipients if address.replace("@", ".") == name}
    return frozenset(posts | named)


def _is_bulk(message: Head, sender: str, lists: frozenset[str]) -> bool:
    if lists and sender not in lists:
        return False  # a person who wrote to a mailing list
    told = message.first("list-id") or message.first("list-unsubscribe")
    return bool(told) or message.first("precedence").casefold() in _BULK_PRECEDENCE
