"""What rules ask the fact base, since they see items alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from quizgen.items.item import Item


class Truth(Protocol):
    """A fact base that answers for its items; the generator's side has one (`quizgen.generate.judge`).

    It must not ask the code that drew the options: it is the second line behind it.
    """

    def fits(self, item: Item) -> Sequence[str]:
        """Other answers than the key that are right too."""
        ...

    def true(self, item: Item, option: str) -> bool:
        """Whether an option is right under some fact, or names the same thing as the key."""
        ...

    def right(self, item: Item) -> Collection[str]:
        """Every form of the right answer, folded (`base.text.fold`); none for order and match items."""
        ...

    def swapped(self, item: Item) -> str | None:
        """What stands in the answer's place in a true-or-false statement.

        None where the statement differs from the fact in more than that.
        """
        ...

    def ties(self, item: Item) -> Sequence[str]:
        """Rows of an order item that may be equal, and answers of a match item that fit two rows."""
        ...

    def kinds(self, text: str) -> Collection[str]:
        """The kinds of thing that bear this name; none where no such name is known."""
        ...

    def articled(self, item: Item) -> Collection[str]:
        """The names of the item's things that prose puts 'the' before."""
        ...

    def changes(self, item: Item) -> bool:
        """Whether the answer is an office, a statistic or a status, which holds for a time only."""
        ...
