"""What a learner can do beside answering, by letter: the same letters on every screen."""

from __future__ import annotations

from enum import Enum


class Command(Enum):
    """What a learner can ask for."""

    HARD = "h"
    GOOD = "g"
    EASY = "e"
    WRONG = "w"
    UNDO = "u"
    SOURCE = "s"
    FLAG = "f"
    QUIT = "q"
    KEYS = "?"


COMMANDS: dict[Command, str] = {
    Command.HARD: "The last answer was right, but hard: ask again sooner.",
    Command.GOOD: "It was neither hard nor easy, as a right answer counts by itself.",
    Command.EASY: "It was easy: ask again later.",
    Command.WRONG: "The grading was wrong: count a wrong answer as right, or a right one as wrong.",
    Command.UNDO: "Take the last answer back and be asked again.",
    Command.SOURCE: "Open the source of the last answer in a browser.",
    Command.FLAG: "Flag this question with a remark for its author.",
    Command.QUIT: "Leave, and see the result so far.",
    Command.KEYS: "List these.",
}
"""What each command does, in the order in which they are listed."""


def read_command(line: str) -> tuple[Command | None, str] | None:
    """The command on a line that begins with a colon, and what stands behind it; None without a colon.

    The command is None where nobody knows it. A whole word does for its letter: `:undo`, `:flag the year`.
    """
    line = line.strip()
    if not line.startswith(":"):
        return None
    word, _, rest = line[1:].strip().partition(" ")
    for command in Command:
        if word and word.lower() in (command.value, command.name.lower()):
            return command, rest.strip()
    return None, ""
