"""`quizgen state`: what it prints, and what it leaves alone."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.store.tables import VERSION
from tests.pseudo_terminal import PseudoTerminal, environment
from tests.store_desk import NOON, flag, opened, review
from tests.test_errors import everything

LINES = (
    '{"kind":"review","id":"r9","at":"2026-11-23T12:00:00Z","item":"tide/date","facts":["tide"],'
    '"deck":"tides","rating":3,"seconds":null,"response":"","mark":"right","session":"s1"}\n'
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of three reviews, one of them undone, and a flag; it is where commands look."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZGEN_STATE", "mine")
    monkeypatch.setenv("QUIZGEN_NOW", "2027-01-01T12:00:00Z")
    with opened(tmp_path / "mine") as store:
        for number, item in enumerate(["tide/date", "pier/date", "tide/place"]):
            store.record(review(f"r{number}", item=item))
        store.undo("r2", NOON)
        store.flag(flag("f1"))
    return tmp_path


def state(*words: str, given: bytes = b"") -> Result:
    """Run `quizgen state` with words."""
    return CliRunner().invoke(main, ["state", *words], input=given, catch_exceptions=False)


def test_where_the_store_is(desk: Path) -> None:
    """As it was told: by the option, by the environment, or by the system's habit."""
    assert state("where").output == "mine\n"
    assert json.loads(state("where", "--json").output) == {
        "path": "mine", "told_by": "QUIZGEN_STATE", "exists": True, "bytes": (desk / "mine").stat().st_size,
    }  # fmt: skip
    told = json.loads(state("where", "--state", "gone", "--json").output)
    assert told == {"path": "gone", "told_by": "--state", "exists": False, "bytes": None}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are Linux's habit")
