"""What a public post is an act of: one rule for all networks where people post.

A repost is one of its author only: whoever is named in it was named by somebody else. A reply
addresses whom it answers, a quote whom it quotes; others named are copied. A post that only names
people is a mention of them. Oneself is never reached, so one's own thread is no act, unless it
names others.
"""

from dataclasses import dataclass
from datetime import datetime

from roc.graph.records import Account, Interaction, Kind, Precision


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the rule needs to know it, from whichever source.

    Args:
        source: where it was posted.
        id: the source's own id, unique everywhere in the source.
        author: who wrote it.
        at: when, aware UTC.
        precision: how well that is known.
        replies_to: the author of the post it answers.
        parent: the id of that post.
        reposts: the author of the post it passes on unchanged.
        quotes: the author of the post it passes on with words of its own.
        mentions: everyone named in it, in order.
    """

    source: str
    id: str
    author: Account
    at: datetime
    precision: Precision = Precision.INSTANT
    replies_to: Account | None = None
    parent: str = ""
    reposts: Account | None = None
    quotes: Account | None = None
    mentions: tuple[Account, ...] = ()


def post_act(post: Post) -> Interaction | None:
    """The one act that a post is; ``None`` where it reaches nobody."""
    kind, addressed, named = _aim(post)
    recipients = _others(addressed, post.author)
    if not recipients:
        return None
    copied = _others(named, post.author)
    return Interaction(
        source=post.source,
        external_id=post.id,
        kind=kind,
        at=post.at,
        sender=post.author,
        recipients=recipients,
        copied=tuple(account for account in copied if account not in recipients),
        precision=post.precision,
        parent=post.parent if kind is Kind.REPLY else "",
    )


def _aim(post: Post) -> tuple[Kind, tuple[Account, ...], tuple[Account, ...]]:
    """What a post is, whom it addresses and who else is named."""
    if post.reposts:
        return Kind.REPOST, (post.reposts,), ()
    quoted = (post.quotes,) if post.quotes else ()
    if post.replies_to not in (None, post.author):
        return Kind.REPLY, (post.replies_to,), (*post.mentions, *quoted)
    if post.quotes not in (None, post.author):
        return Kind.QUOTE, quoted, post.mentions
    return Kind.MENTION, post.mentions, ()


def _others(people: tuple[Account, ...], author: Account) -> tuple[Account, ...]:
    return tuple(who for who in dict.fromkeys(people) if who != author)
