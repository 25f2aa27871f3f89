"""Exporting: the measured graph in formats that other tools read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roc.config import Config
from roc.reports.graph_files import FORMATS, network
from roc.scoring.dyads import ties
from roc.workflows.measuring import viewed
from roc.workflows.outputs import write_outputs


@dataclass(frozen=True, slots=True)
class Exported:
    """What was handed on.

    Args:
        file: where it was written.
        people: how many people.
        ties: how many pairs of people between whom something passed.
    """

    file: Path
    people: int
    ties: int


def export(config: Config, file: Path, *, format: str, as_of: date, ego: str = "") -> Exported:
    """Write everyone who is not set aside and every tie, those of ego with all their scores.

    Args:
        config: the settings.
        file: where to write.
        format: ``csv``, ``graphml``, ``gexf`` or ``json``.
        as_of: the day the numbers are for.
        ego: whose scores; empty for the owner's.
    """
    with viewed(config, as_of=as_of, ego=ego) as (_, view):
        everyone = ties(view.contacts, view.people, view.day, view.parameters)
        graph = network(view.people, everyone, view.measures, view.parameters)
    contents = {file: FORMATS[format](graph)}
    write_outputs(config, contents, hint="name a file that you may write.")
    return Exported(file, graph.number_of_nodes(), graph.number_of_edges())
