"""Did a project make friends? The library from Python, on the invented network.

``python examples/did_we_make_friends.py`` needs no data of yours and prints:

    People met through the project: 6 of 6
    New two-way ties: 6 with the owner, 15 among the others
    2 of 21 were alive 90 days after the end. Too early for 180 days.

    Quentin Roy      strength 63   active    93% alive
    Tara Nair        strength 63   active    93% alive
    Rosa Lima        strength 51   dormant    6% alive
    Ugo Rossi        strength 50   dormant    6% alive
    Vera Klein       strength 48   dormant    6% alive
    Samuel Boateng   strength 45   dormant    5% alive
"""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from roc.config import load
from roc.workflows import measuring, reporting

with TemporaryDirectory() as folder:
    # Real export files of people who do not exist, collected into a graph.
    invented = reporting.demo(Path(folder))
    config = load(invented.config)

    # The page that can be handed on; its numbers and sentences are here as well.
    project = reporting.project_summary(
        config,
        start=date(2026, 2, 25),
        end=date(2026, 6, 25),
        as_of=invented.day,
        tag="harbour",
        folder=Path(folder),
    )
    told = json.loads(project.json)
    print(f"People met through the project: {told['met']} of {told['chosen']}")
    print(
        f"New two-way ties: {told['new_ties']} with the owner, "
        f"{told['new_ties_among']} among the others"
    )
    print(project.sentences[1])
    print()

    # The same people today, by who knows and trusts the owner most.
    for tie in measuring.who(config, "harbour", as_of=invented.day):
        print(f"{tie.name:16} strength {tie.strength:.0f}   {tie.state:8} {tie.alive:4.0%} alive")
