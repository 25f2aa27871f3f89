"""The list of sources in docs/sources/README.md, made from the collectors; run it to redraw."""

from roc.collectors.registry import collector, live_sources, sources
from tests.architecture import ROOT

PAGE = ROOT / "docs" / "sources" / "README.md"
_BEGIN = "<!-- the list below is made by `make tree` -->\n"
_END = "<!-- end of the list -->"


def rows() -> str:
    """A line a source: its page, what it is, and what its export tells of others."""
    head = "| source | what it is | export | by itself | others' side in the export |"
    lines = [head, "|---|---|---|---|---|"]
    for source in sources():
        module = collector(source)
        page = "../journal.md" if source == "journal" else f"{source}.md"
        caption = (module.__doc__ or "").partition("\n")[0].replace("``", "`").rstrip(".")
        what = caption.partition(": ")[2] or caption
        read = "yes" if hasattr(module, "collect") else "–"
        told = f"[{source}]({page})", what, read, _live(source), _missing(source)
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _live(source: str) -> str:
    """Where it is told how the source is asked over the network."""
    if source not in live_sources():
        return "–"
    page = f"{source}-api.md"
    return f"[yes]({page if (PAGE.parent / page).exists() else f'{source}.md'})"


def _missing(source: str) -> str:
    if not hasattr(collector(source), "collect"):
        return "–"
    kinds = sorted(getattr(collector(source), "ONE_WAY", ()))
    return f"all but {', '.join(kinds)}" if kinds else "all"


def redrawn(page: str) -> str:
    """A page with the list in it brought up to date."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + rows() + _END + after


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
