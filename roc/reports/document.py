"""A report as words and figures in reading order, before it is set as HTML or Markdown.

The page of a report is made once, here, in plain text without any markup; how it is set decides
about escaping, never the wording. Numbers are text already.
"""

from dataclasses import dataclass, field, replace

from roc.reports.drawing import Drawing
from roc.reports.words import language


def slug_of(title: str) -> str:
    """A title of ours as an address within a page.

    Example:
        >>> slug_of("Owed, both ways")
        'owed-both-ways'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


class Link(str):
    """Text of which the beginning leads to another place of the page.

    Args:
        name: the beginning.
        to: the ``slug`` of the table that it leads to.
        rest: what follows.
    """

    name: str
    to: str

    def __new__(cls, name: str, to: str, rest: str = "") -> "Link":
        """A text that begins with ``name`` and goes on with ``rest``."""
        link = super().__new__(cls, name + rest)
        link.name, link.to = name, to
        return link

    @property
    def rest(self) -> str:
        """What follows the name."""
        return self[len(self.name) :]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences. ``quiet`` ones are remarks, set smaller."""

    text: str
    quiet: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short points, one a line."""

    items: tuple[str, ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that stands out: what it is, its value, what it is compared with."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The few numbers a reader looks for first."""

    tiles: tuple[Tile, ...]
    kind: str = field(default="tiles", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption.

    Args:
        caption: what the rows are; a table without it is not understood when read aloud.
        head: the columns' names.
        rows: cells as text; each row as long as ``head``. The first column names the row.
        numeric: which columns hold numbers and are set flush right.
        spare: which columns may be left out where the screen is narrow.
        folded: whether the rows are shown only when asked for, and in print.
        slug: its address within the page, where links lead to it.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    spare: frozenset[int] = frozenset()
    folded: bool = False
    slug: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure; its text alternative says the finding."""

    drawing: Drawing
    kind: str = field(default="picture", init=False)


Block = Paragraph | Bullets | Tiles | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def slug(self) -> str:
        """The part's address within the page, from its title: titles are ours, never a name."""
        return slug_of(self.title)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in reading order.

    Args:
        title: what it is.
        subtitle: for whom or which time.
        origin: where the numbers come from, in a line; empty where the page says it elsewhere.
        lead: what a reader in a hurry reads, a few sentences.
        sections: the parts.
        footer: one line about how the page came about.
        language: in which it is written.
    """

    title: str
    subtitle: str
    origin: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: str
    language: str = field(default_factory=language)

    def short(self) -> "Document":
        """The page without what is folded away there, and without the acts behind it."""
        parts = []
        for section in self.sections:
            tables = [block for block in section.blocks if isinstance(block, Table)]
            if any(table.slug for table in tables):
                continue  # the acts behind it
            folded = [table for table in tables if table.folded]
            kept = tuple(map(_unlinked, (one for one in section.blocks if one not in folded)))
            parts.append(replace(section, blocks=kept))
        return replace(self, sections=tuple(parts))


def _unlinked(block: Block) -> Block:
    """The same without links, whose places are not there."""
    match block:
        case Table():
            return replace(block, rows=tuple(tuple(map(str, row)) for row in block.rows))
        case Bullets():
            return replace(block, items=tuple(map(str, block.items)))
        case _:
            return block
