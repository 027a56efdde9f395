"""Chance without state: every draw follows from the deck's seed, the item's id and what is drawn.

Python's `random` promises the same sequence across versions for `random()` alone; a hash promises it for
everything, and adding a candidate moves no other. (Rendezvous hashing, Thaler and Ravishankar 1998.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """The chance of one item."""

    __slots__ = ("_begun",)

    def __init__(self, seed: int, item: str) -> None:
        self._begun = blake2b(f"{seed}\0{item}\0".encode(), digest_size=8)

    def number(self, label: str) -> int:
        """A number from 0 below 2**64."""
        begun = self._begun.copy()
        begun.update(label.encode())
        return int.from_bytes(begun.digest(), "big")

    def below(self, limit: int, label: str) -> int:
        """A number from 0 below `limit`."""
        return self.number(label) % limit

    def shuffled(self, things: Iterable[T], name: Callable[[T], str], label: str) -> list[T]:
        """The things in an order of chance that hangs on each one's name alone."""
        return sorted(things, key=lambda thing: (self.number(f"{label}\0{name(thing)}"), name(thing)))

    def some(self, things: Sequence[T], count: int, label: str) -> list[T]:
        """At most `count` of the things, each once, in an order of chance, with one hash for all.

        Quicker than `shuffled`, but another thing in the sequence moves the rest. At most 12 are drawn: a
        number below 2**64 tells no more orders apart.
        """
        left, number = list(things), self.number(label)
        drawn: list[T] = []
        for _ in range(min(count, len(left), 12)):
            number, place = divmod(number, len(left))
            drawn.append(left.pop(place))
        return drawn
