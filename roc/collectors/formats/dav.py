"""Calendars and address books on a server (CalDAV, RFC 4791; CardDAV, RFC 6352), only ever read.

What is there, and what has changed since (RFC 6578, or by the marks of all entries where a server
does not know that), is found out from whatever address the owner knows (RFC 6764).
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from roc.collectors.base import LiveSettings
from roc.collectors.formats.multistatus import DAV, Multistatus, NotMultistatus, Told, multistatus
from roc.collectors.http import Line, NotUnderstood, Words, base_url, unavailable
from roc.errors import ConfigError, PermissionMissing, SourceUnavailable

_CALDAV = "urn:ietf:params:xml:ns:caldav"
_CARDDAV = "urn:ietf:params:xml:ns:carddav"
_MOST_ROUNDS = 10_000
_MOST_HOMES = 10
_ONE_OWNER = (".icloud.com",)  # one service with a host for each part of its users


@dataclass(frozen=True, slots=True)
class Kind:
    """What is looked for on a server.

    Args:
        namespace: whose words the server speaks.
        home: the property that tells where somebody's collections are.
        collection: what such a collection is called.
        data: the property that holds an entry.
        multiget: how several entries are asked for at once.
        well_known: where a host tells where its service is.
        component: what a collection has to hold, where collections tell.
    """

    namespace: str
    home: str
    collection: str
    data: str
    multiget: str
    well_known: str
    component: str = ""

    def named(self, name: str) -> str:
        """One of its words as XML has it: with the namespace."""
        return f"{{{self.namespace}}}{name}"


CALENDARS = Kind(
    _CALDAV,
    "calendar-home-set",
    "calendar",
    "calendar-data",
    "calendar-multiget",
    "/.well-known/caldav",
    "VEVENT",
)
BOOKS = Kind(
    _CARDDAV,
    "addressbook-home-set",
    "addressbook",
    "address-data",
    "addressbook-multiget",
    "/.well-known/carddav",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed in a collection.

    Args:
        entries: paths of what is new or changed, sorted; of what is gone nothing is told.
        token: the state from which to ask the next time.
    """

    entries: Sequence[str]
    token: str


