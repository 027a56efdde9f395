"""Sessions that are killed: `python -m tests.store_workers FOLDER SEED COUNT LANES`.

Starts COUNT processes, LANES of them at a time, each of which opens a store and answers without a pause. Each
says on a pipe what it was told is stored, and is killed (SIGKILL) at a random moment. What they said goes to
standard output, a JSON line for each process. They are forked from a process that has imported everything, so
that moments are spent in the store and not in starting Python; forked, killed and gone they are all the same.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from quizgen.store.review import Rating, SessionRecord
from quizgen.store.schedule import fingerprint
from tests.store_desk import NOON, opened, review

LONGEST_LIFE = 0.3  # seconds; a commit takes one to ten thousandths
FRESH = 8  # one in so many begins with no store at all, and is killed while it is made


def work(path: Path, name: str, pipe: int) -> None:
    """Answer until killed, saying each thing once it was stored."""

    def stored(*what: object) -> None:
        os.write(pipe, json.dumps(what).encode() + b"\n")

    chance = random.Random(name)  # noqa: S311  nothing is kept secret
    with opened(path) as store:
        stored("opened")
        store.session_begin(SessionRecord(id=name, deck="tides", at=NOON, wishes="{}", items=()))
        for number in range(100_000):
            one = review(
                f"{name}-{number}", chance.choice(list(Rating)), item=f"tide/{chance.randrange(40)}",
                days=number + chance.random(), session=name,
            )  # fmt: skip
            store.record(one)
            stored("review", one.id)
            if number % 5 == 3:
                store.rerate(one.id, Rating.HARD, one.at)
                stored("rerate", one.id)
            if number % 7 == 5:
                store.undo(one.id, one.at)
                stored("undo", one.id)


def start(path: Path, name: str) -> tuple[int, int]:
    """A new process at work; its number, and the end of the pipe on which it says what is stored."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(path, name, writing)
        except BaseException as error:
            os.write(writing, json.dumps(["failed", repr(error)]).encode() + b"\n")
        finally:
            os._exit(3)
    os.close(writing)
    return child, reading


def hear(pipe: int) -> list[list[str]]:
    """All that was said on a pipe; a last line that was cut off was not said."""
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    return [json.loads(line) for line in said.split(b"\n")[:-1]]


def main() -> None:
    """Start and kill until COUNT are dead."""
    folder, seed, count, lanes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)  # noqa: S311  as above
    fingerprint()  # imports py-fsrs once for all
    alive: list[tuple[float, int, int, str]] = []
    started = 0
    while started < count or alive:
        while started < count and len(alive) < lanes:
            path = folder / (f"fresh-{started}" if started % FRESH == 0 else "store")
            child, pipe = start(path, f"w{started}")
            alive.append((time.monotonic() + chance.uniform(0, LONGEST_LIFE), child, pipe, path.name))
            started += 1
        alive.sort()
        end, child, pipe, name = alive.pop(0)
        select.select([], [], [], max(0.0, end - time.monotonic()))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said = {"store": name, "killed": os.WIFSIGNALED(status), "said": hear(pipe)}
        print(json.dumps(said), flush=True)  # noqa: T201  that is what it is for


if __name__ == "__main__":
    main()
