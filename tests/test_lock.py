"""Times that advance with content and with nothing else, and what becomes of facts that are gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.item import Bank
from quizgen.upgrade.edition import RETIRED
from quizgen.upgrade.lock import Kept, Lock
from quizgen.upgrade.lock_read import read
from quizgen.upgrade.lock_write import written
from tests import banks
from tests.releases import DAY, FIRST, moved, release, words_of

LATER = FIRST + 3 * DAY + 12_345


def _times(bank: Bank, lock: Lock | None = None, at: int = FIRST) -> dict[str, int]:
    return {note.id: note.modified for note in release(bank, lock, at)[0].notes}


def _with(bank: Bank, name: str, **changes: Any) -> Bank:
    """The bank with one item changed; `changes` are fields of `Item`."""
    return replace(
        bank,
        items=tuple(replace(item, **changes) if item.id == name else item for item in bank.items),
    )


def _without(bank: Bank, fact: str) -> Bank:
    return replace(bank, items=tuple(item for item in bank.items if fact not in item.facts))


@pytest.fixture
def bank() -> Bank:
    return replace(banks.one_of_each(), items=banks.one_of_each().items[:5])


@pytest.fixture
def lock(bank: Bank) -> Lock:
    return release(bank)[0].lock


def test_what_nobody_has_yet_is_dated_by_the_day(bank: Bank) -> None:
    """Without a lock every note gets the beginning of the build's day, so builds of one day are the same."""
    assert set(_times(bank, at=FIRST + 40_000).values()) == {FIRST}
    assert release(bank, at=FIRST + 1)[1] == release(bank, at=FIRST + 50_000)[1]


def test_an_unchanged_note_keeps_its_time(bank: Bank, lock: Lock) -> None:
    """A build of the same content, whenever it is made, gives the same times and the same bytes."""
    assert _times(bank, lock, LATER) == _times(bank)
    assert release(bank, lock, LATER)[1] == release(bank)[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": "When was it signed?"},
        {"key": ("2017",)},
        {"accepted": ("'17",)},
        {"explanation": "It was signed at sea."},
        {"sources": (banks.WEAK,)},
        {"tags": ("essential",)},
        {"as_of": "2026-11"},
        {"topic": "leaf"},
    ],
    ids=lambda changes: str(*changes),
)
def test_exactly_the_changed_note_gets_the_time_of_the_build(
    bank: Bank, lock: Lock, changes: dict[str, object]
) -> None:
    """Whatever a learner sees of one fact changes: its note is dated by the build, and no other is."""
    before = _times(bank)
    after = _times(_with(bank, "cup/true", **changes), lock, LATER)
    assert after == before | {"cup": LATER}


def test_a_place_in_study_order_is_no_content(bank: Bank, lock: Lock) -> None:
    """The deck turned round changes every position and no time."""
    assert _times(replace(bank, items=bank.items[::-1]), lock, LATER) == _times(bank)


def test_a_revision_is_no_content(bank: Bank, lock: Lock) -> None:
    """A recipe's new revision changes no time."""
    assert _times(moved(bank, revision="2027-01-01"), lock, LATER) == _times(bank)


def test_a_time_never_stands_still_nor_goes_back(bank: Bank, lock: Lock) -> None:
    """A second change within the second, or on a machine whose clock is behind, is later than the first."""
    first, _ = release(_with(bank, "cup/true", stem="One?"), lock, LATER)
    again, _ = release(_with(bank, "cup/true", stem="Two?"), first.lock, LATER)
    behind, _ = release(_with(bank, "cup/true", stem="Three?"), again.lock, FIRST - DAY)
    times = [dated.lock.edition.notes["cup"].modified for dated in (first, again, behind)]
    assert times == [LATER, LATER + 1, LATER + 2]


