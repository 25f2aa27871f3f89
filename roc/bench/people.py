"""What people themselves say: whom they call a friend, and who ranks above whom in a company."""

import csv
from pathlib import Path

import numpy as np

from roc.bench.public_data import acts, columns, contacts_before, nameless_people
from roc.graph.frames import Floats, Ints
from roc.scoring.centrality import personalised_pagerank
from roc.scoring.dyads import ties
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters
from roc.scoring.ranking import auc, average_precision
from roc.scoring.trust import known

SCHOOL, SCHOOL_FRIENDS = "contact_thiers13", "thiers13_friendship"
COMPANY, COMPANY_STAFF = "enron", "enron_employees"

_GOES_ON = 0.85  # a walk, at each step


def friendship(folder: Path) -> dict[str, tuple[float, float]]:
    """Among pairs of respondents who met at all: AUC and average precision of friendship named.

    Attention is what two people's time together is of all their time, the geometric mean of both.
    """
    slots = columns(folder / f"{SCHOOL}.csv.gz", (0, 1)).astype(np.int64)
    named = columns(folder / f"{SCHOOL_FRIENDS}.csv.gz", (0, 1)).astype(np.int64)
    low, high = slots.min(axis=1), slots.max(axis=1)
    count = int(max(high.max(), named.max())) + 1
    pair, time = np.unique(low * count + high, return_counts=True)
    low, high = np.divmod(pair, count)
    spent: Floats = totals(low, time, count) + totals(high, time, count)
    asked = np.isin(low, named[:, 0]) & np.isin(high, named[:, 0])
    friends = np.unique(named.min(axis=1) * count + named.max(axis=1))
    label = np.isin(pair, friends).astype(np.int64)[asked]
    attention = (time / np.sqrt(spent[low] * spent[high]))[asked]
    together = time.astype(np.float64)[asked]
    return {
        name: (auc(score, label), average_precision(score, label))
        for name, score in {"time together": together, "attention": attention}.items()
    }


def seniority(folder: Path, parameters: ScoringParameters) -> dict[str, float]:
    """AUC of seniority in a company by who knows whom, over all employees who wrote or got mail."""
    of = acts(folder, COMPANY)
    contacts, day = contacts_before(of, float(of.at.max()) + 1.0)
    measured = ties(contacts, nameless_people(of.people_count), day, parameters)
    label, present = _senior(folder, of.people_count)
    # Not faded: who is senior at the end of three years was so for most of them.
    there, back = measured.days[:, 0].astype(np.float64), measured.days[:, 1].astype(np.float64)
    sides = (measured.high, there), (measured.low, back)
    senders = sum(totals(to, (days > 0).astype(np.float64), of.people_count) for to, days in sides)
    knows = sum(totals(to, known(days), of.people_count) for to, days in sides)
    walks = personalised_pagerank(
        of.sender, of.recipient, np.ones(len(of.at)), np.ones(of.people_count), _GOES_ON
    )
    acts_in = np.bincount(of.recipient, minlength=of.people_count).astype(np.float64)
    scores = {
        "messages received": acts_in,
        "PageRank": walks,
        "who writes at all": senders,
        "who knows": knows,
    }
    return {name: auc(np.asarray(score)[present], label[present]) for name, score in scores.items()}


def _senior(folder: Path, count: int) -> tuple[Ints, Ints]:
    """1 for whoever is senior, by number among those with mail; and who of them is listed."""
    ids = np.unique(columns(folder / f"{COMPANY}.csv.gz", (0, 1)).astype(np.int64))
    label = np.zeros(count, dtype=np.int64)
    listed = np.zeros(count, dtype=np.bool_)
    with (folder / f"{COMPANY_STAFF}.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            place = int(np.searchsorted(ids, int(row["eid"])))
            if place < len(ids) and ids[place] == int(row["eid"]):
                label[place] = row["seniority"] == "Senior"
                listed[place] = True
    return label, np.flatnonzero(listed)
