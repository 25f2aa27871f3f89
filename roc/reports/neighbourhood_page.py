"""Who is around ego in words and figures: circles, rings, communities, and who joins them."""

from roc.reports import text
from roc.reports.document import Block, Paragraph, Picture, Section, Table
from roc.reports.faces import Face
from roc.reports.neighbourhood import Bridge, Circle, Community, Neighbourhood
from roc.reports.ring_chart import ring_map
from roc.reports.words import heads, say


def neighbourhood_section(around: Neighbourhood) -> Section:
    """Circles, rings, communities and bridges.

    Args:
        around: as measured.
    """
    title = say("Circles and communities")
    if not around.rings.circle:
        return Section(title, (Paragraph(say("There was no contact within a year.")),))
    blocks: list[Block] = [_circles(around.circles), Picture(ring_map(around.rings))]
    if around.communities:
        blocks.append(_communities(around.communities))
    if around.communities and around.others:
        rest = text.counted(around.others, "other person", "other people")
        told = say("Of no such community, as far as is known: {rest}.", rest=rest)
        blocks.append(Paragraph(told, quiet=True))
    if around.bridges:
        blocks.append(_bridges(around.bridges))
    return Section(title, tuple(blocks))


def _circles(circles: tuple[Circle, ...]) -> Table:
    rows = tuple(_group(say(one.name), one.ties, one.attention, one.first) for one in circles)
    head = heads("Circle", "People", "Attention", "The strongest of them")
    caption = say("How often there is contact, over the last quarter and year")
    return Table(caption, head, rows, numeric=frozenset({1, 2}))


def _communities(communities: tuple[Community, ...]) -> Table:
    rows = tuple(
        _group(
            f"{one.letter}: {one.organisation}" if one.organisation else one.letter,
            one.people,
            one.attention,
            one.first,
        )
        for one in communities
    )
    head = heads("Community", "People", "Attention", "The strongest of them")
    caption = say("People who have more to do with each other than with the rest")
    return Table(caption, head, rows, numeric=frozenset({1, 2}))


def _bridges(bridges: tuple[Bridge, ...]) -> Table:
    rows = tuple(
        (
            bridge.who.name,
            text.count(bridge.communities),
            text.decimal(bridge.constraint, 2),
            text.decimal(bridge.strength, 0),
        )
        for bridge in bridges
    )
    head = heads("Who", "Communities", "Constraint", "Strength")
    caption = say("Who stands between communities: the lower the constraint, the more so")
    return Table(caption, head, rows, numeric=frozenset({1, 2, 3}))


def _group(
    name: str, people: int, attention: float, first: tuple[Face, ...]
) -> tuple[str, str, str, str]:
    named = ", ".join(who.name for who in first) or text.none()
    return name, text.count(people), text.percent(attention), named
