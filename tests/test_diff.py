"""`quizgen diff`: what an update changes for learners, told alike from decks, locks and recipes."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.base.text import visible
from quizgen.cli import main
from quizgen.export.anki_file import apkg, package
from quizgen.export.anki_note_type import FIELDS
from quizgen.export.anki_notes import notes_of
from quizgen.items.item import Bank
from quizgen.upgrade.diff import Diff, Kind, diff
from quizgen.upgrade.edition import Edition, cards
from quizgen.upgrade.packed import edition
from tests import banks
from tests.releases import DAY, FIRST, Author, Sketch, release, words_of

BANK = Bank(
    banks.DECK,
    (banks.item("a/one"), banks.item("a/two", slot=2), banks.item("b/one"), banks.item("c/one", topic="cup")),
)


def _next(bank: Bank) -> tuple[Edition, bytes, bytes]:
    """The next release: its edition, and both packages."""
    first, old = release(BANK)
    dated, new = release(bank, first.lock, FIRST + DAY, words=words_of(first))
    return dated.edition, old, new


def _diff(bank: Bank) -> Diff:
    _, old, new = _next(bank)
    return diff(edition(old), edition(new))


def _with(place: int, **changes: object) -> Bank:
    item = replace(BANK.items[place], **changes)  # type: ignore[arg-type]
    return replace(BANK, items=(*BANK.items[:place], item, *BANK.items[place + 1 :]))


CASES = [
    (_with(2, key=("2017",)), {Kind.ANSWER: ["b"]}),
    (_with(2, stem="In which year was it?"), {Kind.REWORDED: ["b"]}),
    (_with(2, explanation="It was signed at sea."), {Kind.DETAILS: ["b"]}),
    (_with(2, accepted=("'16",)), {Kind.DETAILS: ["b"]}),
    (_with(2, tags=("essential",)), {Kind.DETAILS: ["b"]}),
    (_with(2, topic="cup"), {Kind.MOVED: ["b"]}),
    (_with(1, slot=3), {Kind.ASKED: ["a"], Kind.UNASKED: ["a"]}),
    (replace(BANK, items=(*BANK.items, banks.item("d/one"))), {Kind.NEW: ["d"]}),
    (replace(BANK, items=BANK.items[:3]), {Kind.RETIRED: ["c"]}),
    (replace(BANK, items=BANK.items[::-1]), {}),
]
NAMES = ["+".join(kinds) or "order" for _, kinds in CASES]


@pytest.mark.parametrize(("bank", "kinds"), CASES, ids=NAMES)
def test_each_kind_of_change_is_told(bank: Bank, kinds: dict[Kind, list[str]]) -> None:
    """Each edit is told as what it is to a learner, of its note alone."""
    found = _diff(bank)
    told = {
        kind: [change.note for change in found.changes if kind in {s.kind for s in change.steps}]
        for kind in Kind
    }
    assert {kind: notes for kind, notes in told.items() if notes} == kinds
    assert set(found.replaced) == {
        name for kind, names in kinds.items() if kind is not Kind.NEW for name in names
    }
    assert not found.stuck
    assert not found.design
    assert found.renamed is None


@pytest.mark.parametrize("bank", [bank for bank, _ in CASES], ids=NAMES)
def test_a_lock_and_a_package_tell_the_same(bank: Bank) -> None:
    """Told from locks, the changes are the same, without the words."""
    first, old = release(BANK)
    dated, new = release(bank, first.lock, FIRST + DAY, words=words_of(first))
    packed, locked = diff(edition(old), edition(new)), diff(first.edition, dated.edition)
    mixed = diff(first.edition, edition(new))
    for found in (locked, mixed):
        assert [(c.note, c.replaced, c.arrives) for c in found.changes] == [
            (c.note, c.replaced, c.arrives) for c in packed.changes
        ]
        assert found.counts == packed.counts


def test_a_retired_fact_that_is_dropped_is_told() -> None:
    """A retired note that is shipped no longer is told as such; one that comes back, as that."""
    first, _ = release(BANK)
    less = replace(BANK, items=BANK.items[:3])
    gone, _ = release(less, first.lock, FIRST + DAY, words=words_of(first))
    dropped, _ = release(less, gone.lock, FIRST + DAY, drop=("c",))
    back, _ = release(BANK, gone.lock, FIRST + 2 * DAY)
    assert diff(gone.edition, dropped.edition).counts == {Kind.REMOVED: 1}
    assert diff(gone.edition, back.edition).counts == {Kind.RETURNED: 1}


def test_a_fact_that_came_and_went_is_not_told() -> None:
    """Who never had a fact that is retired by now sees nothing of it."""
    earlier, _ = release(replace(BANK, items=BANK.items[:3]))
    first, _ = release(BANK, earlier.lock, FIRST + DAY)
    gone, _ = release(replace(BANK, items=BANK.items[:3]), first.lock, FIRST + 2 * DAY, words=words_of(first))
    assert diff(earlier.edition, gone.edition).changes == ()


def test_a_change_that_is_no_later_is_told() -> None:
    """A package whose changed note has the old time would not arrive: the note is named."""
    found = diff(edition(apkg(BANK)), edition(apkg(_with(2, key=("2017",)))))
    assert found.stuck == ("b",)
    assert found.replaced == ()


def test_the_answer_is_found_on_every_kind_of_card() -> None:
    """On each type of card the answer is told apart from options, other spellings and explanations."""
    answers = {}
    for note in notes_of(banks.one_of_each()):
        for slot, card in cards(dict(zip(FIELDS, note.fields, strict=True))).items():
            answers[note.id, slot] = card.answer
    assert answers == {
        ("treaty", 1): "2016",
        ("treaty", 2): "2016",
        ("treaty", 3): "the leaf; 2016",
        ("cup", 1): "True",
        ("saucers", 4): "A dish; A small dish",
        ("set-leaf", 1): "The leaf The cup The saucer",
        ("set-leaf", 2): "The leaf 2016 The cup 2019",
    }


def test_a_hostile_answer_shows_as_the_words_it_is() -> None:
    """Markup in an answer is told as its letters, and moves no bound of what the answer is."""
    for note in notes_of(banks.hostile()):
        text = " ".join(visible(banks.HOSTILE[int(note.id[1:])]).split())
        for slot, card in cards(dict(zip(FIELDS, note.fields, strict=True))).items():
            said = {1: text, 2: text, 3: text, 4: f"{text} x", 5: f"{text} {text} x y"}[slot]
            assert card.answer == said


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """An author with a built deck, kept as `old.apkg` with `old.lock.yaml`, who has edited since."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST))
    found = Author(tmp_path / "facts")
    facts = [Sketch(f"p{number}", year=1700 + 20 * number) for number in range(4)]
    found.write(facts)
    (tmp_path / "old.apkg").write_bytes(found.build())
    (tmp_path / "old.lock.yaml").write_bytes(found.lock.read_bytes())
    found.write(
        [replace(facts[0], why="It was <b>long</b> | awaited."), facts[1], replace(facts[2], year=1741)]
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST + DAY))
    monkeypatch.chdir(tmp_path)
    return found


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, ["diff", *words])


