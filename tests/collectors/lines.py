"""Records as lines of text, so that what a collector reads can be read by people too."""

from pathlib import Path

from roc.graph.records import (
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Interaction,
    Interactions,
    Nature,
    Outcome,
    OutcomeStatus,
    Precision,
    Problem,
    Record,
)
from tests.collectors.reading import one_by_one, read


def samples(source: str) -> list[Path]:
    """The invented exports of a source: everything in its folder but what is expected of them."""
    folder = Path(__file__).parent / source
    return sorted(child for child in folder.glob("*") if child.name != "expected.txt")


def told(source: str) -> str:
    """What a collector reads from each of its samples, a line a record."""
    blocks = []
    for sample in samples(source):
        records = [line(record) for record in read(source, sample)]
        blocks.append("\n".join([f"== {sample.name}", *records, ""]))
    return "\n".join(blocks)


def line(record: Record) -> str:
    """One record as a line, in the journal's manner where it is an act."""
    match record:
        case Interaction():
            return _interaction(record)
        case Interactions():
            return "\n".join(map(_interaction, one_by_one(record)))
        case AccountSeen():
            return _account_seen(record)
        case DeclaredTie():
            since = f" since {record.since}" if record.since else ""
            return f"tie      {record.account} {record.kind} {record.other}{since}"
        case Outcome():
            return _outcome(record)
        case Problem():
            return f"problem  {record.where} {record.code}: {record.detail}"
        case Checkpoint():
            return f"cursor   {record.stream} {dict(record.cursor)}"


def _interaction(act: Interaction) -> str:
    when = "undated" if act.at is None else act.at.strftime("%Y-%m-%d %H:%M:%S")
    if act.precision is Precision.DAY and act.at is not None:
        when = act.at.strftime("%Y-%m-%d")
    reached = ", ".join(map(str, act.recipients))
    told = [f"{when} {act.sender} -> {reached} {act.kind}"]
    if act.revision and not (act.recipients or act.copied):
        told = [f"{when} {act.kind} withdrawn"]
    told += [f"cc {', '.join(map(str, act.copied))}"] if act.copied else []
    told += [f"({act.precision})"] if act.precision is not Precision.INSTANT else []
    told += [f"audience {act.audience}"] if act.audience else []
    told += [f"thread {act.thread}"] if act.thread else []
    told += [f"answers {act.parent}"] if act.parent else []
    told += [f"#{tag}" for tag in act.tags]
    told += [f"cost {act.cost:g} {act.currency}".rstrip()] if act.cost is not None else []
    told += [f"revision {act.revision}"] if act.revision else []
    return "act      " + " ".join([*told, f"[{act.scope}|{act.external_id}]"])


def _outcome(outcome: Outcome) -> str:
    key = f"[{outcome.scope}|{outcome.external_id}]"
    if outcome.status is OutcomeStatus.WITHDRAWN:
        return f"outcome  {outcome.kind} withdrawn revision {outcome.revision} {key}"
    opened, closed = outcome.opened or "…", outcome.closed or "…"
    told = [f"{opened} to {closed} {outcome.kind} {outcome.status}"]
    told += [f"{outcome.value:f} {outcome.currency}".rstrip()] if outcome.value is not None else []
    told += [f"with {', '.join(map(str, outcome.people))}"] if outcome.people else []
    told += [f"main {outcome.primary}"] if outcome.primary else []
    told += [f"by {outcome.handled_by}"] if outcome.handled_by else []
    told += [f"at {outcome.organisation!r}"] if outcome.organisation else []
    told += [f"hours {outcome.hours:g}"] if outcome.hours is not None else []
    told += [repr(outcome.title)] if outcome.title else []
    told += [f"revision {outcome.revision}"] if outcome.revision else []
    return "outcome  " + " ".join([*told, key])


def _account_seen(seen: AccountSeen) -> str:
    told = [f"account  {seen.account} {seen.name!r}"]
    told += ["owner"] if seen.owner else []
    told += [str(seen.nature)] if seen.nature is not Nature.PERSON else []
    told += [f"at {seen.organisation!r}"] if seen.organisation else []
    told += [f"same as {', '.join(map(str, seen.same_as))}"] if seen.same_as else []
    return " ".join(told)