def test_a_neighbours_date_moves_no_note(bank: Bank, lock: Lock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a field of NOT_CONTENT shows (a timeline's neighbours) may change without dating its note."""
    from quizgen.export import anki_notes
    from quizgen.export.anki_note_type import FIELDS

    place = list(FIELDS).index("Timeline")
    plain = anki_notes.notes_of

    def drawn(bank: Bank) -> list[anki_notes.AnkiNote]:
        return [
            replace(note, fields=(*note.fields[:place], "<svg></svg>", *note.fields[place + 1 :]))
            for note in plain(bank)
        ]

    monkeypatch.setattr("tests.releases.notes_of", drawn)
    assert _times(bank, lock, LATER) == dict.fromkeys(_times(bank), FIRST)


def test_the_note_type_has_a_time_of_its_own(bank: Bank, lock: Lock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new style sheet dates the note type by the build, and no note."""
    from quizgen.export import anki_note_type

    monkeypatch.setattr(anki_note_type, "style", lambda: ".card { color: teal }")
    dated, _ = release(bank, lock, LATER)
    assert dated.lock.edition.note_type.modified == LATER
    assert {note.modified for note in dated.notes} == {FIRST}


def test_a_fact_that_is_gone_is_shipped_as_retired(bank: Bank, lock: Lock) -> None:
    """Its note keeps its last words, gains the tag and the build's time, and goes without cards."""
    words = words_of(release(bank)[0])
    dated, _ = release(_without(bank, "cup"), lock, LATER, words=words)
    (note,) = (note for note in dated.notes if note.id == "cup")
    assert note.retired
    assert note.tags[-1] == RETIRED
    assert note.modified == LATER
    assert "The cup is older than the saucer." in "".join(note.fields)
    assert dated.missing == ()


def test_a_retired_note_stays_as_it_is_until_it_is_dropped(bank: Bank, lock: Lock) -> None:
    """Later builds ship the same words at the same time, without the old deck; a dropped note is gone."""
    less = _without(bank, "cup")
    first, package = release(less, lock, LATER, words=words_of(release(bank)[0]))
    assert release(less, first.lock, LATER + DAY)[1] == package
    dropped, _ = release(less, first.lock, LATER + DAY, drop=("cup",))
    assert "cup" not in {note.id for note in dropped.notes}
    assert "cup" not in dropped.lock.edition.notes
    assert dropped.lock.dropped == {"cup": LATER}


def test_without_its_last_words_a_note_waits_in_the_lock(bank: Bank, lock: Lock) -> None:
    """Where the old deck is not found, nothing is shipped for the fact, and its line in the lock stays."""
    dated, _ = release(_without(bank, "cup"), lock, LATER)
    assert dated.missing == ("cup",)
    assert "cup" not in {note.id for note in dated.notes}
    assert dated.lock.edition.notes["cup"] == lock.edition.notes["cup"]
    assert "cup" not in dated.edition.notes
    found, _ = release(_without(bank, "cup"), dated.lock, LATER + DAY, words=words_of(release(bank)[0]))
    assert found.missing == ()


@pytest.mark.parametrize("drop", [(), ("cup",)], ids=["retired", "dropped"])
def test_a_fact_that_comes_back_is_newer_than_it_was(bank: Bank, lock: Lock, drop: tuple[str, ...]) -> None:
    """Retired or dropped, the note of a fact that comes back is later than the last that learners got."""
    less, words = _without(bank, "cup"), words_of(release(bank)[0])
    gone, _ = release(less, lock, LATER, words=words)
    gone, _ = release(less, gone.lock, LATER, drop=drop)
    back, _ = release(bank, gone.lock, FIRST)
    (note,) = (note for note in back.notes if note.id == "cup")
    assert note.modified == LATER + 1
    assert not note.retired
    assert RETIRED not in note.tags
    assert not back.lock.kept
    assert not back.lock.dropped


def test_a_lock_is_read_back_as_it_was_written(bank: Bank, lock: Lock, tmp_path: Path) -> None:
    """A lock with retired and dropped notes survives its file, and its file is written the same again."""
    words = words_of(release(bank)[0])
    dated, _ = release(_without(bank, "cup"), lock, LATER, words=words)
    dated, _ = release(_without(_without(bank, "cup"), "saucers"), dated.lock, LATER, words=words)
    dated, _ = release(
        _without(_without(bank, "cup"), "saucers"), dated.lock, LATER, words=words, drop=("saucers",)
    )
    path = tmp_path / "tea.lock.yaml"
    path.write_bytes(written(dated.lock))
    found, _, problems = read(path)
    assert not problems
    assert found is not None
    assert written(found) == path.read_bytes()
    assert found.edition == dated.lock.edition
    assert found.dropped == {"saucers": LATER}
    assert found.kept["cup"] == dated.lock.kept["cup"]


def test_a_correction_changes_one_line_of_the_lock(bank: Bank, lock: Lock) -> None:
    """However the deck is ordered, one changed fact is one changed line, and a new fact one more."""
    lines = written(lock).decode().splitlines()
    changed, _ = release(_with(bank, "cup/true", stem="Is it?"), lock, LATER)
    after = written(changed.lock).decode().splitlines()
    assert [line.split(":")[0] for line in after if line not in lines] == ["  cup"]
    more = replace(bank, items=(banks.item("pot/typed"), *bank.items[::-1]))
    grown = written(release(more, lock, LATER)[0].lock).decode().splitlines()
    assert [line for line in grown if line in lines] == lines
    assert len(grown) == len(lines) + 1


@given(st.dictionaries(st.integers(1, 999), st.text(st.characters(codec="utf-8")), max_size=4))
def test_any_last_words_survive_the_file(fields: dict[int, str]) -> None:
    """Whatever a retired note said stands in the lock on one line and is read back letter by letter."""
    import tempfile

    bank = banks.one_of_each()
    dated, _ = release(bank)
    note = replace(dated.lock.edition.notes["cup"], retired=True)
    edition = replace(dated.lock.edition, notes={**dated.lock.edition.notes, "cup": note})
    lock = replace(dated.lock, edition=edition, kept={"cup": Kept(fields, ("a", "b"))})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tea.lock.yaml")
        path.write_bytes(written(lock))
        found, _, problems = read(path)
    assert not problems
    assert found is not None
    assert found.kept == lock.kept
