"""A pack that breaks rules once each yields exactly those findings, each at its own place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from tests import packs

# Rule, template, what the fact's wording is, its value and its wrong options. What a pack's own checks or the
# generator refuse (a second right option, dates out of order, a wrong article in a template …) cannot reach a
# bank: those rules have their cases on items in `cases/lint`.
BROKEN = {
    "stem-undated": ("recall", "What does the fleet now carry?", "rice", ""),
    "stem-long": ("recall", f"What did {'the old grey ' * 10}fleet carry?", "rice", ""),
    "stem-vague": ("recall", "What did the fleet often carry?", "rice", ""),
    "stem-loaded": ("recall", "What did the infamous fleet carry?", "rice", ""),
    "stem-article": ("recall", "What did an fleet carry?", "rice", ""),
    "stem-the": ("recall", "What did United States ships carry on Monday in United States?", "rice", ""),
    "spelling": ("recall", "What did the program carry?", "rice", ""),
    "stem-question-word": ("recall", "How many ships carried it?", "rice", ""),
    "typed-granularity": ("recall", "When did the fleet sail?", "'1965'", ""),
    "options-one-kind": ("choice", "What did the fleet carry?", "rice", "[salt, '1965']"),
    "options-alike": ("choice", "What did the fleet carry?", "rice", "[salt, red salt]"),
    "options-all-none": ("choice", "What did the fleet carry?", "rice", "[salt, A and B]"),
    "options-key-long": ("choice", "What did the fleet carry?", "rice and wheat", "[salt, coal]"),
    "options-stem-word": (
        "choice",
        "Which grain did the fleet carry?",
        "grain sacks",
        "[salt boxes, coal carts]",
    ),
    "options-hub": ("choice", "What did the fleet carry?", "red salt", "[red rice, old salt]"),
    "options-absolute": ("choice", "What did the fleet carry?", "rice", "[salt, only tea]"),
    "options-form": ("choice", "What did the fleet carry?", "a coat", "[wheat, sugar]"),
}


def body() -> str:
    """The pack: a fact for each rule, about a thing of its own."""
    lines = ["entities:"]
    lines += [f"  - {{id: e-{rule}, type: event, name: Event {n}}}" for n, rule in enumerate(BROKEN)]
    lines.append("facts:")
    for n, (rule, (template, ask, value, wrong)) in enumerate(BROKEN.items()):
        skip = ", ".join({"recall", "cloze", "choice", "true-false"} - {template})
        lines += [f"  - id: f-{rule}", "    topic: one", f"    about: e-{rule}", "    property: detail"]
        lines += [f"    value: {value}", f"    skip: [{skip}]"]
        lines += [f"    wrong: {wrong}"] if wrong else []
        asked = f"{ask[:-1]} in voyage {n}?"
        lines += [
            f'    ask: {{sentence: "Voyage {n} held [...].", {template}: "{asked}"}}',
            f"    {packs.CITE}",
        ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_found_at_its_fact_and_no_other(tmp_path: Path, rule: str) -> None:
    """File, line, item id and rule of the finding; and nothing else is found there."""
    pack = packs.write_pack(tmp_path, body())
    lines = (pack / "body.yaml").read_text("utf-8").splitlines()
    line = 1 + lines.index(f"  - id: f-{rule}")
    output = CliRunner().invoke(main, ["check", str(pack)]).output.splitlines()
    found = [row for row in output if f": f-{rule}/" in row]
    place = f"{pack}/body.yaml:{line}:5: f-{rule}/{BROKEN[rule][0]}: {rule}: "
    assert len(found) == 1
    assert found[0].removeprefix("warning: ").startswith(place)


def test_nothing_else_is_found(tmp_path: Path) -> None:
    """As many findings as broken rules."""
    output = CliRunner().invoke(main, ["check", str(packs.write_pack(tmp_path, body()))]).output
    assert sum(": f-" in row and "/" in row.partition(": f-")[2][:40] for row in output.splitlines()) == len(
        BROKEN
    )
