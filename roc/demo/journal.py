"""The invented network's journal: what happened offline, a line each."""

from datetime import date

from roc.demo.world import World


def lines(world: World, last_day: date) -> str:
    """The journal, with one line whose day does not exist, as happens when one writes by hand."""
    notes = [f"{note.day} {note.text}" for note in world.notes if note.day <= last_day]
    slip = f"{last_day.year}-02-30 me -> ben coffee"
    return "\n".join(["# What happened away from the screen.", *notes, slip, ""])
