"""A store as JSON Lines: it comes back whole, merges in any order, and broken lines are named."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.store.lines import LONGEST_LINE, read_lines, write_lines
from quizgen.store.review import Change, Entry, Flag, Rating, Review
from tests.store_desk import NOON, flag, opened, review

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2990, 1, 1), timezones=st.just(UTC))
FACTS = st.lists(IDS, max_size=4).map(tuple)
ENTRIES = st.one_of(
    st.builds(
        Review, id=IDS, item=IDS, facts=FACTS, deck=TEXTS, at=TIMES, rating=st.sampled_from(Rating),
        seconds=st.none() | st.floats(0, 1e6), response=TEXTS, mark=TEXTS, session=TEXTS,
    ),
    st.builds(Change, id=IDS, review=IDS, at=TIMES, rating=st.none() | st.sampled_from(Rating)),
    st.builds(Flag, id=IDS, item=IDS, facts=FACTS, deck=TEXTS, at=TIMES, remark=TEXTS, revision=TEXTS),
)  # fmt: skip
LOGS = st.lists(ENTRIES, max_size=12, unique_by=lambda entry: entry.id)


def read(data: bytes) -> tuple[list[Entry], list[str]]:
    """The entries and the problems of an export's bytes."""
    lines = read_lines(io.BytesIO(data), "e.jsonl")
    return [entry for _, entry in lines.entries], list(map(str, lines.problems))


@given(LOGS)
@settings(max_examples=60, deadline=None)
def test_what_was_exported_comes_back(entries: list[Entry]) -> None:
    """Through a store, a file and another store: every entry is as it was, whatever its text holds."""
    with tempfile.TemporaryDirectory() as folder:
        with opened(Path(folder) / "one") as store:
            store.merge(entries)
            found, problems = read(b"".join(write_lines(store.entries())))
        assert problems == []
        with opened(Path(folder) / "two") as other:
            other.merge(found)
            again = list(other.entries())
    assert sorted(again, key=lambda entry: entry.id) == sorted(entries, key=lambda entry: entry.id)


@given(LOGS, st.data())
@settings(max_examples=25, deadline=None)
def test_machines_agree_in_whatever_order_they_merge(entries: list[Entry], data: st.DataObject) -> None:
    """Two machines take in each other's exports, which overlap, twice: both hold the same in the end."""
    mine = [entry for entry in entries if data.draw(st.booleans())]
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "one") as one,
        opened(Path(folder) / "two") as two,
    ):
        one.merge(mine)
        two.merge(entry for entry in entries if entry not in mine or data.draw(st.booleans()))
        for _ in range(2):
            two.merge(list(one.entries()))
            one.merge(list(two.entries()))
        assert list(one.reviews()) == list(two.reviews())
        assert one.schedules() == two.schedules()
        assert one.flags() == two.flags()


def test_a_line_says_what_the_documentation_says() -> None:
    """The export's format, which other programs read."""
    one = review("r1", response="竹島\x1b[0m")
    changes = [
        Change(id="c1", review="r1", at=NOON, rating=Rating.EASY),
        Change(id="c2", review="r1", at=NOON, rating=None),
    ]
    lines = b"".join(write_lines([one, *changes, flag("f1")])).decode().splitlines()
    assert lines == [
        '{"kind":"quizgen-progress","format":1}',
        '{"kind":"review","id":"r1","at":"2026-11-22T12:00:00.000000Z","item":"tide/date","facts":["tide"],'
        '"deck":"tides","rating":3,"seconds":4.25,"response":"竹島\\u001b[0m","mark":"right","session":"s1"}',
        '{"kind":"rerate","id":"c1","at":"2026-11-22T12:00:00.000000Z","review":"r1","rating":4}',
        '{"kind":"undo","id":"c2","at":"2026-11-22T12:00:00.000000Z","review":"r1"}',
        '{"kind":"flag","id":"f1","at":"2026-11-22T12:00:00.000000Z","item":"tide/date","facts":["tide"],'
        '"deck":"tides","remark":"is it 1898?","revision":"2026-11-22"}',
    ]


