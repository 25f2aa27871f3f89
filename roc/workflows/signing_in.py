"""Signing in to live sources and out of them; tokens that renew themselves."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.oauth import Client, Desk, Grant
from roc.collectors.registry import live, live_sources
from roc.config import Config
from roc.errors import ConfigError
from roc.workflows import connections, tokens
from roc.workflows.connections import ENVIRONMENT, Connection
from roc.workflows.redirect import PORT, Redirect

_WRITING = Lock()  # several hosts' threads may renew their tokens at once
_SOON = timedelta(minutes=10)
_AGREE_WITHIN_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner told to get in.

    Args:
        source: where to.
        name: what they call the connection; empty for the source's name.
        address: where the source is; empty for the real one.
        user: the name they sign in with; empty where the token says whose it is.
        secret: token or password; empty to sign in on the source's page.
        client: id of their own client at the source, where that is needed.
        in_file: whether the token is to go into a file and not into the keyring.
    """

    source: str
    name: str = ""
    address: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)
    client: str = ""
    in_file: bool = False


@dataclass(frozen=True, slots=True)
class Connected:
    """What signing in made.

    Args:
        connection: the connection as it is kept.
        lacking: scopes that some stream needs and the token lacks.
    """

    connection: Connection
    lacking: tuple[str, ...]


def sign_in(source: str) -> SignIn:
    """How one gets in to a source.

    Raises:
        UnknownExport: it is no live source.
    """
    told: SignIn = live(source).SIGN_IN
    return told


def connect(config: Config, told: Told, *, now: datetime, show: Callable[[str], None]) -> Connected:
    """Sign in: the token is tried with one harmless request, and put away.

    Args:
        config: the settings.
        told: what the owner told.
        now: the moment, aware UTC.
        show: shows the owner a page of the source, where they sign in there.

    Raises:
        CollectError: the source does not take the token; nothing is kept.
        ConfigError: something that is needed was not told.
    """
    _check(told)
    client = Client(told.client)
    grant = Grant(told.secret, "", None)
    if not told.secret:
        client, grant = _agreed(told, now, show)
    signed = _tried(told, grant, now)
    made = Connection(
        name=told.name or told.source,
        source=told.source,
        address=told.address,
        user=told.user,
        account=signed.account,
        expires=_expires(told.source, grant, signed, now),
        key=secrets.token_hex(8),
        client=client.number,
    )
    secret = tokens.Secret(grant.token, grant.refresh, client.secret)
    kept_in = tokens.keep(config.tokens_file, made.key, secret, in_file=told.in_file)
    made = replace(made, kept_in=kept_in)
    before = [each for each in connections.connections(config) if each.name == made.name]
    connections.keep(config, made)
    for each in before:
        _forget_token(config, each)
    return Connected(made, signed.lacking)


def disconnect(config: Config, name: str) -> Connection:
    """Sign out: the token is removed from where it was kept.

    The source itself still knows it, until it ends there or the owner revokes it.

    Raises:
        ConfigError: nothing is connected under that name, or the token comes from the environment.
    """
    gone = connections.connection(config, name)
    if gone.kept_in == ENVIRONMENT:
        raise ConfigError(
            f"Nothing is connected under the name {name!r}.",
            hint="a token from the environment ends with: unset its variable.",
        )
    _forget_token(config, gone)
    connections.drop(config, gone)
    return gone


def runs_out(used: Connection, now: datetime) -> bool:
    """Whether a token has ended, or is about to."""
    return bool(used.expires) and datetime.fromisoformat(used.expires) - now < _SOON


def renewed(config: Config, used: Connection, now: datetime) -> bool:
    """Get a new token without the owner, where the source gave something to get it with.

    Returns:
        Whether there is a new one.

    Raises:
        CollectError: the source refused.
    """
    oauth = sign_in(used.source).oauth
    if used.kept_in == ENVIRONMENT or oauth is None:
        return False
    secret = connections.secret(config, used)
    if not secret.refresh:
        return False
    desk = Desk(sign_in(used.source).name, oauth, used.address, now)
    grant = desk.renewed(Client(used.client, secret.client), secret.refresh)
    # The old companion may be good for one use only: the new one is put away before all else.
    fresh = tokens.Secret(grant.token, grant.refresh or secret.refresh, secret.client)
    in_file = used.kept_in == tokens.FILE
    expires = "" if grant.expires is None else grant.expires.isoformat(timespec="seconds")
    with _WRITING:
        kept_in = tokens.keep(config.tokens_file, used.key, fresh, in_file=in_file)
        connections.keep(config, replace(used, expires=expires, kept_in=kept_in))
    return True


def _check(told: Told) -> None:
    """Whether all is there that the source needs to be asked."""
    way = sign_in(told.source)
    if told.name and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", told.name):
        raise ConfigError(
            f"{told.name!r} cannot be the name of a connection.",
            hint="take small letters, digits and hyphens, as in work-mail.",
        )
    if told.name in live_sources() and told.name != told.source:
        raise ConfigError(
            f"{told.name!r} is the name of another source.", hint="choose another --name."
        )
    if way.asks_address and not told.address:
        raise ConfigError(
            f"{way.name} is on many servers, and it was not told which one is yours.",
            hint="name it: --address URL",
        )
    if way.asks_user and not told.user:
        raise ConfigError(
            f"{way.name} wants to know who signs in.", hint="name yourself: --user USER"
        )


def _agreed(told: Told, now: datetime, show: Callable[[str], None]) -> tuple[Client, Grant]:
    """Send the owner to the source's page, and wait until they come back."""
    way = sign_in(told.source)
    if way.oauth is None:
        raise ConfigError(
            f"{way.name} needs its {way.secret}.", hint="type it when it is asked for."
        )
    desk = Desk(way.name, way.oauth, told.address, now)
    with Redirect(0 if way.oauth.register else PORT) as redirect:
        if way.oauth.register:
            client = desk.register(redirect.address)
        elif told.client:
            client = Client(told.client)
        else:
            raise ConfigError(
                f"{way.name} lets only apps in that it knows.",
                hint=f"make one there, with {redirect.address} as its redirect address, and name "
                "its client id: --client ID",
            )
        verifier = secrets.token_urlsafe(48)
        show(desk.page(client, redirect.address, redirect.state, verifier))
        code = redirect.code(_AGREE_WITHIN_SECONDS)
        return client, desk.grant(client, redirect.address, code, verifier)


def _tried(told: Told, grant: Grant, now: datetime) -> SignedIn:
    module = live(told.source)
    settings = LiveSettings(grant.token, now=now, base_url=told.address, user=told.user)
    signed: SignedIn = module.who(module.connect(settings))
    return signed


def _expires(source: str, grant: Grant, signed: SignedIn, now: datetime) -> str:
    days = sign_in(source).days
    usual = None if days is None or grant.expires else now + timedelta(days=days)
    found = grant.expires or signed.expires or usual
    return "" if found is None else found.isoformat(timespec="seconds")


def _forget_token(config: Config, used: Connection) -> None:
    if used.kept_in != ENVIRONMENT:
        tokens.drop(config.tokens_file, used.key, used.kept_in)
