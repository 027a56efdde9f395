"""Case files: facts in, items out. A new behaviour is a new file in `tests/cases/generate`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizgen.items.item import Bank
from tests import packs

CASES = sorted((Path(__file__).parent / "cases" / "generate").glob("*.case"))
MARK = "# output\n"


def rendered(bank: Bank) -> str:
    """A bank as a person compares it: a paragraph for each item, and a line for each that was left out."""
    lines = []
    for item in bank.items:
        lines.append(f"[{item.type}] {item.id} (slot {item.slot})")
        lines.append(f"  {item.stem}")
        for name in ("prompts", "options", "key", "accepted"):
            if getattr(item, name):
                lines.append(f"  {name}: {' | '.join(getattr(item, name))}")
        lines += [
            f"  {name}: {getattr(item, name)}" for name in ("as_of", "attributed_to") if getattr(item, name)
        ]
        lines.append(f"  = {item.explanation}")
    lines += [f"({found.id}: {found.reason})" for found in bank.skipped]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_facts_of_a_case_make_its_items(case: Path, tmp_path: Path) -> None:
    """The facts in a case file make exactly the items under its mark.

    `QUIZGEN_REWRITE_CASES=1` writes what comes out into the files, to be read before it is committed.
    """
    facts, _, expected = case.read_text("utf-8").partition(MARK)
    found = rendered(packs.bank(tmp_path, facts))
    if os.environ.get("QUIZGEN_REWRITE_CASES"):
        case.write_text(facts + MARK + found, "utf-8")
    else:
        assert found == expected
