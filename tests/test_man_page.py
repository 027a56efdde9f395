"""docs/quizgen.1 is what the program says, and a manual page that man reads without complaint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib

import click
import pytest

from quizgen.base.clock import today
from quizgen.cli import COMMANDS, main
from tests.man_page import ENVIRONMENT, page
from tests.pseudo_terminal import CHECKOUT

PAGE = CHECKOUT / "docs" / "quizgen.1"

# By these other programs say what they are; nobody sets them for quizgen.
OF_OTHERS = {
    "TERM_PROGRAM",
    "VTE_VERSION",
    "PYDANTIC_DISABLE_PLUGINS",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SSH_CONNECTION",
}


def committed() -> tuple[str, str]:
    """The page as it is, and the day it tells."""
    text = PAGE.read_text("utf-8")
    found = re.match(r'\.TH QUIZGEN 1 "([\d-]+)"', text)
    assert found is not None
    return text, found.group(1)


def test_the_page_is_what_the_program_says() -> None:
    """`docs/quizgen.1` holds every command's help; QUIZGEN_REWRITE_DOCS=1 writes it anew."""
    if os.environ.get("QUIZGEN_REWRITE_DOCS"):
        day = committed()[1] if PAGE.exists() else ""
        if not PAGE.exists() or PAGE.read_text("utf-8") != page(day):
            PAGE.write_text(page(today().isoformat()), "utf-8")
    text, day = committed()
    assert text == page(day)


@pytest.mark.parametrize("program", [("mandoc", "-Tlint", "-Wwarning"), ("man", "--warnings=w", "-l")])
def test_man_reads_it_without_complaint(program: tuple[str, ...]) -> None:
    """mandoc's and groff's own checks find nothing."""
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not installed")
    told = {**os.environ, "MANPAGER": "cat", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    done = subprocess.run([*program, PAGE], env=told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if program[0] == "mandoc":
        assert done.stdout == ""
    else:
        assert "quizgen - turn sourced facts into questions" in done.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_shows_examples(name: str) -> None:
    """`--help` of each command, and of each one in a group, ends with at least one line to copy."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    inner = list(command.commands.items()) if isinstance(command, click.Group) else []
    for words, found in [(name, command), *((f"{name} {word}", one) for word, one in inner)]:
        examples = [part for part in (found.help or "").split("\n\n") if part.lstrip(" ").startswith("\b")]
        assert any(f"quizgen {words}" in part for part in examples), words


def test_the_wheel_brings_it() -> None:
    """Installed, the page stands where man looks."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared["docs/quizgen.1"] == "share/man/man1/quizgen.1"


def test_every_variable_that_is_read_is_told() -> None:
    """What quizgen looks for in its environment stands in the page, but for a test's clock."""
    told = {*ENVIRONMENT, "QUIZGEN_NOW"}
    for path in (CHECKOUT / "quizgen").rglob("*.py"):
        for name in re.findall(r'environ(?:\.get\(|\[|\.setdefault\()"(\w+)"', path.read_text("utf-8")):
            assert name in told or name in OF_OTHERS, (path, name)