def test_the_command_tells_in_a_table_and_sentences(author: Author) -> None:
    """In a pipe each step is a line; the sentences count, and warn of what an import replaces."""
    done = _run("old.apkg", "facts/pacts.yaml")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "what\tnote\tbefore → after"
    assert "answer changed\tp2-signed 1\t1740 → 1741" in lines
    assert "details changed\tp0-signed\t" in lines
    assert any(line.startswith("retired\tp3-signed\t") for line in lines)
    assert "Notes: 1 answer changed, 1 reworded, 1 details changed, 1 retired." in lines
    assert any(
        line.startswith("An import replaces 3 notes whole: what a learner wrote on them") for line in lines
    )


def test_every_kind_of_file_is_taken(author: Author) -> None:
    """A package, a lock and a recipe stand for the same release: between them nothing changed."""
    author.build()
    names = ["facts/pacts.yaml", "facts/pacts.lock.yaml", "facts/pacts.apkg"]
    for old in names:
        for new in names:
            assert _run(old, new).stdout == "Nothing changed for learners.\n", (old, new)
    assert "answer changed\tp2-signed 1\t1741" in _run("old.lock.yaml", "facts/pacts.apkg").stdout


def test_markdown_is_a_changelog(author: Author) -> None:
    """`--markdown` gives a heading for each kind and an entry for each note, its words made safe."""
    said = _run("old.apkg", "facts/pacts.yaml", "--markdown").stdout
    assert "### Answers corrected\n\n- `p2-signed`, card 1: 1740 → 1741\n" in said
    assert "### Explanations, sources or tags changed\n\n- `p0-signed`\n" in said
    assert "### Retired\n\n- `p3-signed`: " in said
    assert "An import replaces 3 notes whole" in said


