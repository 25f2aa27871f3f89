"""How the command line tells what an export or a stream brought."""

from typing import TYPE_CHECKING

from roc.cli.printing import shortened

if TYPE_CHECKING:
    from roc.workflows.collecting import Collected


def sentence(collected: "Collected") -> str:
    """What became of an export or a stream, on one line."""
    from roc.reports.text import counted

    told = [f"{collected.new} new", f"{collected.known} known"]
    if collected.corrected:
        told.append(f"{collected.corrected} corrected")
    if collected.described and not collected.new + collected.known:
        told.append(counted(collected.described, "account") + " described")
    if collected.ties:
        told.append(counted(collected.ties, "declared tie"))
    if collected.outcomes:
        told.append(counted(collected.outcomes, "outcome"))
    if collected.outcomes_changed:
        told.append(counted(collected.outcomes_changed, "outcome") + " changed")
    if collected.left_out:
        told.append(f"{collected.left_out} that reach nobody")
    if collected.too_old:
        told.append(f"{collected.too_old} too old")
    if collected.problems:
        counts = sorted(collected.problems.items())
        problems = ", ".join(f"{count} {code}" for code, count in counts)
        told.append(f"problems: {problems} (see roc doctor)")
    return f"{collected.source}  {shortened(collected.export)}: {', '.join(told)}"
