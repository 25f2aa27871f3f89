"""Every way in which accounts spell their people's names, as columns of numbered words.

An account has up to three spellings: its name, the words in its handle and, where the handle is
no name, the handle as a whole.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Floats, Ints
from roc.graph.likeness.names import (
    MOST_WORDS,
    is_dense,
    local_part,
    segmented,
    words_of_handle,
    words_of_name,
)

NOTHING = -1
"""In the place of a word that a spelling does not have."""

BACKGROUND = 1000
"""People elsewhere who are counted in, so that a graph of three is no measure of rare names."""

_INITIALS = 20  # that names begin with about as often as with any other, where little is known
_UNSEEN = 1.5  # of them bear any one name: a name seen once here is not the only one
_WHOLE = "@"  # marks a handle as a whole; no word of a name has it
_SHORTEST_WHOLE = 6  # letters; shorter handles are taken by somebody else at every source
_WHOLE_RARER = 20.0  # a made-up handle is that much less often used by two than a name as rare
_LEAST_PHONE = 9  # digits


@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """Spellings of accounts, a row each, and the words they are made of.

    Args:
        account: row of the account, shape ``(n,)``, ascending.
        words: numbers of a spelling's words, ``NOTHING`` where it has fewer, shape ``(n, 4)``.
        is_name: the spelling comes from a name that people read, shape ``(n,)``.
        vocabulary: every word, sorted; a word's number is its place, shape ``(w,)``.
        initial: the number of a word's first letter, shape ``(w,)``.
        is_initial: the word is one letter, which stands for a name, shape ``(w,)``.
        rarity: log of how many people there are to one who bears the word, shape ``(w,)``.
        initial_rarity: the same for one whose name begins with its first letter, shape ``(w,)``.
    """

    account: Ints
    words: Ints
    is_name: Bools
    vocabulary: tuple[str, ...]
    initial: Ints
    is_initial: Bools
    rarity: Floats
    initial_rarity: Floats

    def __len__(self) -> int:
        return len(self.account)


def spellings(names: Sequence[str], handles: Sequence[str]) -> Spellings:
    """Spellings of accounts, from their names and handles, columns of equal length."""
    known = _known(names)
    account: list[int] = []
    spelt: list[tuple[str, ...]] = []
    named: list[bool] = []
    for row, (name, handle) in enumerate(zip(names, handles, strict=True)):
        for words, is_name in dict(_of_account(name, handle, known)).items():
            account.append(row)
            spelt.append(words)
            named.append(is_name)
    vocabulary = tuple(sorted({word for words in spelt for word in words}))
    number = {word: place for place, word in enumerate(vocabulary)}
    table = np.full((len(spelt), MOST_WORDS), NOTHING, dtype=np.int64)
    for row, words in enumerate(spelt):
        table[row, : len(words)] = [number[word] for word in words]
    initial = np.array([ord(word[0]) for word in vocabulary], dtype=np.int64)
    accounts = np.array(account, dtype=np.int64)
    people = len(names) + BACKGROUND
    bearers = _bearers(accounts, table, len(vocabulary))
    return Spellings(
        accounts,
        table,
        np.array(named, dtype=np.bool_),
        vocabulary,
        initial,
        np.array([len(word) == 1 for word in vocabulary], dtype=np.bool_),
        _rarity(vocabulary, bearers, people),
        _initial_rarity(initial, bearers),
    )


def _known(names: Sequence[str]) -> frozenset[str]:
    """Words of names of at least two words: what can run together in a handle."""
    return frozenset(
        word
        for name in names
        if not _is_one_word(name)
        for word in words_of_name(name)
        if len(word) > 1
    )


def _of_account(
    name: str, handle: str, known: Collection[str]
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """An account's spellings, and whether each is its name; those of handles come first."""
    for text, is_name in ((handle, False), (name if _is_one_word(name) else "", True)):
        words = words_of_handle(text)
        if len(words) == 1:
            words = segmented(words[0], known)
        if words:
            yield words, is_name
        if whole := _whole(text, words, known):
            yield (whole,), False
    if not _is_one_word(name) and (words := words_of_name(name)):
        yield words, True


def _is_one_word(name: str) -> bool:
    """Whether a name may be a handle, as sources show one where there is no name."""
    return name.isascii() and " " not in name.strip()


def _whole(handle: str, words: tuple[str, ...], known: Collection[str]) -> str:
    """A handle as a whole, if that tells more than the names in it; else empty."""
    text = "".join(filter(str.isalnum, local_part(handle)))
    if text.isdigit():  # an id of the source, unless it is a telephone number
        phone = handle.startswith("+") and len(text) >= _LEAST_PHONE
        return _WHOLE + text if phone else ""
    is_made_of_names = bool(words) and all(word in known or len(word) == 1 for word in words)
    return "" if is_made_of_names or len(text) < _SHORTEST_WHOLE else _WHOLE + text


def _bearers(account: Ints, table: Ints, words: int) -> Ints:
    """How many accounts bear each word, in whatever spelling."""
    rows = np.repeat(account, table.shape[1])
    flat = table.ravel()
    pairs = np.unique(rows[flat >= 0] * max(words, 1) + flat[flat >= 0])
    return np.bincount(pairs % max(words, 1), minlength=words).astype(np.int64)


def _rarity(vocabulary: tuple[str, ...], bearers: Ints, people: int) -> Floats:
    # One of the bearers is who is being compared.
    rarity = np.log(people / (np.maximum(bearers - 1, 0) + _UNSEEN))
    signs: Counter[str] = Counter()
    dense = [place for place, word in enumerate(vocabulary) if is_dense(word)]
    for place in dense:
        signs.update({sign: int(bearers[place]) for sign in set(vocabulary[place])})
    for place in dense:
        # A whole name: as rare as its commonest sign and its rarest are together. Those between
        # them are no further evidence: the signs of one given name come together.
        counts = [signs[sign] for sign in vocabulary[place]]
        rarity[place] = sum(
            np.log(people / (max(count - 1, 0) + _UNSEEN)) for count in (min(counts), max(counts))
        )
    whole = [place for place, word in enumerate(vocabulary) if word[0] == _WHOLE]
    rarity[whole] += np.log(_WHOLE_RARER)
    return rarity


def _initial_rarity(initial: Ints, bearers: Ints) -> Floats:
    count = np.bincount(initial, weights=bearers)
    everyone = count.sum() + BACKGROUND
    rarity: Floats = np.log(everyone / (count[initial] + BACKGROUND / _INITIALS))
    return rarity