class Dav:
    """One person's collections of a kind on a server.

    Args:
        settings: see ``LiveSettings``; the address may be the host's, or any below it.
        kind: ``CALENDARS`` or ``BOOKS``.
        words: what to tell the owner.

    Raises:
        ConfigError: there is no address, or nobody was named.
        SignInFailed: there is no password.
    """

    def __init__(self, settings: LiveSettings, kind: Kind, words: Words) -> None:
        if not settings.user or not settings.base_url:
            raise ConfigError(
                f"It was not told where {words.source} is, and who signs in there.",
                hint="name both: roc connect … --address https://dav.example.org --user ana",
            )
        self.user = settings.user
        self.now = settings.now
        self._kind = kind
        self._words = words
        address = base_url(settings, "")
        self._host = f"{urlsplit(address).scheme}://{urlsplit(address).netloc}"
        self._start = urlsplit(address).path + "/"
        self._line = Line(settings, "", words, with_name=True).anywhere()
        self._collections: dict[str, str] | None = None
        self._own: tuple[str, ...] = ()

    def collections(self) -> dict[str, str]:
        """Addresses of the collections, and the state of each; empty where a server tells none.

        Raises:
            CollectError: see ``http.check``.
        """
        if self._collections is None:
            self._collections = dict(self._found(self._owner()))
        return self._collections

    def own_addresses(self) -> tuple[str, ...]:
        """Under which mail addresses the owner is invited, in lower case; once asked, it is known.

        A server that does not tell them may take one to sign in with.
        """
        self.collections()
        told = [each for each in (*self._own, f"mailto:{self.user}") if "@" in each]
        folded = (each.casefold() for each in told if each.casefold().startswith("mailto:"))
        return tuple(dict.fromkeys(each.removeprefix("mailto:") for each in folded))

    def changes(self, collection: str, token: str) -> Changes:
        """What has changed since a state; all that is there for an empty one, or a forgotten one.

        Raises:
            CollectError: see ``http.check``.
        """
        if not self.collections().get(collection):
            return self._by_marks(collection, token)
        try:
            found = self._since(collection, token)
        except (NotUnderstood, PermissionMissing):
            if not token:
                raise
            found = self._since(collection, "")
        return found if found.token else self._by_marks(collection, token)

    def entries(self, collection: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Entries by their paths; ``None`` for what the server does not give.

        What is gone in the meantime is left out.
        """
        kind = self._kind
        wanted = "".join(f"<D:href>{escape(path)}</D:href>" for path in paths)
        body = (
            f'<C:{kind.multiget} xmlns:D="DAV:" xmlns:C="{kind.namespace}">'
            f"<D:prop><C:{kind.data}/></D:prop>{wanted}</C:{kind.multiget}>"
        )
        for told in self._asked("REPORT", collection, body, depth=1).all:
            data = told.properties.get(kind.named(kind.data))
            if data is not None and data.text:
                yield told.path, data.text.encode()
            elif told.status != 404:
                yield told.path, None

    def _owner(self) -> tuple[str, Told]:
        """Where the server describes who signed in, and what it says of them."""
        for start in self._starts():
            try:
                told = self._properties(start, "<D:current-user-principal/>", depth=0)
            except (NotUnderstood, PermissionMissing):
                continue
            except SourceUnavailable as refusal:
                if refusal.may_pass:
                    raise
                continue  # a page for people, or the way to one
            for each in told:
                for path in each.paths(f"{DAV}current-user-principal"):
                    return self._describing(urljoin(start, path))
        raise unavailable(
            self._words, "has no collections under this address, and does not tell where they are"
        )

    def _starts(self) -> Iterator[str]:
        """Where to begin: the address itself, and where its host says the service is."""
        yield self._host + self._start
        known = self._host + self._kind.well_known
        told = urljoin(known, self._line.leads_to(known, self._words) or known)
        self._check(told)
        yield told

    def _describing(self, principal: str) -> tuple[str, Told]:
        wanted = (
            f'<C:{self._kind.home} xmlns:C="{self._kind.namespace}"/>'
            f'<A:calendar-user-address-set xmlns:A="{_CALDAV}"/>'
        )
        for told in self._properties(principal, wanted, depth=0):
            self._own = tuple(told.paths(f"{{{_CALDAV}}}calendar-user-address-set"))
            return principal, told
        raise unavailable(self._words, "does not say whose password this is")

    def _found(self, owner: tuple[str, Told]) -> Iterator[tuple[str, str]]:
        principal, described = owner
        kind = self._kind
        wanted = (
            "<D:resourcetype/><D:sync-token/>"
            f'<A:supported-calendar-component-set xmlns:A="{_CALDAV}"/>'
        )
        for home in described.paths(kind.named(kind.home))[:_MOST_HOMES]:
            for told in self._properties(urljoin(principal, home), wanted, depth=1):
                if told.has(f"{DAV}resourcetype", kind.named(kind.collection)) and self._fits(told):
                    yield (
                        urljoin(urljoin(principal, home), told.path),
                        told.text(f"{DAV}sync-token"),
                    )

    def _fits(self, told: Told) -> bool:
        """Whether a collection may hold what is looked for; one that does not say may."""
        within = told.properties.get(f"{{{_CALDAV}}}supported-calendar-component-set")
        names = [] if within is None else [each.get("name", "").upper() for each in within]
        return not self._kind.component or not names or self._kind.component in names

    def _since(self, collection: str, token: str) -> Changes:
        """What has changed, by the server's own word, which may come in several pieces."""
        entries: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            body = (
                f'<D:sync-collection xmlns:D="DAV:"><D:sync-token>{escape(token)}</D:sync-token>'
                "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>"
            )
            told = self._asked("REPORT", collection, body, depth=0)
            entries |= {
                each.path for each in told.all if each.status == 200 and _is_entry(each, collection)
            }
            before, token = token, told.token
            if token in ("", before) or not any(each.status == 507 for each in told.all):
                break
        return Changes(sorted(entries), token)

    def _by_marks(self, collection: str, token: str) -> Changes:
        """All that is there, where its marks are not those of the last time."""
        listed = self._properties(collection, "<D:getetag/>", depth=1)
        marks = sorted(
            (told.path, told.text(f"{DAV}getetag"))
            for told in listed
            if _is_entry(told, collection)
        )
        state = hashlib.sha256(repr(marks).encode()).hexdigest()
        return Changes([] if state == token else [path for path, _ in marks], state)

    def _properties(self, address: str, wanted: str, *, depth: int) -> list[Told]:
        body = f'<D:propfind xmlns:D="DAV:"><D:prop>{wanted}</D:prop></D:propfind>'
        return self._asked("PROPFIND", address, body, depth=depth).all

    def _asked(self, method: str, address: str, body: str, *, depth: int) -> Multistatus:
        self._check(address)
        answer = self._line.ask(
            method,
            address,
            self._words,
            headers={"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"},
            body=f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode(),
        )
        try:
            return multistatus(answer.content)
        except NotMultistatus:
            raise unavailable(
                self._words, "answers with something else than was asked for"
            ) from None

    def _check(self, address: str) -> None:
        """Let an address pass that may have the password.

        Raises:
            SourceUnavailable: it is another host's.
        """
        host, parts = urlsplit(self._host), urlsplit(address)
        names = (host.hostname or "", parts.hostname or "")
        is_same = (parts.scheme, parts.netloc) == (host.scheme, host.netloc)
        is_partner = any(all(name.endswith(one) for name in names) for one in _ONE_OWNER)
        if not is_same and not (is_partner and parts.scheme == "https"):
            what = "sends its visitors to another host; the password does not follow"
            raise unavailable(self._words, what)


def _is_entry(told: Told, collection: str) -> bool:
    """Whether a path is an entry, and not the collection itself or one within it."""
    own = unquote(urlsplit(collection).path).rstrip("/")
    path = unquote(urlsplit(told.path).path)
    return not path.endswith("/") and path != own
