"""The ledger's file: its bytes, its place, and what is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.facts import ledger
from quizgen.facts.ledger import Entry
from quizgen.facts.load import load_pack
from tests.packs import CITE, HEAD

_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_ENTRIES = st.lists(st.builds(Entry, _TEXT, _TEXT, st.integers(1, 99), _TEXT, _TEXT, _TEXT), max_size=5)

FACT = f"""
entities: [{{id: pact, type: agreement, name: Pact}}]
facts:
  - id: a
    topic: one
    about: pact
    property: signed
    value: 2016
    explanation: It came late.
    {CITE}
"""


@given(_ENTRIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one file, written anew each time
def test_what_is_written_is_read(tmp_path: Path, entries: list[Entry]) -> None:
    """Every entry comes back, in a fixed order, and is written again as the same bytes."""
    path = tmp_path / "ledger.json"
    path.write_bytes(ledger.dump(entries))
    found, problems = ledger.read(path)
    assert (found, problems) == (sorted(entries), [])
    assert ledger.dump(list(reversed(found or []))) == path.read_bytes()


def test_the_file_has_a_line_for_each_citation() -> None:
    """A change of one citation is a change of one line, for whoever reads the history."""
    entries = [Entry("b", "work", 2, "c", "p", "2026"), Entry("a", "竹", 1, "d", "q", "2025")]
    assert ledger.dump(entries).decode() == (
        '{"format": "quizgen/ledger@1", "entries": [\n'
        '  {"fact": "a", "source": "竹", "paragraph": 1, "claim": "d", "passage": "q", "checked": "2025"},\n'
        '  {"fact": "b", "source": "work", "paragraph": 2, "claim": "c", "passage": "p", "checked": "2026"}\n'
        "]}\n"
    )


def test_the_ledger_stands_in_the_folder_or_beside_the_file(tmp_path: Path) -> None:
    """A pack's folder holds its ledger; that of a pack of one file is called after it."""
    (tmp_path / "small.yaml").write_text(HEAD, "utf-8")
    one, _ = load_pack(tmp_path / "small.yaml")
    whole, _ = load_pack(tmp_path)
    assert one is not None
    assert whole is not None
    assert ledger.ledger_path(one) == tmp_path / "small.ledger.json"
    assert ledger.ledger_path(whole) == tmp_path / "ledger.json"


def _claim(folder: Path, text: str) -> str:
    (folder / "small.yaml").write_text(HEAD + text, "utf-8")
    pack, problems = load_pack(folder / "small.yaml")
    assert pack is not None, problems
    return ledger.claim(pack.facts["a"], 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 2016", "value: 2017"),
        ("paragraph: 1", "paragraph: 2"),
        ("start: these words", "start: those words"),
        ("end: those words", "end: these words"),
        ("end: those words", "end: those words, says: words"),
        ("explanation: It came late.", "derived: {rule: stated, from: [those], why: So it is.}"),
    ],
)
def test_a_change_of_what_was_verified_changes_the_claim(old: str, new: str, tmp_path: Path) -> None:
    """Value, place, words and derivation are what was verified: none may change unseen."""
    assert old in HEAD + FACT
    assert _claim(tmp_path, FACT) != _claim(tmp_path, FACT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [("It came late.", "It came at last."), ("name: Pact", "name: Treaty"), ("topic: one", "topic: two")],
)
def test_a_change_of_anything_else_leaves_the_claim(old: str, new: str, tmp_path: Path) -> None:
    """An explanation, a name or a topic can be mended without the texts."""
    assert old in FACT
    assert _claim(tmp_path, FACT) == _claim(tmp_path, FACT.replace(old, new))
