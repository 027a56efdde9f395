"""The only reader of YAML: what it reads, what it refuses, and where it says that things stand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizgen.facts import yaml_file
from quizgen.facts.yaml_file import Document, parse

# Words that YAML 1.1, which writes these, takes for text, and YAML 1.2, which is read, for numbers: 1e5.
_WRITTEN = st.text(st.characters(codec="utf-8"), max_size=30).filter(lambda text: not text[:1].isdigit())
_TEXT = _WRITTEN.filter(lambda text: not text.startswith(("+", "-", ".")))
_PLAIN = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(-1e15, 1e15) | _TEXT
_KEY = st.text("abcdefghij", min_size=1, max_size=8)
_DATA = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4)
)
_NAMED = st.recursive(
    _KEY, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEY, inner, max_size=4), max_leaves=12
)


def read(text: str) -> Document:
    """The document that a sound text is."""
    document, problems = parse(text, "a.yaml")
    assert document is not None
    assert not problems
    return document


def refused(text: str) -> str:
    """The one problem of an unsound text."""
    _, problems = parse(text, "a.yaml")
    assert len(problems) == 1
    return str(problems[0])


@given(_DATA, st.booleans())
def test_what_is_written_is_read(data: Any, flow: bool) -> None:
    """Plain data that PyYAML writes comes back equal, and of the same types."""
    found = read(yaml.safe_dump(data, default_flow_style=flow, sort_keys=False)).data
    assert found == data
    assert repr(found) == repr(data)


@given(_NAMED, st.booleans())
def test_a_place_points_at_its_key(data: Any, flow: bool) -> None:
    """The line and column of every key, and of every word in a list, are where its letters stand."""
    text = yaml.safe_dump(data, default_flow_style=flow, sort_keys=False)
    document, lines = read(text), text.split("\n")
    for way, word in _ways(data):
        line, column = document.place(way)
        assert lines[line - 1][column - 1 :].lstrip("'\"").startswith(word)


def _ways(data: Any, way: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    """The way to each key and to each word in a list, with the word that stands there."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for part, inner in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    ):
        if isinstance(part, str) or isinstance(inner, str):
            found.append(((*way, part), part if isinstance(part, str) else inner))
        found += _ways(inner, (*way, part))
    return found


@given(st.text(max_size=60) | st.text("[]{}:-&*!|>'\"%@`#,? \n\tab1", max_size=40))
def test_any_text_is_data_or_problems(text: str) -> None:
    """Whatever a file holds, reading gives a document or a problem with a place inside the file."""
    document, problems = parse(text, "a.yaml")
    assert document is not None or problems
    for problem in problems:
        assert 1 <= problem.line <= len(text.splitlines()) + 1
        assert problem.column >= 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-11-23", "2016-11-23"),
        ("2016-11", "2016-11"),
        ("2016", 2016),
        ("007", "007"),
        ("1_000", 1000),
        ("-3.5", -3.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".5", ".5"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("'2016'", "2016"),
        ("!!str 2016", "2016"),
        ("12:30:45", "12:30:45"),
        ("٣", "٣"),
    ],
)
def test_a_word_is_read_as_yaml_1_2_means_it(written: str, meant: object) -> None:
    """Dates, times and `no` are text, whole numbers are numbers, and nothing is infinite."""
    data = read(f"a: {written}").data
    assert data == {"a": meant}
    assert repr(data) == repr({"a": meant})


def test_an_alias_is_its_anchors_value() -> None:
    """A short list may be named once and used again."""
    assert read("a: &x [1, 2]\nb: *x").data == {"a": [1, 2], "b": [1, 2]}


def test_of_two_equal_keys_the_first_counts() -> None:
    """Beside the problem, data and places are those of the first."""
    document, problems = parse("a:\n  b: 1\na:\n  b: 2\n", "a.yaml")
    assert document is not None
    assert document.data == {"a": {"b": 1}}
    assert document.place(("a", "b")) == (2, 3)
    assert document.incomplete
    assert [problem.line for problem in problems] == [3]


def test_a_key_that_stands_twice_deeper_down_leaves_the_file_whole() -> None:
    """Only a section that stands twice can hide entries that others name."""
    document, _ = parse("a: {b: 1, b: 2}", "a.yaml")
    assert document is not None
    assert not document.incomplete


def test_a_place_that_is_not_there_is_that_of_what_is_around_it() -> None:
    """A missing field is pointed at where its entry begins."""
    assert read("facts:\n  - id: x\n").place(("facts", 0, "topic", 3)) == (2, 5)


def test_letters_are_counted_and_not_bytes() -> None:
    """A column counts letters, Hangul and emoji too."""
    assert refused("한국: 😀\x07") == "a.yaml:1:6: YAML does not allow the character U+0007; remove it"
    assert read("{한국: 1, b: 2}").place(("b",)) == (1, 9)


@pytest.mark.parametrize(("deep", "sound"), [(yaml_file.MAX_DEPTH, True), (yaml_file.MAX_DEPTH + 1, False)])
def test_depth_has_a_bound(deep: int, sound: bool) -> None:
    """Twenty levels are read, and twenty-one are not."""
    document, _ = parse("[" * deep + "]" * deep, "a.yaml")
    assert (document is not None) is sound


def test_the_number_of_values_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flat list of too many values is refused where the one too many stands."""
    monkeypatch.setattr(yaml_file, "MAX_NODES", 4)
    assert read("[a, b, c]").data == ["a", "b", "c"]
    assert refused("[a, b, c, d]") == "a.yaml:1:11: more than 4 values in one file; split it into several"


def test_what_aliases_stand_for_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """An alias counts as much as the values that it stands for, its list included."""
    monkeypatch.setattr(yaml_file, "MAX_ALIASED", 6)
    assert read("[&x [1, 2], *x, *x]").data == [[1, 2]] * 3
    assert refused("[&x [1, 2], *x, *x, *x]").startswith("a.yaml:1:21: aliases stand for more than 6 values")


def test_a_tab_inside_text_is_no_mistake_of_its_own() -> None:
    """Only a tab that stands where YAML wants spaces is named as the cause."""
    assert "tab" not in refused("a:\tb: c")
    assert "tab" in refused("a:\n  b: 1\n\tc: 2\n")


@given(
    st.recursive(
        st.integers(-(10**30), 10**30) | st.text(st.characters(codec="utf-8")),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("az09-~ :'\"", max_size=6), inner)
        ),
        max_leaves=12,
    )
)
def test_what_is_written_on_a_line_reads_back_as_it_was(value: Any) -> None:
    """Any plain data written by `flow` stands on one line and comes back the same, text as text."""
    line = yaml_file.flow([value])
    assert len(line.splitlines()) == 1
    document, problems = parse(line, "written.yaml")
    assert not problems
    assert document is not None
    assert document.data == [value]
