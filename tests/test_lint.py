"""The rules on questions: each catches what it is for, and lets pass what only looks like it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.generate.bank import generate
from quizgen.generate.judge import Judge
from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.lint import RULES, lint
from quizgen.lint.rule import Severity
from tests import packs
from tests.banks import DECK
from tests.rule_catalogue import catalogue

CASES = Path(__file__).parent / "cases" / "lint"
PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
GROUPS: dict[str, dict[str, list[dict[str, Any]]]] = {}
for _file in sorted(CASES.glob("*.yaml")):
    GROUPS |= yaml.safe_load(_file.read_text("utf-8"))
ASKED: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(
    (CASES / "asking" / "cases.yaml").read_text("utf-8")
)


def item(name: str, fields: dict[str, Any]) -> Item:
    """An item of a case file; what the file does not say is harmless."""
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    said["type"] = ItemType(str(said.get("type", "choice")))
    harmless: dict[str, Any] = {
        "id": name,
        "explanation": "",
        "facts": (name,),
        "kind": "signed",
        "topic": "one",
        "sources": (),
        "slot": 1,
    }
    return Item(**(harmless | said))


def bank(*items: Item) -> Bank:
    """A deck of these items."""
    return Bank(DECK, items)


def examples(kind: str) -> list[Any]:
    """Each example of a kind, with its rule."""
    return [
        pytest.param(rule, fields, id=f"{rule}-{number}")
        for rule, group in GROUPS.items()
        for number, fields in enumerate(group[kind], 1)
    ]


@pytest.mark.parametrize(("rule", "fields"), examples("bad"))
def test_a_rule_catches_what_it_is_for(rule: str, fields: dict[str, Any]) -> None:
    """Each bad example of a case file is found by its rule, once."""
    found = RULES[rule].of_item(item("x/y", fields))
    assert len(found) == 1
    assert found[0].item == "x/y"


@pytest.mark.parametrize(("rule", "fields"), examples("good"))
def test_a_rule_lets_pass_what_only_looks_bad(rule: str, fields: dict[str, Any]) -> None:
    """No good example of a case file is found by its rule."""
    assert not RULES[rule].of_item(item("x/y", fields))


def test_every_rule_on_items_has_its_cases() -> None:
    """No rule looks at items without examples of both kinds."""
    assert {rule.id for rule in RULES.values() if rule.look is not None} == set(GROUPS)
    assert {rule.id for rule in RULES.values() if rule.ask is not None} == set(ASKED)
    groups = [*GROUPS.values(), *ASKED.values()]
    assert all(group["bad"] and group["good"] for group in groups)


def asked(kind: str) -> list[Any]:
    """Each example for the rules that ask the fact base."""
    return [
        pytest.param(rule, fields, id=f"{rule}-{number}")
        for rule, group in ASKED.items()
        for number, fields in enumerate(group[kind], 1)
    ]


@pytest.fixture(scope="module")
def pact(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Item], Judge]:
    """The items of the pack that the cases spoil, and its judge, who knows two sets that no pack may have."""
    body = (CASES / "asking" / "pack.yaml").read_text("utf-8")
    pack, recipe = packs.load(tmp_path_factory.mktemp("asking"), body)
    facts = tuple(pack.facts[name] for name in ("pact-effect", "accord-effect", "deal-effect"))
    sets = {
        name: replace(pack.sets[like], facts=facts)
        for name, like in (("tied", "in-order"), ("alike", "matched"))
    }
    made = packs.by_id(generate(pack, recipe))
    return made, Judge(replace(pack, sets={**pack.sets, **sets}))


def spoilt(made: dict[str, Item], fields: dict[str, Any]) -> Item:
    """A generated item with what the case changes; `why` is for the reader."""
    changes: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in fields.items()
        if key not in ("made", "why")
    }
    return replace(made[fields["made"]], **changes)


@pytest.mark.parametrize(("rule", "fields"), asked("bad"))
def test_a_rule_that_asks_catches_what_it_is_for(
    pact: tuple[dict[str, Item], Judge], rule: str, fields: dict[str, Any]
) -> None:
    """Each spoilt item is found by its rule, once."""
    made, judge = pact
    assert len(RULES[rule].of_item(spoilt(made, fields), judge)) == 1


@pytest.mark.parametrize(("rule", "fields"), asked("good"))
def test_a_rule_that_asks_lets_pass_what_is_sound(
    pact: tuple[dict[str, Item], Judge], rule: str, fields: dict[str, Any]
) -> None:
    """No sound item is found."""
    made, judge = pact
    assert not RULES[rule].of_item(spoilt(made, fields), judge)


def true_false(number: int, key: str) -> Item:
    """A true-or-false item."""
    return item(
        f"f{number}/b",
        {"type": "boolean", "stem": f"It is {number}.", "key": [key], "options": ["True", "False"]},
    )


def typed(number: int, *, stem: str = "", fact: str = "") -> Item:
    """A typed item."""
    name = fact or f"t{number}"
    return item(
        f"{name}/{number}",
        {"type": "typed", "stem": stem or f"What is {number}?", "key": ["x"], "facts": [name]},
    )


def rules_found(found: Bank) -> set[str]:
    """The rules that a bank breaks."""
    return {finding.rule for finding in lint(found)}


def test_a_fact_has_at_most_four_items() -> None:
    """The fifth item on a fact is one too many."""
    items = [typed(number, fact="f") for number in range(5)]
    assert "deck-fact-items" in rules_found(bank(*items))
    assert "deck-fact-items" not in rules_found(bank(*items[:4]))


def test_true_or_false_is_a_tenth_and_balanced() -> None:
    """Twenty true-or-false items need a hundred and eighty others, and eight to twelve true ones."""
    others = [typed(number) for number in range(180)]
    even = [true_false(number, "True" if number % 2 else "False") for number in range(20)]
    assert "deck-true-false" not in rules_found(bank(*even, *others))
    assert "deck-true-false" in rules_found(bank(*even, *others[:100]))
    assert "deck-true-false" in rules_found(
        bank(*(true_false(number, "True") for number in range(20)), *others)
    )


def test_the_key_stands_everywhere_alike() -> None:
    """A key that is always the first option is found; one that moves round is not."""
    options = ["kim", "lee", "park"]
    turns = [
        item(f"c{n}/c", {"stem": f"Who is {n}?", "key": [options[n % 3]], "options": options})
        for n in range(30)
    ]
    first = [item(f"c{n}/c", {"stem": f"Who is {n}?", "key": ["kim"], "options": options}) for n in range(30)]
    assert "deck-key-places" not in rules_found(bank(*turns))
    assert "deck-key-places" in rules_found(bank(*first))


def test_no_two_items_ask_the_same() -> None:
    """One stem in two items of a type is found."""
    assert "deck-same-stem" in rules_found(bank(typed(1, stem="What is it?"), typed(2, stem="What is it?")))


BAD_STEM = """
entities:
  - {id: pact, type: agreement, name: Pact of Place}
