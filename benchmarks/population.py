"""An invented population with known truth: who is behind each account of many sources.

People of many cultures have accounts at LinkedIn, X, in mail and in a journal. They write their
names with slips, initials, short forms, without accents, in another order or another script; some
marry; some share a name, and some of those an organisation, too. The same size and seed give the
same population.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.name_lists import CULTURES, Culture
from roc.graph.frames import Ints
from roc.graph.likeness.names import folded
from roc.graph.likeness.suggesting import Accounts, Company
from roc.graph.records import Nature

ACCOUNTS_PER_PERSON = 2.35  # about what comes of the shares below
COMMUNITY = 60  # people who may have contacts in common
CONTACTS = 6  # on average, of those who are in touch by mail
PER_ORGANISATION = 12
LINKED = 0.25  # of LinkedIn accounts that show an address, which links them for certain
NAMESAKES = 0.01  # people given the full name of somebody else on purpose, half at their work
MARRIED = 0.03  # people with one name at LinkedIn and another in their mail
SLIP = 0.03  # of names that are typed with a slip
HOSTS = ("example.com", "example.net", "post.example", "mail.example")  # where anyone has mail
_RARE_FAMILY = 0.55
_SHORT = {"Benjamin": "Ben", "Katherine": "Kate", "Christopher": "Chris", "Elizabeth": "Liz"} | {
    "Alexander": "Alex", "Nicholas": "Nick", "Jonathan": "Jon", "Samantha": "Sam", "Daniel": "Dan",
    "Robert": "Bob", "William": "Bill", "Thomas": "Tom", "Michael": "Mike", "Margaret": "Peggy",
    "Timothy": "Tim", "Gregory": "Greg", "Victoria": "Vicky", "Sebastian": "Basti",
    "Dmitri": "Dima",
}  # fmt: skip
_CREATIVE = "dark wolf pixel storm coffee moon data ninja happy panda night owl code rider sky fox"
_ROLES = (("info", Nature.ROLE), ("newsletter", Nature.LIST), ("noreply", Nature.BOT))


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Accounts, who was in contact with whom, and whose each account truly is.

    Args:
        accounts: as the graph would hold them; some are linked to one person already.
        company: contact days between accounts.
        truth: number of the human being behind each account, shape ``(accounts,)``; whoever is no
            human being has a number of their own.
    """

    accounts: Accounts
    company: Company
    truth: Ints


@dataclass(frozen=True, slots=True)
class _Human:
    """Somebody: names in their own script and in Latin letters, where they work, who they are."""

    culture: Culture
    given: tuple[str, str]
    family: tuple[str, str]
    second: tuple[str, str]
    maiden: tuple[str, str]
    organisation: str


@dataclass(frozen=True, slots=True)
class _Row:
    truth: int
    source: str
    handle: str
    name: str
    organisation: str = ""
    nature: Nature = Nature.PERSON


