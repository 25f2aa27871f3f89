"""Whose account a handle of Messages is: a telephone number, a mail address, or a service's."""

from functools import lru_cache

from roc.collectors.formats.addresses import is_address, nature
from roc.collectors.formats.hashed_ids import MAX_ID
from roc.collectors.formats.named import phone
from roc.graph.records import Account, Nature

SOURCE = "imessage"
_BUSINESS = "urn:biz:"


@lru_cache(65536)
def account(handle: object) -> Account | None:
    """The account behind a handle; ``None`` where there is none.

    Short numbers and names of senders (``22000``, ``DHL``) are nobody's telephone.

    Example:
        >>> str(account("+49 170 1234567")), str(account("Ana@Example.org"))
        ('phone:+491701234567', 'email:ana@example.org')
    """
    if not isinstance(handle, str):
        return None
    told = handle.strip().removeprefix("mailto:")
    if is_address(told):
        return Account("email", told.lower())
    if found := phone(told):
        return found
    plain = told.lower()
    return Account(SOURCE, plain) if plain.isprintable() and 0 < len(plain) <= MAX_ID else None


def own_account(told: object) -> Account | None:
    """The account in what is told of the owner: ``E:ana@example.org``, ``P:+49…`` or neither."""
    if isinstance(told, str) and told[:2].lower() in ("e:", "p:"):
        told = told[2:]
    found = account(told)
    return found if found and found.source != SOURCE else None


def nature_behind(one: Account) -> Nature:
    """What stands behind an account."""
    if one.source == SOURCE:
        return Nature.ROLE if one.handle.startswith(_BUSINESS) else Nature.BOT
    return nature(one.handle) if one.source == "email" else Nature.PERSON
