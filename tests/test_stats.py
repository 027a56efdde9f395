"""What `quizgen list --stats` says of a pack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts import coverage, ledger
from quizgen.facts.coverage import Row
from quizgen.facts.model import Pack
from quizgen.facts.stats import Stats, stats
from tests import packs

BODY = """
sources:
  - {id: weekly, title: W, publisher: "A  PRESS.", url: "https://example.org/w", trust: press}
  - {id: robot, title: R, publisher: R, url: "https://example.org/r", trust: primary, ai_generated: true}
entities: [{id: pact, type: agreement, name: Pact, the: true}, {id: deal, type: agreement, name: Deal}]
facts:
  - {id: a, topic: one, about: pact, property: signed, value: 1900, essential: true, $cite}
  - id: b
    topic: one
    about: deal
    property: signed
    value: 1901
    cites:
      - {source: weekly, paragraph: 1, start: these words, end: those words}
      - {source: work, paragraph: 1, start: these words, end: those words}
  - id: c
    topic: two
    about: pact
    property: took-effect
    value: 1902
    cites:
      - {source: weekly, paragraph: 1, start: these words, end: those words}
      - {source: robot, paragraph: 1, start: these words, end: those words}
"""
LIST = "source,paragraph,fate,facts,reason\n"


def measured(
    folder: Path, *, known: tuple[tuple[str, int], ...] = (), rows: list[Row] | None = None
) -> Stats:
    """The measures of the pack above, with those citations verified."""
    pack, _ = packs.load(folder, BODY)
    keys = {ledger.key(pack.facts[name], index) for name, index in known}
    return stats(pack, keys, rows)


def test_facts_are_counted_by_topic_and_property(tmp_path: Path) -> None:
    """Each fact counts once under its topic, in the pack's order, and once under its property."""
    found = measured(tmp_path)
    assert (found.facts, found.essential) == (3, 1)
    assert list(found.topics.items()) == [("one", 2), ("two", 1)]
    assert list(found.properties.items()) == [("signed", 2), ("took-effect", 1)]


def test_a_fact_counts_under_its_best_source(tmp_path: Path) -> None:
    """Of the works that a fact cites the most trusted counts; what a program wrote is trusted least."""
    assert dict(measured(tmp_path).trusts) == {"primary": 2, "press": 1}


def test_two_works_of_one_publisher_are_one_voice(tmp_path: Path) -> None:
    """Only works of different publishers count as two, however a publisher's name is written."""
    assert measured(tmp_path).two_publishers == 1


def test_a_fact_is_verified_when_all_its_citations_are(tmp_path: Path) -> None:
    """One citation that the ledger does not know leaves its fact unverified."""
    assert measured(tmp_path, known=(("a", 0), ("b", 0))).verified == 1


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (Row("work", "1", "facts", ("a",), ""), (1, 1)),
        (Row("work", "1", "repeats", (), "says 1 again"), (1, 1)),
        (Row("work", "1", "no-fact", (), "an opinion"), (1, 1)),
        (Row("work", "1", "facts", (), "a reason is no fact"), (1, 0)),
        (Row("work", "1", "no-fact", (), ""), (1, 0)),
        (Row("work", "1", "TODO", (), "later"), (1, 0)),
        (Row("work", "1", "furniture", (), "a caption"), (0, 0)),
    ],
    ids=lambda value: "-".join((value.fate, *value.facts, value.reason)) if isinstance(value, Row) else "",
)
def test_a_paragraph_is_covered_by_facts_or_a_reason(
    row: Row, counts: tuple[int, int], tmp_path: Path
) -> None:
    """Furniture does not count; anything else is of substance, and covered by facts or by a reason."""
    found = measured(tmp_path, rows=[row])
    assert (found.paragraphs, found.covered) == counts


def written(folder: Path, text: str) -> Path:
    """A coverage list with that text."""
    path = folder / "coverage.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_coverage_list_is_read(tmp_path: Path) -> None:
    """Facts stand with spaces between them; a text with commas stands in quotation marks."""
    rows, problems = coverage.read(written(tmp_path, LIST + 'work,1,facts,a b,"x, y"\n'))
    assert (rows, problems) == ([Row("work", "1", "facts", ("a", "b"), "x, y")], [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("paragraph,source\n", "the first line is not 'source,paragraph,fate,facts,reason'"),
        ("", "the first line is not 'source,paragraph,fate,facts,reason'"),
        (LIST + "work,1,no-fact,,a, b\n", "record 2 has 6 columns, and 5 were expected"),
        (LIST + 'work,1,no-fact,,"a\n', "this is no CSV (unexpected end of data)"),
    ],
)
def test_a_broken_coverage_list_is_a_problem(text: str, message: str, tmp_path: Path) -> None:
    """What is no coverage list is reported, with the place and what was expected."""
    rows, problems = coverage.read(written(tmp_path, text))
    assert rows is None
    assert [problem.message for problem in problems] == [message]


def small(folder: Path) -> Pack:
    """The pack above, written with a recipe."""
    return packs.load(folder, BODY)[0]


def run(*words: str) -> str:
    """What a command prints when all is well."""
    done = CliRunner().invoke(main, ["list", "--stats", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_prints_every_measure(tmp_path: Path) -> None:
    """`--stats` takes a deck for its argument, and prints a line for each measure with its share."""
    pack = small(tmp_path)
    written(pack.root, LIST + "work,1,no-fact,,an opinion\nwork,2,TODO,,\nwork,3,furniture,,a caption\n")
    assert run(str(tmp_path / "small.yaml")).splitlines() == [
        "measure\tof\tcount\tshare",
        "facts\t\t3\t100 %",
        "topic\tone\t2\t66 %",
        "topic\ttwo\t1\t33 %",
        "property\tsigned\t2\t66 %",
        "property\ttook-effect\t1\t33 %",
        "best source\tprimary\t2\t66 %",
        "best source\tpress\t1\t33 %",
        "essential\t\t1\t33 %",
        "two publishers\t\t1\t33 %",
        "verified\t\t0\t0 %",
        "paragraphs covered\tof 2\t1\t50 %",
    ]


def test_the_measures_are_json_too(tmp_path: Path) -> None:
    """`--json` gives the same numbers, and null for the paragraphs where there is no list."""
    small(tmp_path)
    found = json.loads(run(str(tmp_path / "small.yaml"), "--json"))
    assert (found["facts"], found["topics"], found["paragraphs"]) == (3, {"one": 2, "two": 1}, None)


def test_the_shipped_pack_is_verified_whole() -> None:
    """Every fact of the shipped pack counts as verified."""
    found = json.loads(run("--json"))
    assert found["verified"] == found["facts"]


def test_stats_are_of_a_whole_deck() -> None:
    """With `--stats`, a topic or a second argument is misuse."""
    for words in (["--topic", "acsa"], ["topics", "japan-korea"]):
        done = CliRunner().invoke(main, ["list", "--stats", *words])
        assert (done.exit_code, "a whole deck" in done.output) == (2, True)


def test_a_list_is_json_too(tmp_path: Path) -> None:
    """`list … --json` is one object a row, its keys the table's heads."""
    small(tmp_path)
    done = CliRunner().invoke(main, ["list", "topics", str(tmp_path / "small.yaml"), "--json"])
    assert json.loads(done.stdout)[1] | {"items": ""} == {
        "topic": "two",
        "name": "Two",
        "facts": "1",
        "items": "",
    }
