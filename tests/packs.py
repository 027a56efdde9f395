"""Small packs and recipes, written to a folder for a test."""

from __future__ import annotations

import textwrap
from pathlib import Path

from quizgen.facts.check import soundness
from quizgen.facts.load import load_pack
from quizgen.facts.model import Pack
from quizgen.facts.recipe import Recipe, load_recipe
from quizgen.generate.bank import generate
from quizgen.items.item import Bank, Item

HEAD = """
pack: {id: small, name: Small}
topics:
  - {id: one, name: One}
  - {id: two, name: Two}
sources:
  - id: work
    title: A Work
    publisher: A Press
    published: 2001
    url: https://example.org/work
    trust: primary
"""
CITE = "cites: [{source: work, paragraph: 1, start: these words, end: those words}]"


def write_recipe(folder: Path, extra: str = "") -> Path:
    """A recipe for the pack in `folder/pack`."""
    path = folder / "small.yaml"
    path.write_text(
        "deck:\n  id: small\n  name: Small\n  pack: pack\n  revision: 2026-11-22\n"
        f"  anki: {{deck: 1607392321, note_type: 1954210885}}\n{extra}",
        "utf-8",
    )
    return path


def write_pack(folder: Path, body: str) -> Path:
    """A pack of the head above and `body`, in which `$cite` stands for a citation; returns its folder."""
    pack = folder / "pack"
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "head.yaml").write_text(HEAD, "utf-8")
    (pack / "body.yaml").write_text(textwrap.dedent(body).replace("$cite", CITE), "utf-8")
    return pack


def load(folder: Path, body: str, extra: str = "") -> tuple[Pack, Recipe]:
    """A sound pack and its recipe."""
    pack, problems = load_pack(write_pack(folder, body))
    assert pack is not None, [str(problem) for problem in problems]
    assert not (found := soundness(pack)), [str(problem) for problem in found]
    recipe, problems = load_recipe(write_recipe(folder, extra))
    assert recipe is not None, problems
    return pack, recipe


def bank(folder: Path, body: str, extra: str = "") -> Bank:
    """The items of a small pack."""
    return generate(*load(folder, body, extra))


def by_id(found: Bank) -> dict[str, Item]:
    """A bank's items by id."""
    return {item.id: item for item in found.items}