def population(count: int, seed: int) -> Population:
    """A population of about ``count`` accounts."""
    rng = np.random.default_rng([seed, count])
    humans = _humans(rng, max(int(count / ACCOUNTS_PER_PERSON), 2))
    rows: list[_Row] = []
    taken: set[tuple[str, str]] = set()
    for number, human in enumerate(humans):
        for row in _accounts_of(rng, number, human):
            handle = row.handle
            while (row.source, handle) in taken:
                handle = _numbered(rng, row.handle)
            taken.add((row.source, handle))
            rows.append(_Row(number, row.source, handle, row.name, row.organisation, row.nature))
    rows += _no_people(rng, len(humans), count // 30)
    truth = np.array([row.truth for row in rows], dtype=np.int64)
    ids = rng.permutation(len(rows)) + 1
    accounts = Accounts(
        ids,
        _linked(rng, rows, ids),
        tuple(row.source for row in rows),
        tuple(row.handle for row in rows),
        tuple(row.name for row in rows),
        tuple(row.organisation for row in rows),
        tuple(row.nature for row in rows),
    )
    return Population(accounts, _company(rng, rows, ids, len(humans)), truth)


def _humans(rng: np.random.Generator, count: int) -> list[_Human]:
    shares = np.array([culture.share for culture in CULTURES])
    cultures = rng.choice(len(CULTURES), count, p=shares / shares.sum())
    humans: list[_Human] = []
    for number, place in enumerate(cultures):
        culture = CULTURES[place]
        organisation = _organisation(rng, count)
        given, family = _common(rng, culture.given), _family(rng, culture)
        if number and rng.random() < NAMESAKES:
            other = humans[int(rng.integers(number))]
            culture, given, family = other.culture, other.given, other.family
            organisation = other.organisation if rng.random() < 0.5 else organisation
        second = _family(rng, culture) if culture.second_family else ("", "")
        maiden = _family(rng, culture) if rng.random() < MARRIED else family
        humans.append(_Human(culture, given, family, second, maiden, organisation))
    return humans


def _organisation(rng: np.random.Generator, count: int) -> str:
    """An organisation: of all sizes, a few with many people."""
    number = int(min(rng.pareto(1.0) * count / PER_ORGANISATION / 8, 10**6))
    first = CULTURES[number % len(CULTURES)]
    stem = first.stems[number // 7 % len(first.stems)][1] + first.endings[number % 3][1]
    trade = ("Foods", "Legal", "Labs", "Capital", "Media", "Tools", "Travel", "Health")[number % 8]
    return f"{stem} {trade} {number}" if number > 500 else f"{stem} {trade}"


def _common(rng: np.random.Generator, names: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """One of some names, the first ones more often."""
    weight = 1 / (np.arange(len(names)) + 3.0)
    return names[int(rng.choice(len(names), p=weight / weight.sum()))]


def _family(rng: np.random.Generator, culture: Culture) -> tuple[str, str]:
    if culture.family_first and rng.random() < 0.9 and len(culture.stems) < 5:
        return _common(rng, culture.family)
    if rng.random() > _RARE_FAMILY:
        return _common(rng, culture.family)
    stem = culture.stems[int(rng.integers(len(culture.stems)))]
    ending = culture.endings[int(rng.integers(len(culture.endings)))]
    return stem[0] + ending[0], stem[1] + ending[1]


def _accounts_of(rng: np.random.Generator, number: int, human: _Human) -> Iterator[_Row]:
    """The accounts of somebody."""
    married = human.family != human.maiden
    if rng.random() < 0.6:
        slug = f"{_latin(human.given)}-{_latin(human.family)}"
        ending = f"-{rng.integers(16**6):06x}" if rng.random() < 0.5 else ""
        yield _Row(
            number,
            "linkedin",
            slug + ending,
            _written(rng, human, human.family, full=True),
            human.organisation if rng.random() < 0.85 else "",
        )
    if rng.random() < 0.3:
        name = _on_x(rng, human)
        handle = str(rng.integers(10**8, 10**9))
        if rng.random() < 0.4:
            handle = _address(rng, human, human.family).replace(".", "_")
        yield _Row(number, "x", handle, name)
    family = human.maiden if married else human.family
    if rng.random() < 0.75:
        host = _latin(("", human.organisation)) + ".example"
        name = _written(rng, human, family, full=rng.random() < 0.85)
        yield _Row(number, "email", f"{_address(rng, human, family)}@{host}", name)
    if rng.random() < 0.4:
        local, host = _address(rng, human, family), HOSTS[int(rng.integers(len(HOSTS)))]
        local = _numbered(rng, local) if rng.random() < 0.5 else local
        if rng.random() < 0.1:
            local = _made_up(rng)
        yield _Row(number, "email", f"{local}@{host}", _written(rng, human, family, full=False))
    if rng.random() < 0.2:
        short = _SHORT.get(human.given[1], human.given[1])
        full = f"{_latin(human.given)}-{_latin(human.family)}"
        yield _Row(number, "journal", full if rng.random() < 0.6 else _latin(("", short)), "")


def _written(
    rng: np.random.Generator, human: _Human, family: tuple[str, str], *, full: bool
) -> str:
    """How somebody's name stands beside an account of theirs."""
    draw = rng.random()
    if not full and draw < 0.25:
        return ""
    script = int(rng.random() < 0.6)  # 0 their own, 1 Latin letters
    given, last = human.given[script], family[script]
    if not full and draw < 0.33:
        return human.given[script]
    if human.second[script] and rng.random() < 0.45:
        last = f"{last} {human.second[script]}"
    if rng.random() < 0.08:
        given = _SHORT.get(given, given)
    if not full and rng.random() < 0.08 and script:
        given = f"{given[0]}."
    native = human.culture.family_first and not script
    if native:
        return f"{last}{given}" if rng.random() < 0.6 else f"{given} {last}"
    name = f"{last}, {given}" if rng.random() < 0.08 else f"{given} {last}"
    if rng.random() < SLIP:
        name = _slip(rng, name)
    if rng.random() < 0.15:
        name = _plain(name)
    return name.upper() if rng.random() < 0.02 else name


def _on_x(rng: np.random.Generator, human: _Human) -> str:
    draw = rng.random()
    if draw < 0.55:
        return _written(rng, human, human.family, full=True)
    if draw < 0.7:
        return human.given[int(rng.random() < 0.6)]
    if draw < 0.85:
        return _address(rng, human, human.family).replace(".", "_")
    return _made_up(rng)


def _address(rng: np.random.Generator, human: _Human, family: tuple[str, str]) -> str:
    """The local part of an address, made from a name as most are."""
    given, last = _latin(human.given), _latin(family)
    first, final = given[0], last[0]
    shapes = [f"{given}.{last}", f"{given}{last}", f"{first}{last}", given]
    shapes += [f"{last}.{given}", f"{given}.{final}", f"{first}.{last}", last]
    chances = (0.38, 0.14, 0.14, 0.12, 0.06, 0.04, 0.08, 0.04)
    return shapes[int(rng.choice(len(shapes), p=chances))]


def _made_up(rng: np.random.Generator) -> str:
    words = _CREATIVE.split()
    first, second = (words[int(place)] for place in rng.integers(len(words), size=2))
    return _numbered(rng, first + second)


def _numbered(rng: np.random.Generator, text: str) -> str:
    local, _, host = text.partition("@")
    return f"{local}{rng.integers(1, 1000)}" + (f"@{host}" if host else "")


def _slip(rng: np.random.Generator, name: str) -> str:
    """A name with a letter missing, doubled, or changed with its neighbour."""
    place = int(rng.integers(1, max(len(name) - 1, 2)))
    before, letter, after = name[:place], name[place : place + 1], name[place + 1 :]
    slips = (after, 2 * letter + after, after[:1] + letter + after[1:])
    return before + slips[int(rng.integers(3))]


def _plain(name: str) -> str:
    """A name without accents, as on a keyboard that has none; another script stays as it is."""
    return folded(name).title() if folded(name).isascii() else name


def _latin(spelling: tuple[str, str]) -> str:
    """The Latin spelling in small letters, as handles are written."""
    return "".join(sign for sign in folded(spelling[1]) if sign.isalnum() and sign.isascii())


def _no_people(rng: np.random.Generator, first: int, count: int) -> list[_Row]:
    rows = []
    for number in range(count):
        local, nature = _ROLES[number % len(_ROLES)]
        handle = f"{local}@{_latin(('', _organisation(rng, 10 * count)))}{number}.example"
        rows.append(_Row(first + number, "email", handle, "", "", nature))
    return rows


def _linked(rng: np.random.Generator, rows: list[_Row], ids: Ints) -> Ints:
    """A person for each account: LinkedIn accounts that show an address share that of the mail."""
    person = ids.copy()
    mail = {row.truth: place for place, row in enumerate(rows) if row.source == "email"}
    for place, row in enumerate(rows):
        if row.source == "linkedin" and row.truth in mail and rng.random() < LINKED:
            person[place] = person[mail[row.truth]]
    return person


def _company(rng: np.random.Generator, rows: list[_Row], ids: Ints, humans: int) -> Company:
    """Who was in contact: at each source people of a community, and everyone with the first."""
    at: dict[tuple[str, int], list[int]] = {}
    for place, row in enumerate(rows):
        if row.nature is Nature.PERSON:
            at.setdefault((row.source, row.truth), []).append(place)
    friends = _friends(rng, humans)
    found: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        found.extend((place, own) for own in at.get((row.source, 0), ()) if own != place)
        if row.source == "linkedin" or row.nature is not Nature.PERSON:
            continue  # LinkedIn shows its owner's messages only
        for friend in friends[row.truth]:
            others = at.get((row.source, friend), [])
            if others and rng.random() < 0.5:
                found.append((place, others[int(rng.integers(len(others)))]))
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    days = 1 + rng.geometric(0.3, len(pairs))
    return Company(ids[pairs[:, 0]], ids[pairs[:, 1]], days.astype(np.int64))


def _friends(rng: np.random.Generator, humans: int) -> list[list[int]]:
    friends: list[list[int]] = [[] for _ in range(humans)]
    for human in range(humans):
        base = human // COMMUNITY * COMMUNITY
        for step in rng.integers(0, COMMUNITY, rng.poisson(CONTACTS)):
            friend = (base + int(step)) if rng.random() < 0.9 else int(rng.integers(humans))
            if friend != human and friend < humans:
                friends[human].append(friend)
                friends[friend].append(human)
    return friends
