"""Chance without state: every draw follows from the deck's seed, the item's id and what is drawn.

Python's `random` promises the same sequence across versions for `random()` alone; a hash promises it for
everything, and adding a candidate moves no other. (Rendezvous hashing, Thaler and Ravishankar 1998.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Draw:
    """The chance of one item."""

    seed: int
    item: str

    @cached_property
    def _begun(self) -> blake2b:
        return blake2b(f"{self.seed}\0{self.item}\0".encode(), digest_size=8)

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

    def shuffled_numbers(self, numbers: Iterable[int], label: str) -> list[int]:
        """The same for whole numbers, with one hash for all: each is mixed into it by SplitMix64's last steps
        (Steele, Lea and Flood 2014).
        """
        begun = self.number(label)
        return sorted(numbers, key=lambda number: (_mixed(begun + number * _GOLDEN), number))


_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def _mixed(number: int) -> int:
    number &= _MASK
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _MASK
    return number ^ number >> 31