def test_the_users_data_folder_is_honoured(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`XDG_DATA_HOME`, see https://specifications.freedesktop.org/basedir-spec/."""
    monkeypatch.delenv("QUIZGEN_STATE")
    monkeypatch.setenv("XDG_DATA_HOME", str(desk / "data"))
    assert state("where").output == f"{desk}/data/quizgen/progress.sqlite3\n"


def test_a_sound_store_is_said_to_be_sound(desk: Path) -> None:
    """With what it holds."""
    done = state("check")
    assert done.output == "mine is sound: 2 reviews of 2 items, 1 undone, 1 flag.\n"
    assert done.exit_code == 0
    assert json.loads(state("check", "--json").output) == {
        "reviews": 2, "undone": 1, "flags": 1, "items": 2,
        "first": "2026-11-22T12:00:00+00:00", "last": "2026-11-22T12:00:00+00:00",
        "problems": [], "notes": [],
    }  # fmt: skip


def test_schedules_that_were_tampered_with_are_found_and_rebuilt(desk: Path) -> None:
    """A schedule that the log doesn't give is a problem; rebuilding mends it."""
    with contextlib.closing(sqlite3.connect(desk / "mine")) as connection, connection:
        connection.execute("UPDATE schedules SET due = due + 1 WHERE item = 'pier/date'")
    done = state("check")
    assert (done.exit_code, done.output) == (
        1,
        "mine: 1 schedule not as the log makes them, such as that of 'pier/date'; `quizgen state rebuild` "
        "makes them anew\n",
    )
    assert state("rebuild").output == "2 schedules made anew from the log.\n"
    assert state("check").exit_code == 0
    assert json.loads(state("rebuild", "--json").output) == {"schedules": 2}


def test_what_is_worth_knowing_is_noted(desk: Path) -> None:
    """Changes without their review, and reviews from the future: no problems, but said."""
    lines = (
        LINES.replace("2026-11-23", "2028-11-23")
        + '{"kind":"undo","id":"c9","at":"2026-11-23T12:00:00Z","review":"no"}'
    )
    assert state("import", "-", given=lines.encode()).exit_code == 0
    done = state("check")
    assert done.exit_code == 0
    assert (
        "note: 1 change is of a review not in the log; what is missing may still be imported\n" in done.output
    )
    assert "note: 1 review lies in the future, and will count once the time has come\n" in done.output


def test_progress_moves_to_another_machine(desk: Path) -> None:
    """Export there, import here: once more changes nothing."""
    assert state("export", "out.jsonl").output == "5 entries written to out.jsonl.\n"
    assert (
        state("import", "out.jsonl", "--state", "new/place/s").output
        == "5 entries taken in, 0 there already.\n"
    )
    assert (
        state("import", "out.jsonl", "--state", "new/place/s").output
        == "0 entries taken in, 5 there already.\n"
    )
    assert state("export", "--state", "new/place/s").stdout == (desk / "out.jsonl").read_text("utf-8")


def test_in_a_pipe(desk: Path) -> None:
    """An export goes to standard output, and is taken in from standard input."""
    done = state("import", "-", "--state", "other", "--json", given=state("export").stdout_bytes)
    assert json.loads(done.output) == {"added": 5, "known": 0, "problems": []}


BROKEN = f'{{"kind":"review"}}\n{LINES}no\n'
SAID = (
    "in.jsonl:1:1: id: a review has this field, and it is missing; add it\n"
    "in.jsonl:3:1: this line is no JSON (Expecting value); export it again, or leave the line out with "
    "--keep-going\n"
)


def test_with_broken_lines_nothing_is_taken_in(desk: Path) -> None:
    """Every one is named, and the store stays as it was."""
    (desk / "in.jsonl").write_text(BROKEN)
    before = everything(desk)
    done = state("import", "in.jsonl")
    assert done.output == f"{SAID}Nothing was taken in; --keep-going takes in the lines that are sound.\n"
    assert done.exit_code == 1
    assert everything(desk) == before


def test_keep_going_takes_in_the_rest(desk: Path) -> None:
    """The exit code says all the same that something was left out."""
    (desk / "in.jsonl").write_text(BROKEN)
    done = state("import", "in.jsonl", "--keep-going")
    assert done.output == f"{SAID}1 entry taken in, 0 there already.\n"
    assert done.exit_code == 1
    with opened(desk / "mine") as store:
        assert "r9" in [found.id for found in store.reviews()]


def test_another_entry_with_a_known_id_is_refused(desk: Path) -> None:
    """The store's own is kept, with --keep-going too."""
    (desk / "in.jsonl").write_text(LINES.replace("r9", "r0"))
    said = "in.jsonl:1:1: id: the store has another entry with the id 'r0'; the store's was kept; leave the "
    said += "line out\n"
    before = everything(desk)
    assert state("import", "in.jsonl").output.startswith(said)
    assert everything(desk) == before
    assert (
        state("import", "in.jsonl", "--keep-going").output == f"{said}0 entries taken in, 0 there already.\n"
    )
    with opened(desk / "mine") as store:
        assert store.examine().reviews == 2


def test_a_file_that_is_none_of_ours_is_not_told_line_by_line(desk: Path) -> None:
    """A hundred problems are enough."""
    (desk / "in.jsonl").write_text("x\n" * 250)
    assert state("import", "in.jsonl").output.splitlines()[-2:] == [
        "… and 150 more problems",
        "Nothing was taken in; --keep-going takes in the lines that are sound.",
    ]


def _bytes(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def _other_program(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cards (id)")


def _newer(path: Path) -> None:
    opened(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def _without(table: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        opened(path).close()
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(f"DROP TABLE {table}")

    return make


def _torn(path: Path) -> None:
    with opened(path) as store:
        store.merge(review(f"r{number}") for number in range(200))
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    path.write_bytes(data)


SALVAGE = "`quizgen state salvage NEW` saves what can be read into a new file, and leaves this one as it is"
ELSEWHERE = "name another file with --state or QUIZGEN_STATE"
BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (
        lambda path: None,
        "there is no store yet; answer a question with `quizgen quiz`, or " + ELSEWHERE,
    ),
    "folder": (Path.mkdir, "this is a folder, and the store's file was expected; " + ELSEWHERE),
    "text": (
        _bytes(b"Dear diary, " * 20),
        "this is not a store, or its beginning is damaged (file is not a database); "
        f"{SALVAGE}, or {ELSEWHERE}",
    ),
    "few-bytes": (_bytes(b"Dear diary"), "this file has 10 bytes, and is no store; " + ELSEWHERE),
    "export": (
        _bytes(b'{"kind":"quizgen-progress","format":1}\n' * 4),
        "this looks like an export of a store, and not like one; to take in what it holds: `quizgen state "
        "import bad` with another store",
    ),
    "other-program": (
        _other_program, "this is a database of another program, and was left alone; " + ELSEWHERE,
    ),
    "newer": (
        _newer,
        f"the store has the format {VERSION + 1}, of a newer quizgen; this one knows {VERSION}, and left it "
        "alone; upgrade quizgen",
    ),
    "no-log": (_without("log"), f"the store is damaged (no such table: log); {SALVAGE}"),
    "torn": (_torn, f"the store is damaged (database disk image is malformed); {SALVAGE}"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["check", "rebuild", "export"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_store_is_explained_and_left_alone(desk: Path, name: str, command: str) -> None:
    """By every command, in the same words; not a byte changes."""
    make, said = BAD[name]
    make(desk / "bad")
    before = everything(desk)
    done = state(command, "--state", "bad")
    assert done.exit_code == 1
    if name != "torn":  # where pages are torn, each command stumbles over another one
        assert done.output == f"bad: {said}\n"
    assert SALVAGE in done.output or name not in ("torn", "no-log")
    assert everything(desk) == before


def test_a_torn_store_is_told_by_sqlite_itself(desk: Path) -> None:
    """`check` passes on what SQLite finds, and says what can be done."""
    _torn(desk / "bad")
    done = state("check", "--state", "bad")
    assert done.exit_code == 1
    assert all(line.startswith("bad: ") and line.endswith(SALVAGE) for line in done.output.splitlines())


def test_salvage_saves_what_it_can(desk: Path) -> None:
    """Into a new file, which is a store again."""
    data = bytearray((desk / "mine").read_bytes())
    data[:4096] = bytes(4096)
    (desk / "bad").write_bytes(data)
    done = state("salvage", "new", "--state", "bad")
    assert done.output == (
        "5 entries saved into new, 3 of them reviews.\n"
        "Look at it with `quizgen stats --state FILE`, and put it in the damaged one's place.\n"
    )
    assert (desk / "bad").read_bytes() == data
    assert (
        state("check", "--state", "new").output == "new is sound: 2 reviews of 2 items, 1 undone, 1 flag.\n"
    )
    again = state("salvage", "new", "--state", "bad")
    assert (again.exit_code, again.output) == (
        1, "new: there is something already, and it was left as it is; name a new file\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "mine"], "mine: FILE: this is the store itself; name another file"),
        (
            ["import", "mine"],
            "mine: FILE: this is a store, and an export was expected; `quizgen state export --state mine` "
            "makes an export of it",
        ),
        (
            ["import", "gone"],
            "gone: FILE: the file cannot be read (No such file or directory); check the path",
        ),
        (["import", "."], ".: FILE: the file cannot be read (Is a directory); check the path"),
        (["export", "no/where"], "no/where: the folder 'no' does not exist; make it first"),
        (
            ["salvage", "new", "--state", "gone"],
            "gone: the file cannot be read (No such file or directory); check the path and the disk",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_explained(desk: Path, words: list[str], said: str) -> None:
    """And nothing changes."""
    before = everything(desk)
    done = state(*words)
    assert (done.exit_code, done.output) == (1, f"{said}\n")
    assert everything(desk) == before


def _bound() -> list[str]:
    """What to put before a command so that file modes bind it, even where the tests run as root."""
    setpriv = shutil.which("setpriv")
    if os.name != "posix" or (not os.geteuid() and setpriv is None):
        pytest.skip("nothing binds this user to file modes")
    return [str(setpriv), "--bounding-set=-dac_override,-dac_read_search", "--"] if not os.geteuid() else []


def program(*words: str, before: Sequence[str] = ()) -> tuple[int, str]:
    """The exit code and the output of a real process."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "quizgen", *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60,
        env=environment({}),
    )  # fmt: skip
    return done.returncode, done.stdout


def test_a_store_that_may_not_be_written_can_be_read(desk: Path) -> None:
    """Looking and exporting work; what would write is refused in words."""
    (desk / "mine").chmod(0o400)
    try:
        assert program("state", "check", before=_bound())[0] == 0
        assert program("state", "export", "out.jsonl", before=_bound())[0] == 0
        assert program("state", "rebuild", before=_bound()) == (
            1,
            "mine: the store may not be written (attempt to write a readonly database); give yourself the "
            f"right to write the file, and its folder too, or {ELSEWHERE}\n",
        )
    finally:
        (desk / "mine").chmod(0o600)


def test_a_folder_that_may_not_be_written(desk: Path) -> None:
    """SQLite needs to put its journal there."""
    desk.chmod(0o500)
    try:
        code, said = program("state", "rebuild", before=_bound())
        assert code == 1
        assert "the right" in said
        assert "Traceback" not in said
        code, said = program("state", "import", "-", "--state", "new", before=_bound())
        assert (code, said) == (1, f"new: the store cannot be opened (Permission denied); {ELSEWHERE}\n")
    finally:
        desk.chmod(0o700)


def test_a_folder_that_may_not_be_entered(desk: Path) -> None:
    """Nobody can tell what is in it, and no command pretends to."""
    (desk / "shut").mkdir(mode=0)
    said = f"shut/s: the store cannot be opened (Permission denied); {ELSEWHERE}\n"
    try:
        for words in (["check"], ["rebuild"], ["import", "/dev/null"]):
            assert program("state", *words, "--state", "shut/s", before=_bound()) == (1, said)
        assert program("state", "where", "--json", "--state", "shut/s", before=_bound())[0] == 0
        code, said = program("state", "salvage", "new", "--state", "shut/s", before=_bound())
        assert (code, "Permission denied" in said, "Traceback" in said) == (1, True, False)
    finally:
        (desk / "shut").chmod(0o700)


def test_a_store_may_have_any_name(desk: Path) -> None:
    """What means something in an address, or is no ASCII, means nothing in a file's name."""
    for name in ("a?mode=ro#b", "100%41.sqlite3", "진도 progress", "file:x"):
        assert state("import", "-", "--state", name, given=LINES.encode()).exit_code == 0
        assert (desk / name).is_file()
        assert state("check", "--state", name).output.startswith(f"{name} is sound: 1 review of 1 item")


def test_a_store_that_may_not_be_read(desk: Path) -> None:
    """Said in words."""
    (desk / "mine").chmod(0)
    try:
        said = f"mine: the store cannot be opened (Permission denied); {ELSEWHERE}\n"
        assert program("state", "check", before=_bound()) == (1, said)
    finally:
        (desk / "mine").chmod(0o600)


def test_escape_sequences_reach_no_terminal(desk: Path) -> None:
    """An export at a terminal shows what was typed without obeying it, C1 controls too."""
    with opened(desk / "mine") as store:
        store.record(review("r8", response="\x1b]0;owned\x07\x9b31m", item="tide/\x9b31m"))
    terminal = PseudoTerminal(["-m", "quizgen", "state", "export"], QUIZGEN_STATE=str(desk / "mine"))
    assert terminal.end() == 0
    assert '"id":"r8"' in terminal.raw
    assert "\x9b" not in terminal.raw
    assert "\x1b" not in terminal.raw