def test_json_says_all_of_it(author: Author) -> None:
    """`--json` gives each change with its steps, and the notes that an import replaces."""
    data = json.loads(_run("old.apkg", "facts/pacts.yaml", "--json").stdout)
    assert data["format"] == "quizgen/diff@1"
    assert data["counts"] == {"answer changed": 1, "reworded": 1, "details changed": 1, "retired": 1}
    assert set(data["replaced_on_import"]) == {"p0-signed", "p2-signed", "p3-signed"}
    change = next(change for change in data["changes"] if change["note"] == "p2-signed")
    assert change["steps"][0] == {"kind": "answer changed", "slot": 1, "before": "1740", "after": "1741"}


def test_a_new_name_of_the_deck_is_told(author: Author) -> None:
    """A renamed deck is told in words, because learners' cards do not follow."""
    recipe = author.folder / "pacts.yaml"
    recipe.write_text(recipe.read_text("utf-8").replace("name: Pacts\n", "name: Treaties\n", 1), "utf-8")
    assert "The deck 'Pacts' is now called 'Treaties'" in _run("old.apkg", "facts/pacts.yaml").stdout


def _damaged(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        collection = bytearray(found.read("collection.anki2"))
    collection[5_000:9_000] = bytes(4_000)
    return _packed({"collection.anki2": bytes(collection)})


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return buffer.getvalue()


ENDLESS = """
DROP TABLE notes;
CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
    SELECT 'g' AS guid, '' AS flds, '' AS tags, 0 AS mod, {} AS mid FROM n WHERE i < 0
"""


def _endless(data: bytes) -> bytes:
    """A collection whose notes never end."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        collection = found.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(collection)
        number = connection.execute("SELECT mid FROM notes LIMIT 1").fetchone()[0]
        connection.executescript(ENDLESS.format(int(number)))
        return _packed({"collection.anki2": connection.serialize()})


GOOD = package(BANK, notes_of(BANK), FIRST)
BAD = {
    "nothing": (b"", "this is no Anki package, or a damaged one"),
    "text": (b"deck: {}", "this is no Anki package, or a damaged one"),
    "cut": (GOOD[:-40], "this is no Anki package, or a damaged one"),
    "empty": (_packed({"media": b"{}"}), "this file holds no Anki collection"),
    "newest": (_packed({"collection.anki21b": b"", "collection.anki2": b""}), "in Anki's newest format"),
    "no database": (_packed({"collection.anki2": b"SELECT"}), "the collection in this package is damaged"),
    "damaged": (_damaged(GOOD), "the collection in this package is damaged"),
    "endless": (_endless(GOOD), "the collection in this package is damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    """A file that is no deck, a damaged or a hostile one ends with one line that says so."""
    path = tmp_path / "bad.apkg"
    path.write_bytes(BAD[name][0])
    done = _run(str(path), str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}: ")
    assert BAD[name][1] in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A package or a lock that does not exist is named."""
    for name in ("no.apkg", "no.lock.yaml"):
        done = _run(str(tmp_path / name), str(tmp_path / name))
        assert done.exit_code == 1
        assert f"{tmp_path / name}: there is no such file" in done.stderr
