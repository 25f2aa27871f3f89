"""What holds of every page in a browser: wide or narrow, light or dark, on screen or on paper."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pictures import FOLDER, taken
from tests.servers import node_package

PAGES = (
    *("weekly", "audit", "project", "budget", "outcomes", "german"),
    *("odd-weekly", "odd-audit"),
)
WIDTHS = (320, 768, 1280)
WIDER = """() => [...document.querySelectorAll('body *')].filter(element => {
    const scrolls = element.closest('.wide, figure');
    return !scrolls && element.getBoundingClientRect().right > window.innerWidth + 1;
}).map(element => element.outerHTML.slice(0, 200))"""


@contextmanager
def opened(
    browser: Browser, file: Path, *, width: int = 1280, scheme: str = "light"
) -> Iterator[Page]:
    """A page, with nothing said in the console and nothing asked for when it is left."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    try:
        page.goto(file.as_uri())
        yield page
        assert said == [file.as_uri()]
    finally:
        context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    with opened(browser, pages[name], width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    axe = (node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(pages[name].as_uri())
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
    finally:
        context.close()
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    told = [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in serious]
    assert told == [], json.dumps(told, indent=1)


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_says_what_there_is_to_see(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as page:
        for figure in page.query_selector_all("figure"):
            caption = figure.query_selector("figcaption")
            assert caption is not None
            assert len(caption.inner_text()) > 40
            drawn = figure.query_selector("svg")
            assert drawn is not None
            assert drawn.get_attribute("role") == "img"


@pytest.mark.parametrize("name", PAGES)
def test_every_part_is_reached_from_the_list_above(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as page:
        links = page.query_selector_all("a[href]")
        assert links
        for link in links:
            target = link.get_attribute("href") or ""
            assert target.startswith("#")
            assert page.query_selector(f"[id='{target[1:]}']"), target


@pytest.mark.parametrize("name", ["odd-weekly", "odd-audit"])
def test_names_that_mean_harm_are_names(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as page:
        assert "your connections" in page.title().lower()
        assert page.query_selector_all("script, img, iframe, object, embed, link") == []
        assert "<script>document.title='owned'</script>" in page.inner_text("main")


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_everything_is_there_and_dark_ink_is_on_white(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name], scheme="dark") as page:
        page.emulate_media(media="print")
        colour = page.evaluate("getComputedStyle(document.body).color")
        assert colour == "rgb(0, 0, 0)"
        assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("name", ["weekly", "audit"])
def test_a_name_opens_the_acts_behind_it(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as page:
        link = page.locator("tbody th a").first
        target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}'] tbody tr").first
        assert not target.is_visible()
        link.click()
        assert target.is_visible()


def test_the_pictures_in_the_documentation_can_be_taken_anew(
    browser: Browser, pages: dict[str, Path]
) -> None:
    found = taken(browser, pages)
    kept = {file.name: file.read_bytes() for file in FOLDER.glob("*.png")}
    assert set(found) == set(kept), "run: python -m tests.browser.pictures"
    told = "".join(page.read_text(encoding="utf-8") for page in FOLDER.parent.glob("*.md"))
    for name, picture in found.items():
        assert f"(pictures/{name})" in told
        assert _size(picture)[0] == _size(kept[name])[0]


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
