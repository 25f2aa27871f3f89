"""The words in which people say what happened, and the kinds they stand for."""

from collections.abc import Mapping
from types import MappingProxyType

from roc.graph.records import Kind

_WORDS: dict[Kind, str] = {
    Kind.MESSAGE: "message mail email letter text dm postcard",
    Kind.REPLY: "reply answer",
    Kind.MENTION: "mention",
    Kind.COMMENT: "comment",
    Kind.REACTION: "reaction like",
    Kind.REPOST: "repost share",
    Kind.QUOTE: "quote",
    Kind.INVITATION: "invitation invite",
    Kind.MEETING: "meeting meet breakfast lunch dinner coffee tea drinks walk visit party workshop "
    "conference offsite event roundtable check-in virtual gala keynote presentation webinar",
    Kind.CALL: "call phone video",
    Kind.ENDORSEMENT: "endorsement endorse",
    Kind.RECOMMENDATION: "recommendation recommend",
    Kind.INTRODUCTION: "introduction introduce intro",
    Kind.REFERRAL: "referral refer",
    Kind.THANKS: "thanks thank",
    Kind.DECLINE: "decline declined",
    Kind.COMPLAINT: "complaint complain",
    Kind.CONGRATULATION: "congratulation congratulate congrats",
}

KIND_WORDS: Mapping[str, Kind] = MappingProxyType(
    {word: kind for kind, words in _WORDS.items() for word in words.split()}
)
"""Every word that is understood, in the order of ``Kind``; each kind's own name is the first."""
