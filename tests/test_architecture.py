"""The direction in which data flows, held by looking at every import in the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "quizgen"

# Who may import whom: facts -> items -> exporters or quiz, as `docs/architecture.md` draws it.
MAY_IMPORT = {
    "base": {"base"},
    "items": {"items", "base"},
    "facts": {"facts", "items", "base"},
    "generate": {"generate", "facts", "items", "base"},
    "page": {"page", "generate", "facts", "items", "base"},
    "export": {"export", "items", "base"},
    "upgrade": {"upgrade", "export", "page", "facts", "items", "base"},
    "push": {"push", "export", "items", "base"},
    "lint": {"lint", "items", "base"},
    "stats": {"stats", "store", "export", "items", "base", "terminal"},
    "quiz": {"quiz", "store", "items", "base", "terminal"},
    "store": {"store", "items", "base"},
    "reading": {"reading", "quiz", "items", "base"},
    "terminal": {"terminal", "base"},
    "shipped": {"shipped", "base"},
    "cli": {
        "cli",
        "store",
        "lint",
        "generate",
        "upgrade",
        "push",
        "page",
        "stats",
        "facts",
        "items",
        "base",
        "export",
        "quiz",
        "reading",
        "terminal",
        "shipped",
    },
}

# Each outside thing is touched by one module alone.
ONLY_IN = {
    "yaml": {"facts/yaml_file.py"},
    "genanki": {"export/anki_file.py"},
    "drawsvg": {"page/picture.py"},
    "rich": {"terminal/layout.py", "terminal/lines.py"},
    "sqlite3": {"export/anki_file.py", "export/anki_read.py", "store/database.py"},
    "fsrs": {"store/schedule.py"},
    "zipfile": {"export/anki_file.py", "export/anki_read.py"},
    "jinja2": {"facts/sandbox.py"},
    "http": {"push/anki_connect.py"},
    "socket": set(),
    "termios": {"terminal/keys.py"},
    "select": {"terminal/keys.py"},
    "signal": {"terminal/keys.py"},
    "readline": {"terminal/lines.py"},
    "webbrowser": {"terminal/browser.py"},
    "random": set(),
    "time": {"base/clock.py"},
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    """No exporter and no quiz knows the fact model; nothing below knows what stands above it."""
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if layer not in MAY_IMPORT:
        assert layer in ("__init__", "__main__")
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("quizgen.")}
    parts = {name for name in used if (ROOT / name).is_dir() or (ROOT / f"{name}.py").is_file()}
    assert parts <= MAY_IMPORT[layer]


@pytest.mark.parametrize("library", ONLY_IN)
def test_one_module_alone_touches_each_outside_thing(library: str) -> None:
    """YAML, genanki, the terminal, SQLite, the clock and chance each have one door."""
    users = {
        str(path.relative_to(ROOT))
        for path in FILES
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert users <= ONLY_IN[library]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_clock_is_asked_in_one_place(path: Path) -> None:
    """What day it is, and what time, is known to `base/clock.py` alone; everybody else is told."""
    if path == ROOT / "base" / "clock.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today", "fromtimestamp"):
            assert isinstance(node.value, ast.Name)
            assert node.value.id == "clock"


def test_no_file_asks_to_be_split() -> None:
    """No file of the package is longer than 400 lines."""
    long = {str(path): count for path in FILES if (count := len(path.read_text("utf-8").splitlines())) > 400}
    assert not long


def test_no_function_is_long() -> None:
    """No function of the package is longer than 45 lines, its docstring included."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 45
    ]
    assert not long
