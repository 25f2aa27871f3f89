"""The tree of modules with their captions, as docs/architecture.md shows it; run it to redraw."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "roc"
_BEGIN = "<!-- the tree below is made by `make tree` -->\n```text\n"
_END = "```\n<!-- end of the tree -->"


def caption(module: Path) -> str:
    """The first line of a module's docstring, empty where it has none."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    return (docstring or "").partition("\n")[0]


def modules(folder: Path) -> list[Path]:
    """Every Python file below a folder, sorted."""
    return sorted(folder.rglob("*.py"))


def tree() -> str:
    """The package as a tree, a line a module, each with its caption."""
    rows = [("roc/", PACKAGE / "__init__.py"), *_branches(PACKAGE, "")]
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name:<{width}}  {caption(module).rstrip('.')}\n" for name, module in rows)


def _branches(folder: Path, indent: str) -> Iterator[tuple[str, Path]]:
    """Files before folders, each by name."""
    files = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    packages = [path.parent for path in sorted(folder.glob("*/__init__.py"))]
    children = [*files, *packages]
    for child in children:
        last = child is children[-1]
        branch = indent + ("└── " if last else "├── ")
        if child.is_dir():
            yield f"{branch}{child.name}/", child / "__init__.py"
            yield from _branches(child, indent + ("    " if last else "│   "))
        else:
            yield f"{branch}{child.name}", child


def redrawn(page: str) -> str:
    """A page with the tree in it brought up to date."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + tree() + _END + after


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
