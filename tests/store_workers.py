"""Sessions that are killed: `python -m tests.store_workers FOLDER SEED COUNT LANES`.

Starts COUNT processes, LANES of them at a time, each of which opens a store and answers without a pause. Each
says on a pipe what it was told is stored, and is killed (SIGKILL) at a random moment. What they said goes to
standard output, a JSON line for each process. They are forked from a process that has imported everything, so
that moments are spent in the store and not in starting Python; forked, killed and gone they are all the same.
"""

from __future__ import annotations

import json
import math
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from quizgen.store.review import Rating, SessionRecord
from quizgen.store.schedule import fingerprint
from tests.store_desk import NOON, opened, review

MOST_SAID = 6  # a session says so many things at most before its end is near
LONGEST_DELAY = 0.05  # seconds from then on; a commit takes one to ten thousandths, and several wait for it
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


@dataclass
class Worker:
    """A session at work. It is killed a random moment after it has said a random number of things."""

    child: int
    store: str
    patience: int
    delay: float
    said: bytes = b""
    end: float = math.inf

    def hear(self, pipe: int) -> None:
        """Take in what it says, and fix the moment of its end once that is enough."""
        if select.select([pipe], [], [], 0)[0]:
            part = os.read(pipe, 65536)
            self.said += part
            if not part:
                self.end = 0.0  # it ended by itself, and the test will say so
        if self.end == math.inf and self.said.count(b"\n") >= self.patience:
            self.end = time.monotonic() + self.delay

    def kill(self, pipe: int) -> dict[str, object]:
        """Kill it, and hear all that it had said; a last line that was cut off was not said."""
        os.kill(self.child, signal.SIGKILL)
        _, status = os.waitpid(self.child, 0)
        while part := os.read(pipe, 65536):
            self.said += part
        os.close(pipe)
        lines = self.said.split(b"\n")[:-1]
        killed = os.WIFSIGNALED(status)
        return {"store": self.store, "killed": killed, "said": [json.loads(line) for line in lines]}


def main() -> None:
    """Start and kill until COUNT are dead."""
    folder, seed, count, lanes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)  # noqa: S311  as above
    fingerprint()  # imports py-fsrs once for all
    alive: dict[int, Worker] = {}
    started = 0
    while started < count or alive:
        while started < count and len(alive) < lanes:
            fresh = started % FRESH == 0
            path = folder / (f"fresh-{started}" if fresh else "store")
            child, pipe = start(path, f"w{started}")
            patience = 0 if fresh else chance.randint(0, MOST_SAID)
            alive[pipe] = Worker(child, path.name, patience, chance.uniform(0, LONGEST_DELAY))
            started += 1
        wait = min(worker.end for worker in alive.values()) - time.monotonic()
        select.select(list(alive), [], [], max(0.0, min(wait, 1.0)))
        for pipe, worker in list(alive.items()):
            worker.hear(pipe)
            if worker.end <= time.monotonic():
                print(json.dumps(worker.kill(pipe)), flush=True)  # noqa: T201  that is what it is for
                del alive[pipe]


if __name__ == "__main__":
    main()
