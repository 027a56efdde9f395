"""The documentation tells the truth: its examples run, its references are what the program says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from quizgen.facts.recipe import RecipeRecord
from quizgen.facts.schema import SECTIONS, PackRecord, Record
from quizgen.facts.slots import SLOTS
from tests.cli_reference import reference

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
README = (ROOT / "README.md").read_text("utf-8")

BROKEN = """pack: {id: broken, name: Broken}
topics: [{id: moon, name: The Moon}]
entities: [{id: tide-treaty, type: agreement, name: Tide Treaty, the: true}]
facts:
  - id: tide-treaty-signed
    topic: moon
    about: tide-treaty
    propertty: signed
    property: signed
    value: 1897
    cites: [{source: almanac, paragraph: 1, start: "The Tide Treaty", end: "4 May 1897"}]
sources: [{id: almanac, title: The Almanac, publisher: Press, url: "https://example.org", trust: reference}]
"""


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def examples(text: str) -> list[tuple[str, list[str]]]:
    """Each `$ command` of the console blocks with the output that is shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(text, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line:
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README tells its reader to write."""
    folder = tmp_path_factory.mktemp("readme")
    pack, recipe = blocks(README, "yaml")
    for name, text in (
        ("tides/facts.yaml", pack),
        ("tides.yaml", recipe),
        ("broken/facts.yaml", BROKEN),
        ("texts/almanac.txt", "The Tide Treaty was signed on 4 May 1897.\n"),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("command", "shown"), examples(README), ids=[command for command, _ in examples(README)]
)
def test_the_readmes_examples_run(command: str, shown: list[str], desk: Path) -> None:
    """Each command of the README ends as it should and prints what stands under it."""
    program, *arguments = shlex.split(command)
    assert program == "quizgen"
    done = subprocess.run(
        [sys.executable, "-m", "quizgen", *arguments],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if "broken" in command else 0), done.stderr
    if shown:
        assert done.stdout.splitlines() == shown


def test_the_command_reference_is_what_the_program_says() -> None:
    """`docs/cli.md` holds every command's help, word for word."""
    page = ROOT / "docs" / "cli.md"
    if os.environ.get("QUIZGEN_REWRITE_DOCS"):
        page.write_text(reference(), "utf-8")
    assert page.read_text("utf-8") == reference()


@pytest.mark.parametrize(
    "record", [PackRecord, RecipeRecord, *SECTIONS.values()], ids=lambda record: record.__name__
)
def test_the_pack_format_names_every_key(record: type[Record]) -> None:
    """Whatever may stand in a pack is explained in `docs/pack-format.md`."""
    page = (ROOT / "docs" / "pack-format.md").read_text("utf-8")
    for name, field in record.model_fields.items():
        assert re.search(rf"\b{field.alias or name}\b", page), name


@pytest.mark.parametrize("slot", SLOTS)
def test_the_pack_format_names_every_slot_and_form(slot: str) -> None:
    """Whatever a template may use is explained in `docs/pack-format.md`."""
    page = (ROOT / "docs" / "pack-format.md").read_text("utf-8")
    table = page[page.index("| slot | forms |") :]
    row = next(line for line in table.splitlines() if f"`{slot}` |" in line)
    for form in SLOTS[slot]:
        assert f"`{form}`" in row or slot == "value"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project names one that exists."""
    for address in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / address).exists(), address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_in_the_pages_is_yaml(page: Path) -> None:
    """Every example of YAML can be read."""
    for block in re.findall(r"^ *```yaml\n(.*?)^ *```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yaml.safe_load(block)