def line(**changed: object) -> bytes:
    """A review's line with some fields changed; the value GONE takes one away."""
    fields = json.loads(list(write_lines([review("r1")]))[1])
    kept = {name: value for name, value in {**fields, **changed}.items() if value != "GONE"}
    return json.dumps(kept).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "e.jsonl:1:2: this line is no JSON (Expecting property name enclosed in double quotes)"),
        (line()[:50], "this line is no JSON (Unterminated string starting at)"),
        (b"[1]", "expected an object in braces, found a list"),
        (b'"text"', "expected an object in braces, found 'text'"),
        (b"\xff\xfe", "this line is not UTF-8 text"),
        (b"[" * 100_000, "the line is nested too deep"),
        (b"[" + b"9" * 5000 + b"]", "a number in this line is too long"),
        (b'{"a":"' + b"x" * LONGEST_LINE + b'"}', "the line has more than 262,144 bytes"),
        (line(kind="revue"), "kind: expected one of review, rerate, undo, flag, found 'revue'"),
        (line(kind=["review"]), "kind: expected one of review, rerate, undo, flag, found a list"),
        (line(kind="quizgen-progress", format=2), "the export has the format 2, and this quizgen knows 1"),
        (line(raiting=3), "raiting: this field is unknown; did you mean 'rating'?"),
        (line(rating="GONE"), "rating: a review has this field, and it is missing; add it"),
        (line(rating=5), "rating: expected 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy), found 5"),
        (line(rating=True), "rating: expected 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy), found true"),
        (line(rating=3.0), "rating: expected 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy), found 3.0"),
        (line(at="yesterday"), "at: expected a time like '2026-11-22T06:30:00Z', found 'yesterday'"),
        (line(at=1795348800), "at: expected a time like '2026-11-22T06:30:00Z', found 1795348800"),
        (line(at="2026-11-22T12:00"), "at: the time '2026-11-22T12:00' does not say how far it is from UTC"),
        (line(at="9999-12-31T00:00Z"), "at: the year 9999 is none in which anybody answers"),
        (line(at="0001-01-01T00:00+14:00"), "at: the year 1 is none in which anybody answers"),
        (line(id=""), "id: an id is not empty"),
        (line(item="\ud800"), "item: the text has half a character in it (a lone surrogate)"),
        (line(item="x" * 501), "item: the text has 501 characters, and at most 500 are kept"),
        (line(response="x" * 2001), "response: the text has 2,001 characters, and at most 2,000 are kept"),
        (line(facts="tide"), "facts: expected a list of at most 100 ids, found 'tide'"),
        (line(facts=["x"] * 101), "facts: expected a list of at most 100 ids, found a list"),
        (line(seconds=-1), "seconds: expected a number of seconds or null, found -1"),
        (line(seconds=float("nan")), "seconds: expected a number of seconds or null, found nan"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(data: bytes, said: str) -> None:
    """With its number and field; the lines around it are read."""
    before, after = list(write_lines([review("r8")]))[1], list(write_lines([review("r9")]))[1]
    entries, (problem,) = read(before + data + b"\n" + after)
    assert said.removeprefix("e.jsonl:1:2: ") in problem
    assert problem.startswith("e.jsonl:2:")
    assert [entry.id for entry in entries] == ["r8", "r9"]


def test_what_surrounds_lines_is_no_problem() -> None:
    """Empty lines, Windows's line ends, a byte order mark, a second export, no line end at the end."""
    lines = list(write_lines([review("r1")]))
    whole = b"\xef\xbb\xbf" + b"".join(lines).replace(b"\n", b"\r\n") + b"\n  \n" + b"".join(lines).rstrip()
    entries, problems = read(whole)
    assert ([entry.id for entry in entries], problems) == (["r1", "r1"], [])


def test_two_entries_with_one_id_are_a_problem() -> None:
    """The first one stays."""
    entries, problems = read(b"".join(write_lines([review("r1"), review("r1", Rating.AGAIN)])))
    assert entries == [review("r1")]
    assert problems == ["e.jsonl:3:1: id: line 2 has another entry with the id 'r1'; leave one of them out"]


def test_a_time_with_an_offset_is_that_moment() -> None:
    """Other programs may write local times."""
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    entries, problems = read(line(at=seoul.isoformat()))
    assert (entries, problems) == ([replace(review("r1"), at=NOON)], [])
