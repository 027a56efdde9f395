"""Packs of any size, made of nothing: for measuring, not for learning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FACTS_A_TOPIC = 500


def write_pack(folder: Path, facts: int) -> Path:
    """Write a pack of `facts` facts, in one file, and a recipe for it; returns the recipe's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text("\n".join(_pack(facts)) + "\n", "utf-8")
    recipe = folder / "synthetic.yaml"
    recipe.write_text(
        "deck:\n  id: synthetic\n  name: Synthetic\n  pack: pack.yaml\n  revision: 2026-11-22\n"
        "  anki: {deck: 1607392320, note_type: 1954210884}\n",
        "utf-8",
    )
    return recipe


def _pack(facts: int) -> Iterator[str]:
    topics = max(1, facts // FACTS_A_TOPIC)
    yield "pack: {id: synthetic, name: Synthetic}"
    yield "topics:"
    for n in range(topics):
        yield f"  - {{id: topic-{n}, name: Topic {n}}}"
    yield "sources:"
    for n in range(50):
        yield f"  - id: source-{n}\n    title: Work {n}\n    publisher: Press {n % 7}"
        yield f"    published: {1990 + n % 30}\n    url: https://example.org/works/{n}\n    trust: primary"
    # Four facts on each thing: most subjects have more facts than things.
    yield "entities:"
    for n in range(max(facts // 4, 1)):
        yield f"  - {{id: pact-{n}, type: agreement, name: Pact of Place {n}, the: true}}"
    yield "facts:"
    for n in range(facts):
        yield from _fact(n, topics)


def _fact(n: int, topics: int) -> Iterator[str]:
    """One of four statements on a thing: when it was signed, took effect, was announced, came to an end."""
    prop = ("signed", "took-effect", "announced", "ended")[n % 4]
    yield f"  - id: pact-{n // 4}-{prop}"
    yield f"    topic: topic-{n // FACTS_A_TOPIC % topics}"
    yield f"    about: pact-{n // 4}"
    yield f"    property: {prop}"
    yield f"    value: {1900 + n * 7 % 120}-{1 + n % 12:02d}-{1 + n % 28:02d}"
    yield f"    explanation: The pact ended the quarrel over the waters of place {n // 4}."
    yield "    cites:"
    yield f"      - source: source-{n % 50}"
    yield f"        paragraph: {1 + n % 9}"
    yield f"        start: The parties met in {n}"
    yield "        end: on that very day"
