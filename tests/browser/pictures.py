"""The pictures in docs/, of the invented network; run it to take them anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from roc.config import load
from roc.workflows.reporting import audit, demo
from roc.workflows.returning import budget_report, outcomes_report
from tests.architecture import ROOT
from tests.browser import chromium

FOLDER = ROOT / "docs" / "pictures"
PARTS = {
    "weekly": (
        *("the-week-in-numbers", "what-moved", "owed-both-ways", "what-you-could-do-next"),
        *("who-knows-and-trusts-you", "return-on-connections", "what-passed", "doubts"),
    ),
    "audit": ("strength-and-balance", "attention", "circles-and-communities", "by-source"),
    "budget": ("gatherings",),
    "outcomes": ("how-long-a-deal-takes", "does-it-compound"),
}
"""The parts that are pictured, by page; of all but the weekly page their figures alone."""


def taken(browser: Browser, pages: dict[str, Path]) -> dict[str, bytes]:
    """A picture of each part, by file name."""
    context = browser.new_context(viewport={"width": 720, "height": 900}, color_scheme="light")
    found = {}
    try:
        for name, parts in PARTS.items():
            page = context.new_page()
            page.goto(pages[name].as_uri())
            for part in parts:
                what = f"section[aria-labelledby='{part}']"
                seen = page.locator(what if name == "weekly" else f"{what} figure").first
                found[f"{name}-{part}.png"] = seen.screenshot(animations="disabled")
    finally:
        context.close()
    return found


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, chromium() as browser:
        shown = demo(Path(folder) / "demo")
        config = load(shown.config)
        pages = {
            "weekly": shown.report.files[0],
            "audit": audit(config, as_of=shown.day, folder=Path(folder)).files[0],
            "budget": budget_report(config, as_of=shown.day, folder=Path(folder)).files[0],
            "outcomes": outcomes_report(config, as_of=shown.day, folder=Path(folder)).files[0],
        }
        for name, picture in taken(browser, pages).items():
            (FOLDER / name).write_bytes(picture)


if __name__ == "__main__":
    main()
