"""How messages are written: length, language and warmth, thanks and congratulations; never text.

Only where the owner asks for it. Warmth is that of VADER's lexicon, which knows English alone;
messages in other languages, and short ones, whose language nobody can tell, are not judged.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from roc.collectors.formats.courtesies import congratulations, thanks
from roc.graph.records import Interaction, Kind, Record, Tone

_WRITTEN = (Kind.MESSAGE, Kind.REPLY)  # to somebody, and not about them
_FEWEST_WORDS = 4
_SUREST = 0.9  # least probability of a language, among those that are told apart
_MOST_SENTENCES = 20
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LINK = re.compile(r"https?://\S+|\S+@\S+\.\S+")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")

# The languages of most mail, told apart with few words; of a hundred each seems likely to some.
_TOLD_APART = """
    en de fr es it pt nl sv da no fi pl cs sk hu ro hr bg el ru uk tr ar he fa hi zh ja ko id vi th
"""


def toned(records: Iterable[Record]) -> Iterator[Record]:
    """Records with the tone of messages in the place of their text.

    Thanks and congratulations are acts of their own beside the message, with its moment, sender
    and recipients, under its id with ``/thanks`` or ``/congratulation`` behind it.
    """
    for record in records:
        if not isinstance(record, Interaction) or not record.text:
            yield record
            continue
        text = record.text
        written = replace(record, text="", tone=tone_of(text))
        yield written
        if record.kind in _WRITTEN:
            for kind in _courtesies(text):
                yield _beside(written, kind)


def tone_of(text: str) -> Tone:
    """How a message is written, by its beginning.

    Warmth is the mean of its sentences' compound scores, each as far as a sentence says anything
    at all; ``None`` where the language is not English, or not to be told by so few words.

    Source: Hutto and Gilbert (2014), ICWSM, VADER.

    Example:
        >>> tone_of("It was wonderful to see you all, what a lovely evening!").language
        'en'
    """
    bare = _LINK.sub(" ", text)
    language = _language(bare)
    return Tone(len(text), language, _warmth(bare) if language == "en" else None)


def _courtesies(text: str) -> Iterator[Kind]:
    if thanks(text):
        yield Kind.THANKS
    if congratulations(text):
        yield Kind.CONGRATULATION


def _beside(message: Interaction, kind: Kind) -> Interaction:
    return replace(
        message,
        external_id=f"{message.external_id}/{kind}",
        kind=kind,
        parent=message.external_id,
        tags=(),
        cost=None,
        currency="",
        tone=None,
    )


def _language(text: str) -> str:
    if len(list(islice(_WORD.finditer(text), _FEWEST_WORDS))) < _FEWEST_WORDS:
        return ""
    language, sureness = _identify()(text)
    return language if sureness >= _SUREST else ""


def _warmth(text: str) -> float:
    scores = [
        _score()(sentence)["compound"]
        for sentence in islice(_SENTENCE.findall(text), _MOST_SENTENCES)
        if _WORD.search(sentence)
    ]
    return sum(scores) / len(scores) if scores else 0.0


@cache
def _identify() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import LanguageIdentifier  # late: only who asks for tone waits for it

    identifier = LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
    identifier.set_languages(_TOLD_APART.split())
    return identifier.classify  # type: ignore[no-any-return]


@cache
def _score() -> Callable[[str], dict[str, float]]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer().polarity_scores  # type: ignore[no-any-return]
