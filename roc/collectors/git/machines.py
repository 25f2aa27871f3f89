"""Programs that take part in histories: told from people by names and addresses in commits.

People commit from addresses such as ``info@`` and ``github@`` on hosts of their own. So a name that
is somebody's counts for more here than what an address begins with.
"""

import re
from functools import lru_cache

from roc.collectors.formats.addresses import nature
from roc.graph.records import Nature

# Addresses that are a program's, whatever name stands before them.
_ADDRESSES = re.compile(
    r"[^@]*\[bot\]@.*|(?:.+[-_.])?no[-_.]?reply@.*|syzbot(?:\+[^@]*)?@.*"
    r"|[^@]*@(?:[^@]+\.)?gserviceaccount\.com"  # of Chromium's commit queue, among others
    r"|merge-button@github\.com|actions?@github\.com|copilot@github\.com"
    r"|(?:\d+\+)?(?:copilot|actions-user|web-flow|claude|cursoragent)"
    r"@users\.noreply\.github\.com"
    r"|cursoragent@cursor\.com|codex@openai\.com|gemini(?:-[a-z-]*)?@google\.com"
    r"|copybara-worker@google\.com|gardener@tensorflow\.org|lkp@intel\.com|bors@.*|zuul@.*"
    r"|review@(?:open(?:stack|dev)\.org|review\.[^@]*)"
)
# Names that no person has. "Claude" and "Gemini" are not among them: so are people called.
_NAMES = re.compile(
    r".*\[bot\].*|(?!(?:abbot|cabot|talbot|turbot)$)[\w.-]*bot|.+ robot"
    r"|bors|zuul|copybara(?:[ -]service)?|gerrit code review|.+ (?:luci )?(?:cq|commit queue)"
    r"|git(?:hub|lab)(?: (?:merge button|actions?|copilot|ci))?|copilot|copilot .+"
    r"|cursor(?: agent)?|(?:openai )?codex|gemini (?:cli|code assist)|claude code"
    r"|tensorflower gardener|(?:hosted )?weblate|transifex|travis ci|jenkins(?: ci)?"
)
_LONGEST = 300
_BETWEEN = re.compile(r"[\s._-]+")


@lru_cache(65536)
def nature_behind(name: str, address: str) -> Nature:
    """What stands behind a name and an address, which may be empty, as commits have them.

    Example:
        >>> people = ("Ben Okoro", "github@ben.example"), ("Jan Bot", "jan@example.org")
        >>> [nature_behind(*one).value for one in people]
        ['person', 'person']
        >>> programs = ("syzbot", "syzbot+1a@example.org"), ("", "github@example.org")
        >>> [nature_behind(*one).value for one in programs]
        ['bot', 'bot']
    """
    name, address = name[:_LONGEST].casefold(), address[:_LONGEST]
    if _ADDRESSES.fullmatch(address) or _NAMES.fullmatch(name):
        return Nature.BOT
    local, _, host = address.partition("@")
    if host and (of_host := nature(f"x@{host}")) is not Nature.PERSON:  # of lists and rooms
        return of_host
    words = _BETWEEN.split(name.strip())
    as_told = nature(address) if address else Nature.PERSON
    is_by_address = not name or _BETWEEN.sub("", local) in (words[0], "".join(words))
    if is_by_address or (words[-1] == "bot" and as_told is Nature.BOT):  # Bot is a surname, too
        return as_told
    return nature(words[0]) if len(words) == 1 else Nature.PERSON
