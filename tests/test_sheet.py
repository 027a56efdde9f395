"""Sheets for a blind reading: what a reader sees, and what comes of the answers."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.cli.common import bank_for
from quizgen.items.item import Bank
from quizgen.reading import sheet
from tests import banks


def quizgen(*words: str) -> subprocess.CompletedProcess[str]:
    """The command itself, in a process of its own."""
    command = [sys.executable, "-m", "quizgen", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(name: str) -> str:
    """What a sheet calls the item of this id."""
    return sheet.number_of(banks.item(name))


@pytest.fixture(scope="module")
def bank() -> Bank:
    return bank_for(None)


def test_every_template_is_drawn_once_before_any_is_drawn_twice(bank: Bank) -> None:
    templates = {sheet.template_of(item) for item in bank.items}
    drawn = sheet.draw(bank, len(templates), seed=1)
    assert {sheet.template_of(item) for item in drawn} == templates


def test_another_seed_draws_other_items(bank: Bank) -> None:
    one, two = ({item.id for item in sheet.draw(bank, 60, seed)} for seed in (1, 2))
    assert len(one & two) < 30


def test_the_sheet_shows_no_key_and_no_explanation(bank: Bank) -> None:
    """Nothing on a typed item's row holds its key: the reader could not answer blind."""
    rows = dict(zip((item.id for item in bank.items), sheet.blind(bank.items), strict=True))
    typed = [item for item in bank.items if not item.options]
    assert len(typed) > 300
    for item in typed:
        row = rows[item.id]
        shown = row["question"] + row["options"]
        assert item.explanation not in shown
        assert item.id not in "".join(row.values())
        assert f" {item.key[0]} " not in f" {shown} "
        assert not any(row[name] for name in sheet.FILLED)
        assert not set(sheet.KNOWN) & set(row)


def test_what_was_read_is_not_drawn_again(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    quizgen("sheet", "--count", "40", "-o", str(first))
    quizgen("sheet", "--count", "40", "--without", str(first), "-o", str(second))
    one, two = ({row["id"] for row in rows_of(path)} for path in (first, second))
    assert len(one) == len(two) == 40
    assert not one & two


def test_answers_are_graded_and_the_keys_shown(tmp_path: Path) -> None:
    path, out = tmp_path / "filled.csv", tmp_path / "marked.csv"
    path.write_text(
        "id,answer,remark\n"
        f"{number('gsomia-signed/year')},2016,\n"
        f"{number('gsomia-signed/cloze')},23 November 2017,a slip\n"
        f"{number('annexation-treaty-signed/year')},,\n"
        "q00000000,1,\n",
        "utf-8",
    )
    found = quizgen("sheet", "--mark", str(path), "-o", str(out))
    assert found.returncode == 0, found.stderr
    assert found.stdout == (
        "Verdict\tItems\nright\t1\nwrong\t1\nnone\t1\ngone\t1\n"
        "gsomia-signed/cloze: '23 November 2017' for '23 November 2016'\n"
    )
    rows = rows_of(out)
    assert [row["verdict"] for row in rows] == ["right", "wrong", "none", "gone"]
    assert rows[0]["key"] == "2016"
    assert rows[1]["remark"] == "a slip"
    assert rows[2]["sources"].startswith("http")


def test_an_item_that_was_reworded_since_is_not_graded(bank: Bank) -> None:
    """The letter that the reader gave may stand for another option now."""
    item = next(item for item in bank.items if item.id == "gsomia-signed/year-choice")
    row = {**sheet.blind([item])[0], "answer": "a"}
    assert sheet.marked([row], bank)[0]["verdict"] in ("right", "wrong")
    assert sheet.marked([{**row, "options": "2016\n2012\n2011"}], bank)[0]["verdict"] == "changed"


def test_a_sheet_without_its_columns_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a;b\n1;2\n", "utf-8")
    found = quizgen("sheet", "--mark", str(path))
    assert found.returncode == 1
    assert found.stderr == (
        f"{path}:1:1: there is no column 'id' and none 'answer'; "
        "name a sheet that `quizgen sheet` wrote, saved as CSV with commas\n"
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "-2", "+3", "'=1", "'comfort women'", "plain, with comma", "two\nlines"]
)
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    """A spreadsheet runs a cell that begins with =, +, - or @ (OWASP, CSV injection)."""
    bank = Bank(banks.DECK, (banks.item("leaf/year", stem=text),))
    data = sheet.written(sheet.blind(bank.items)).decode("utf-8-sig")
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(data)) for cell in row
    )
    rows, wrong = sheet.read(data)
    assert wrong is None
    assert rows[0]["question"] == text
