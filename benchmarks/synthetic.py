"""Packs of any size, made of nothing: for measuring, not for learning."""

from __future__ import annotations

from pathlib import Path

FACTS_A_TOPIC = 500


def write_pack(folder: Path, facts: int) -> Path:
    """Write a pack of `facts` facts and a recipe for it into `folder`; returns the recipe's path."""
    pack = folder / "pack"
    pack.mkdir(parents=True, exist_ok=True)
    topics = max(1, facts // FACTS_A_TOPIC)
    lines = ["pack: {id: synthetic, name: Synthetic}", "topics:"]
    lines += [f"  - {{id: topic-{n}, name: Topic {n}}}" for n in range(topics)]
    lines.append("sources:")
    lines += [
        f"  - {{id: source-{n}, title: Work {n}, publisher: Press {n % 7}, published: {1990 + n % 30}, "
        f"url: 'https://example.org/works/{n}', trust: primary}}"
        for n in range(50)
    ]
    lines.append("entities:")
    lines += [f"  - {{id: pact-{n}, type: agreement, name: Pact of Place {n}, the: true}}" for n in range(facts)]
    (pack / "things.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    write_facts(pack / "facts.yaml", facts, topics)
    recipe = folder / "synthetic.yaml"
    recipe.write_text(
        "deck:\n  id: synthetic\n  name: Synthetic\n  pack: pack\n  revision: 2026-11-22\n"
        "  anki: {deck: 1607392320, note_type: 1954210884}\n",
        "utf-8",
    )
    return recipe


def write_facts(path: Path, facts: int, topics: int) -> None:
    """Write the facts alone, as the fact files of a pack have them."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("facts:\n")
        for n in range(facts):
            stream.write(
                f"  - id: pact-{n}-signed\n"
                f"    topic: topic-{n // FACTS_A_TOPIC % topics}\n"
                f"    about: pact-{n}\n"
                f"    property: signed\n"
                f"    value: {1900 + n * 7 % 120}-{1 + n % 12:02d}-{1 + n % 28:02d}\n"
                f"    explanation: The pact ended the quarrel over the waters of place {n}.\n"
                f"    cites:\n"
                f"      - source: source-{n % 50}\n"
                f"        paragraph: {1 + n % 9}\n"
                f"        start: The parties met in {n}\n"
                f"        end: on that very day\n"
            )
