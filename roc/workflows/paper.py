"""A page as PDF, printed by the browser that is installed.

The Markdown of the page goes into the file as an attachment, as it is: so that whoever is to be
forgotten is found in it, and whoever reads without eyes has the text.
"""

import io
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from roc.errors import ConfigError, NotPrinted
from roc.reports.document import Document
from roc.reports.setting import as_html, as_markdown

_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_IN_THE_ENVIRONMENT = "ROC_BROWSER"
_SECONDS = 120.0
_ALONE = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


def as_pdf(page: Document) -> bytes:
    """The page on paper, without what is folded away on the screen; same page, same bytes.

    Args:
        page: a report's page.

    Raises:
        ConfigError: no browser is there that can print.
        NotPrinted: it did not print.
    """
    short = page.short()
    return _with_text(_printed(as_html(short)), short.title, as_markdown(short))


def _printed(html: str) -> bytes:
    browser = _browser()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file, page = Path(folder) / "page.pdf", Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        command = [browser, *_ALONE, f"--user-data-dir={folder}", f"--print-to-pdf={file}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # root has none; the page runs nothing and loads nothing
        try:
            subprocess.run(
                [*command, page.as_uri()],
                timeout=_SECONDS,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # it may repeat what is on the page
            )
            return file.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NotPrinted(
                f"{Path(browser).name} did not print the page.",
                hint="open the HTML page in a browser and print it from there.",
            ) from error


def _browser() -> str:
    named = os.environ.get(_IN_THE_ENVIRONMENT, "")
    for name in (named,) if named else _BROWSERS:
        if found := shutil.which(name):
            return found
    raise ConfigError(
        f"{named} is not to be found." if named else "No browser is here that can print a page.",
        hint=f"install Chromium, Chrome or Edge, or name one in {_IN_THE_ENVIRONMENT}; "
        "or open the HTML page in any browser and print it from there.",
    )


def _with_text(pdf: bytes, title: str, text: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    paper = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    paper.metadata = {"/Title": title}  # and neither when nor by which machine it was printed
    paper.add_attachment("page.md", text.encode("utf-8", "backslashreplace"))
    out = io.BytesIO()
    paper.write(out)
    return out.getvalue()
