"""How a figure becomes SVG inside a page: one style, text as text, the same bytes every time.

Text stays text, so that the reader's browser draws it in the page's own typeface and in every
script, and so that it can be searched and read aloud. Ink takes the page's text colour and the
ground stays clear, so that one figure serves light, dark and print.
"""

import io
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from html import escape
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from roc.reports import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 400
"""Width of every figure in its own units: legible at full size on a phone, calm on a desk."""

_PNG_DPI = 144  # twice the size at which it is shown: screens are fine

LABEL_UNITS = 19
"""Room for a name beside a figure, in letters; East Asian letters take two."""

_COLOURS = {
    "#123456": "currentColor",
    "#0072b2": "var(--series-1, #0072b2)",
    "#d55e00": "var(--series-2, #d55e00)",
}
"""What the page sets: its text colour for ink, and brighter series colours on a dark ground."""

_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as it stands in a page.

    Args:
        svg: the ``<svg>`` element, without prologue; it refers to nothing outside itself.
        title: what is shown, a few words.
        alt: what there is to see in it, for those who do not see it.
        png: draws it as a picture for mail, which knows no SVG; dark ink on white.
    """

    svg: str
    title: str
    alt: str
    png: Callable[[], bytes] = field(default=bytes, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the axes stand within a figure, in its own units.

    Args:
        height: of the whole figure.
        left: room left of the axes.
        right: room right of them.
        top: room above.
        bottom: room below.
    """

    height: float
    left: float = 12.0
    right: float = 12.0
    top: float = 12.0
    bottom: float = 12.0


def drawing(
    slug: str,
    frame: Frame,
    draw: Callable[["Axes"], None],
    *,
    title: str,
    alt: str,
    tips: Mapping[str, str] | None = None,
) -> Drawing:
    """Draws one figure.

    Args:
        slug: a word for the figure, unique within a page; ids inside the SVG begin with it.
        frame: its measures.
        draw: fills the axes.
        title: what is shown.
        alt: what there is to see.
        tips: what a mark tells when it is pointed at, by the ``gid`` that it was drawn with.
    """
    out = io.StringIO()
    with _figure(frame, draw) as figure:
        figure.savefig(out, format="svg", metadata=_NO_METADATA)
    svg = _embedded(out.getvalue(), slug, frame.height, title, alt)
    svg = _with_tips(svg, slug, tips or {})
    spoken = copy_context()  # the picture for mail is drawn later, in the page's language
    return Drawing(svg, title, alt, lambda: spoken.run(_png, frame, draw))


def _png(frame: Frame, draw: Callable[["Axes"], None]) -> bytes:
    out = io.BytesIO()
    with _figure(frame, draw) as figure:
        figure.savefig(
            out,
            format="png",
            dpi=_PNG_DPI,
            facecolor="white",
            transparent=False,
            metadata={"Software": None},
        )
    return out.getvalue()


@contextmanager
def _figure(frame: Frame, draw: Callable[["Axes"], None]) -> "Iterator[Figure]":
    """A figure in our style, drawn; to be saved within the block, where the style holds."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context(), warnings.catch_warnings():
        # The browser draws the letters; that matplotlib's own typeface lacks some is no loss.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        # Whatever the machine's own matplotlib settings are, the page looks the same.
        matplotlib.rcdefaults()
        with as_file(files("roc.reports") / "templates" / "roc.mplstyle") as style:
            matplotlib.rcParams.update(
                matplotlib.rc_params_from_file(style, use_default_template=False)
            )
        figure = Figure(figsize=(WIDTH / 72, frame.height / 72))
        FigureCanvasAgg(figure)
        inner = (WIDTH - frame.left - frame.right, frame.height - frame.top - frame.bottom)
        axes = figure.add_axes(
            (
                frame.left / WIDTH,
                frame.bottom / frame.height,
                inner[0] / WIDTH,
                inner[1] / frame.height,
            )
        )
        draw(axes)
        yield figure


def _embedded(svg: str, slug: str, height: float, title: str, alt: str) -> str:
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    # Several figures share a page, so each one's ids carry its name; text holds no raw "<".
    body = re.sub(r"<[^<>]+>", lambda tag: _own_ids(tag.group(), slug), body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="{slug}-title {slug}-desc" fill="currentColor" '
        f'stroke-linejoin="round" stroke-linecap="butt">\n'
        f'<title id="{slug}-title">{escape(title)}</title>\n'
        f'<desc id="{slug}-desc">{escape(alt)}</desc>'
    )
    return head + body.rstrip()


def _own_ids(tag: str, slug: str) -> str:
    tag = re.sub(r'\bid="', f'id="{slug}-', tag)
    tag = tag.replace('href="#', f'href="#{slug}-').replace("url(#", f"url(#{slug}-")
    for stand_in, colour in _COLOURS.items():
        tag = tag.replace(stand_in, colour)
    return tag


def _with_tips(svg: str, slug: str, tips: Mapping[str, str]) -> str:
    named = {f'<g id="{slug}-{gid}">': escape(tip) for gid, tip in tips.items()}
    return re.sub(
        r'<g id="[^"]*">',
        lambda mark: mark[0] + (f"<title>{named[mark[0]]}</title>" if mark[0] in named else ""),
        svg,
    )


def label(name: str, units: int = LABEL_UNITS) -> str:
    """A name cut to the room beside a figure.

    Example:
        >>> label("Wolfeschlegelsteinhausen"), label("Ana López")
        ('Wolfeschlegelstein…', 'Ana López')
    """
    widths = [2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in name]
    if sum(widths) <= units:
        return name
    room, kept = units - 1, 0
    while room >= widths[kept]:
        room -= widths[kept]
        kept += 1
    return text.plain(name[:kept]) + "…"
