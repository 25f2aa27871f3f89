"""The list of sources in docs/sources/README.md, made from the collectors; run it to redraw."""

from roc.collectors.registry import collector, sources
from tests.architecture import ROOT

PAGE = ROOT / "docs" / "sources" / "README.md"
_BEGIN = "<!-- the list below is made by `make tree` -->\n"
_END = "<!-- end of the list -->"


def rows() -> str:
    """A line a source: its page, what it is, and what its export tells of others."""
    lines = ["| source | what it is | export | others' side of |", "|---|---|---|---|"]
    for source in sources():
        module = collector(source)
        page = "../journal.md" if source == "journal" else f"{source}.md"
        caption = (module.__doc__ or "").partition("\n")[0].replace("``", "`").rstrip(".")
        what = caption.partition(": ")[2] or caption
        read = "yes" if hasattr(module, "collect") else "–"
        told = f"[{source}]({page})", what, read, _missing(source)
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _missing(source: str) -> str:
    kinds = sorted(getattr(collector(source), "ONE_WAY", ()))
    return f"all but {', '.join(kinds)}" if kinds else "all"


def redrawn(page: str) -> str:
    """A page with the list in it brought up to date."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + rows() + _END + after


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
