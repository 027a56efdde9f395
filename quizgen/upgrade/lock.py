"""The lock: what learners have of a deck, kept in a file beside its recipe.

It is what makes the time of a note advance with its content and with nothing else. One note stands on one
line, in the order of ids, so that a correction is a change of one line, and two people's corrections merge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quizgen.upgrade.edition import Edition

FORMAT = "quizgen/lock@1"


@dataclass(frozen=True, slots=True)
class Kept:
    """The last words of a retired note: its fields that are not empty by number, and its tags."""

    fields: Mapping[int, str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """The edition that learners have, and what is left of facts that are gone.

    `kept` are the words of retired notes, which nothing else makes any more. `dropped` are the times of notes
    that are shipped no longer, in seconds since 1970: should a fact come back, its note must be newer.
    """

    edition: Edition
    kept: Mapping[str, Kept] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)


def lock_path(recipe: Path) -> Path:
    """Where a recipe's lock stands: `decks/tides.lock.yaml` beside `decks/tides.yaml`."""
    return recipe.with_suffix(".lock.yaml")
