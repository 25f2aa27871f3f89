"""Names in a page lead to the acts behind what is said of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from roc.graph.records import SHARED_KINDS
from roc.reports import text
from roc.reports.behind import ActsOfDay, Behind
from roc.reports.document import Block, Bullets, Link, Paragraph, Section, Table
from roc.reports.words import heads, say


def with_links(sections: Sequence[Section], behind: Iterable[Behind]) -> tuple[Section, ...]:
    """Sections in which the names that open a row or a point are links, and the acts after them.

    Args:
        sections: the parts of a page.
        behind: the acts behind what may be said, person by person; no two have one name.
    """
    known = {one.who.name: one for one in behind}
    slugs: dict[str, str] = {}
    for name in _opening(sections, known):
        slugs.setdefault(name, f"acts-{len(slugs) + 1}")
    linked = (
        replace(part, blocks=tuple(_linked(block, slugs) for block in part.blocks))
        for part in sections
    )
    acts = (_acts([known[name] for name in sorted(slugs)], slugs),) if slugs else ()
    return (*linked, *acts)


def _opening(sections: Sequence[Section], known: Mapping[str, Behind]) -> Iterator[str]:
    """The names that open rows and points, in the order of the page."""
    for block in (block for part in sections for block in part.blocks):
        if isinstance(block, Table):
            yield from (row[0] for row in block.rows if row[0] in known)
        elif isinstance(block, Bullets):
            yield from filter(None, (_name_in(item, known) for item in block.items))


def _name_in(item: str, known: Iterable[str]) -> str:
    """Of a point such as ``Ana: wrote last`` the name, which may have a colon within."""
    return max((name for name in known if item.startswith(f"{name}: ")), key=len, default="")


def _linked(block: Block, slugs: Mapping[str, str]) -> Block:
    match block:
        case Table():
            rows = tuple((_cell(row[0], slugs), *row[1:]) for row in block.rows)
            return replace(block, rows=rows)
        case Bullets():
            return replace(block, items=tuple(_point(item, slugs) for item in block.items))
        case _:
            return block


def _cell(cell: str, slugs: Mapping[str, str]) -> str:
    return Link(cell, slugs[cell]) if cell in slugs else cell


def _point(item: str, slugs: Mapping[str, str]) -> str:
    name = _name_in(item, slugs)
    return Link(name, slugs[name], item[len(name) :]) if name else item


def _acts(behind: Sequence[Behind], slugs: Mapping[str, str]) -> Section:
    remark = say(
        "The last days of contact with everybody who is named in a list above. "
        "All days of one person: roc explain PERSON."
    )
    tables = (_table(one, slugs[one.who.name]) for one in behind)
    return Section(say("The acts behind it"), (Paragraph(remark, quiet=True), *tables))


def _table(one: Behind, slug: str) -> Table:
    shown = len({act.day for act in one.acts})
    days = say("{days} of contact", days=text.counted(one.days, "day"))
    last = (
        say("the last {shown} of {days}", shown=text.count(shown), days=days)
        if shown < one.days
        else days
    )
    return Table(
        f"{one.who.name}: {last}",
        heads("Day", "Who reached whom", "How", "Where", "Acts"),
        tuple(map(_row, one.acts)),
        numeric=frozenset({4}),
        folded=True,
        slug=slug,
    )


def _row(act: ActsOfDay) -> tuple[str, ...]:
    return (
        text.long_date(act.day),
        _way(act),
        say(act.kind.value),
        text.source_name(act.source),
        text.count(act.acts),
    )


def _way(act: ActsOfDay) -> str:
    if act.kind in SHARED_KINDS:
        return say("each other")
    return say("you reached them") if act.by_ego else say("they reached you")
