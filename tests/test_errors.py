"""Every way in which input can be bad, and the exact text that a person gets.

A case is a folder under `tests/errors/`: what it holds is laid over `_base`, a small sound pack with a
recipe, and `expected.txt` has the command after `$` and then all that it prints. A new error is one new
folder; `ACCEPT=1 pytest tests/test_errors.py` writes what is printed now into every `expected.txt`, to be
read before it is committed.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts import ledger
from quizgen.facts.load import load_pack

HERE = Path(__file__).parent / "errors"
CASES = sorted(path.parent.name for path in HERE.glob("*/expected.txt"))


def _sparse(folder: Path) -> None:
    with (folder / "pack" / "big.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)


def _bytes(name: str, data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "pack" / name).write_bytes(data)

    return write


def _link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "pack" / name).symlink_to(target)


def _folder(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "pack" / name).mkdir()


def _shut(name: str, mode: int = 0) -> Callable[[Path], None]:
    """Take a file's or folder's rights away."""

    def shut(folder: Path) -> None:
        path = folder / name
        if not path.suffix:
            path.mkdir(exist_ok=True)
        path.touch()
        path.chmod(mode)

    return shut


# What no repository can hold, or no editor should see: made when the case runs.
MADE: dict[str, Callable[[Path], None]] = {
    "file-of-100-mb": _sparse,
    "file-not-utf-8": _bytes("facts.yaml", "facts:\n  - id: 竹島-é\xe9".encode("utf-16")[2:]),
    "file-with-latin-letters": _bytes(
        "facts.yaml", 'facts:\n  - {id: a, note: "한국 caf'.encode() + b'\xe9"}\n'
    ),
    "file-with-nul": _bytes("facts.yaml", "facts:\n  - 한국: x\0y\n".encode()),
    "folder-in-a-files-place": _folder("facts.yaml"),
    "link-out-of-the-pack": _link("facts.yaml", "../deck.yaml"),
    "link-to-itself": _link("facts.yaml", "facts.yaml"),
    "pipe-in-a-files-place": lambda folder: os.mkfifo(folder / "pack" / "facts.yaml"),
    "ledger-is-a-folder": _folder("ledger.json"),
    "ledger-nested-deep": _bytes("ledger.json", b"[" * 100_000),
    "file-unreadable": _shut("pack/base.yaml"),
    "folder-unreadable": _shut("pack/more"),
    "ledger-unreadable": _shut("pack/ledger.json"),
    "output-folder-unwritable": _shut("shut", 0o555),
    "output-folder-unwritable-json": _shut("shut", 0o555),
}
# Root may read and write everything: these run without that right.
UNPRIVILEGED = [name for name in CASES if name.endswith(("unreadable", "unwritable", "unwritable-json"))]
# The rest runs in this process, which takes a tenth of the time; these show that the program does the same.
# A pipe would make a program that reads it wait for ever; another process can be ended.
ENDLESS = ["pipe-in-a-files-place"]
AS_A_PROGRAM = [
    *ENDLESS,
    "yaml-alias-bomb",
    "file-of-100-mb",
    "ten-broken-facts",
    "deck-of-unsound-pack",
    "deck-unknown",
]


def lay_out(name: str, folder: Path) -> list[str]:
    """Put a case into `folder`; returns the words of its command."""
    shutil.copytree(HERE / "_base", folder, dirs_exist_ok=True)
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    (folder / "expected.txt").unlink()
    if not name.startswith("ledger"):
        _vouch(folder / "pack")
    if name in MADE:
        MADE[name](folder)
    first = (HERE / name / "expected.txt").read_text("utf-8").split("\n")[0]
    program, *words = shlex.split(first.removeprefix("$ "))
    assert program == "quizgen"
    return words


def _vouch(root: Path) -> None:
    """Say of every citation that it was verified, so that a case shows its own mistake alone."""
    pack, _ = load_pack(root)
    path = root / "ledger.json"
    if pack is None or path.exists():
        return
    keys = [ledger.key(fact, n) for fact in pack.facts.values() for n in range(len(fact.record.cites))]
    path.write_bytes(ledger.dump([ledger.Entry(*key, "0", "2026-01-01") for key in dict.fromkeys(keys)]))


def everything(folder: Path) -> dict[str, str]:
    """Each path under `folder` with a digest of what is there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        kind = oct(path.lstat().st_mode)
        whole = path.is_file() and not path.is_symlink()
        found[str(path)] = kind + (hashlib.sha256(path.read_bytes()).hexdigest() if whole else "")
    return found


def compare(name: str, printed: str) -> None:
    """Hold what was printed against `expected.txt`, or write it there where that is asked for."""
    path = HERE / name / "expected.txt"
    command, _, expected = path.read_text("utf-8").partition("\n")
    if os.environ.get("ACCEPT"):
        path.write_text(f"{command}\n{printed}", "utf-8")
        return
    assert printed == expected


@pytest.mark.parametrize("name", [name for name in CASES if name not in (*UNPRIVILEGED, *ENDLESS)])
def test_bad_input_is_explained(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints exactly the expected text, ends with exit code 1, and changes no file."""
    words = lay_out(name, tmp_path)
    before = everything(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, words)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    assert everything(tmp_path) == before
    compare(name, done.output)


@pytest.mark.parametrize("name", AS_A_PROGRAM)
def test_the_program_says_the_same(name: str, tmp_path: Path) -> None:
    """Run as a program of its own, quizgen prints the same text and ends with the same code."""
    words = lay_out(name, tmp_path)
    done = _program(words, tmp_path)
    assert done.returncode == 1
    compare(name, done.stdout)


@pytest.mark.parametrize("name", UNPRIVILEGED)
def test_what_may_not_be_touched_is_explained(name: str, tmp_path: Path) -> None:
    """Without the right to read or write, the command says so, ends with code 1, and changes no file."""
    words = lay_out(name, tmp_path)
    before = everything(tmp_path)
    done = _program(words, tmp_path, prefix=_without_rights())
    assert "Traceback" not in done.stdout
    assert done.returncode == 1
    assert everything(tmp_path) == before
    compare(name, done.stdout)


def _without_rights() -> list[str]:
    """What to put before a command so that file modes bind it, even where the tests run as root."""
    if os.name != "posix":
        pytest.skip("this system has no file modes that bind a program")
    if os.geteuid():
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may read everything, and there is no setpriv (util-linux) to give that up")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--"]


def _program(words: list[str], folder: Path, prefix: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-m", "quizgen", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_made_case_has_its_text() -> None:
    """What is made at test time belongs to a case, and each case of another user's is made."""
    assert set(MADE) <= set(CASES)
    assert set(UNPRIVILEGED) <= set(MADE)
