"""Exit codes are what docs/cli.md says."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizgen.cli.exits import FINE, INTERRUPTED, MEANINGS, MISUSED, WRONG
from tests.pseudo_terminal import CHECKOUT, PATIENCE, environment

DECK = "tests/cases/quiz/deck.yaml"
QUIZGEN = [sys.executable, "-m", "quizgen"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], FINE),
        (["--help"], FINE),
        (["list", "topics", DECK], FINE),
        (["check", DECK], WRONG),  # its citations were never verified
        (["build", "nowhere.yaml"], WRONG),
        (["stats", "no-such-deck"], WRONG),
        (["build", "-o", "no/such/folder/deck.apkg"], WRONG),
        (["bogus"], MISUSED),
        (["list", "--bogus"], MISUSED),
        (["list", "bogus"], MISUSED),
        (["completion"], MISUSED),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_an_exit_code_says_how_it_went(arguments: list[str], code: int) -> None:
    """0, 1 and 2 are told apart, and no command ends in a traceback."""
    done = subprocess.run(
        [*QUIZGEN, *arguments],
        cwd=CHECKOUT,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert bool(done.stderr or done.stdout)
    assert "Traceback" not in done.stderr


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a command: no traceback, no half a file, and the code that shells use."""
    # A command that waits for what never comes.
    waiting = [*QUIZGEN, "state", "import", "-", "--state", str(tmp_path / "store.sqlite3")]
    with subprocess.Popen(
        waiting, cwd=CHECKOUT, env=environment({}), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        status = Path(f"/proc/{process.pid}/stat")
        while status.exists() and status.read_text().rpartition(")")[2].split()[0] != "S":
            time.sleep(0.01)  # not yet waiting
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read().strip() == ""
        assert process.wait(PATIENCE) == INTERRUPTED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_without_room_is_a_problem() -> None:
    """A full disk behind standard output: told in a line, with exit code 1."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*QUIZGEN, "list", "topics", DECK],
            cwd=CHECKOUT,
            env=environment({}),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    message = "standard output: it cannot be written (No space left on device); make room on its disk\n"
    assert (done.returncode, done.stderr) == (WRONG, message)


def test_a_reader_that_has_gone_is_met_in_silence() -> None:
    """`| head -1`: no message, and no code that is not in the table."""
    with subprocess.Popen(
        [*QUIZGEN, "list", "items"],
        cwd=CHECKOUT,
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(PATIENCE) in MEANINGS
