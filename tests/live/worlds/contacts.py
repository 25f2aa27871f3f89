"""Address books on Radicale: friends, and a family that shares a telephone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.between import Between
from tests.live.world import World
from tests.servers.radicale import PASSWORD, USER, Radicale, serving

FRIENDS = 120


def card(uid: str, *lines: str) -> str:
    """A card with a note that nobody may keep."""
    head = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", "NOTE:a secret note")
    return "\r\n".join([*head, *lines, "END:VCARD", ""])


def history() -> dict[str, str]:
    """Cards by the paths of their entries."""
    found = {
        f"friends/f{n}.vcf": card(
            f"f{n}", f"FN:Friend {n}", f"EMAIL:f{n}@example.org", f"TEL:+4917000{n:05}"
        )
        for n in range(FRIENDS)
    }
    for name in ("Ben", "Dara"):
        lines = (f"FN:{name} Osei", f"EMAIL:{name.lower()}@example.org", "TEL:+49 170 1234567")
        found[f"family/{name.lower()}.vcf"] = card(name, *lines)
    return found


def filled(server: Radicale) -> None:
    """Make it happen."""
    server.make_book("friends")
    server.make_book("family")
    for path, told in history().items():
        server.put(path, told)


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving(folder) as server, Between(server.url) as between:
        filled(server)
        export = folder / "export.vcf"
        export.write_text("".join(history().values()), encoding="utf-8", newline="")

        def something_new() -> None:
            server.put("friends/new.vcf", card("new", "FN:Eve", "EMAIL:eve@example.org"))

        yield World(
            source="contacts",
            environment={
                "ROC_CONTACTS_TOKEN": PASSWORD,
                "ROC_CONTACTS_BASE": between.url,
                "ROC_CONTACTS_USER": USER,
            },
            secrets=(PASSWORD, "a secret note"),
            line=between,
            something_new=something_new,
            export=export,
            looks=3,
            pages=("/friends/",),
        )