facts:
  - id: pact-field
    topic: one
    about: pact
    property: detail
    value: trade
    ask: {sentence: "the Pact covers [...].", recall: "What does the Pact not leave out?"}
    $cite
"""


def test_check_reports_a_bad_question_at_its_fact(tmp_path: Path) -> None:
    """`quizgen check` names rule, item and the fact's place, and ends with exit code 1."""
    pack = packs.write_pack(tmp_path, BAD_STEM)
    result = CliRunner().invoke(main, ["check", str(pack)])
    assert result.exit_code == 1
    place = f"{pack}/body.yaml:5:5: pact-field/recall: "
    line = f"{place}stem-negative: the stem is negative: 'not'; ask for what is so"
    assert line in result.output.splitlines()


def test_a_rule_explains_itself() -> None:
    """`quizgen check --explain` says why, what to do, and who asks for it."""
    result = CliRunner().invoke(main, ["check", "--explain", "rows"])
    assert result.exit_code == 0
    assert result.output == (
        "rows (error): Fewer are guessed, more cannot be held in mind.\n"
        "What to do: take 3 to 6 rows.\n"
        "Reference: Haladyna, Downing & Rodriguez 2002.\n"
    )


def test_the_catalogue_names_every_rule() -> None:
    """`docs/rules.md` is what the rules say of themselves."""
    if os.environ.get("QUIZGEN_REWRITE_DOCS"):
        PAGE.write_text(catalogue(), "utf-8")
    assert PAGE.read_text("utf-8") == catalogue()


def test_every_rule_is_an_error_or_a_warning() -> None:
    """Errors fail a check; warnings do not."""
    assert {rule.severity for rule in RULES.values()} == {Severity.ERROR, Severity.WARNING}
