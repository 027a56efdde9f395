"""An answer while it is being given with single keys: what a key does to it, and how it looks. Pure.

A draft takes the keys that answer its type of question and leaves every other to the quiz (`press` returns
None). `response` is what the grader gets, in the words that somebody would type at a prompt; the empty one
says "I don't know".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Self

from quizgen.items.item import Item, ItemType
from quizgen.quiz.letters import label
from quizgen.terminal import Block
from quizgen.terminal.editor import Line

ENTER = "<enter>"
Keys = tuple[tuple[str, str], ...]


class Draft(Protocol):
    """An answer in the making."""

    @property
    def sent(self) -> bool:
        """Whether the learner has given the answer."""

    @property
    def response(self) -> str:
        """What the grader gets."""

    @property
    def focus(self) -> int | None:
        """Which of the rows is being worked on."""

    def press(self, key: str) -> Draft | None:
        """The draft after a key, or None where the key is none of its own."""

    def reopened(self) -> Draft:
        """The draft as it was before it was sent: the question stands."""

    def rows(self) -> list[Block]:
        """What stands below the stem."""

    def ways(self) -> Keys:
        """The keys that answer, each with what it does."""


def draft_of(item: Item) -> Draft:
    """The draft with which an answer to this item begins."""
    match item.type:
        case ItemType.CHOICE:
            return Choice(item.options)
        case ItemType.BOOLEAN:
            return Choice(("True", "False"), letters="tf")
        case ItemType.MULTI:
            return Several(item.options)
        case ItemType.ORDER:
            return Sorting(item.options, tuple(range(len(item.options))))
        case ItemType.MATCH:
            return Matching(item.prompts, item.options, (None,) * len(item.prompts))
        case ItemType.TYPED | ItemType.CLOZE:
            count = len(item.key) if item.type is ItemType.CLOZE else 1
            return Typed((Line(),) * count)


def place_of(key: str, letters: str) -> int | None:
    """The option that a key names by letter or number."""
    if key.lower() in letters:
        return letters.index(key.lower())
    if len(key) == 1 and key in "123456789" and int(key) <= len(letters):
        return int(key) - 1
    return None


def _step(key: str, at: int | None, count: int) -> int | None:
    """Where the cursor stands after an arrow; None where the key is no arrow."""
    if key == "<up>":
        return count - 1 if at is None else max(at - 1, 0)
    if key == "<down>":
        return 0 if at is None else min(at + 1, count - 1)
    return None


def _letters(count: int) -> str:
    return "".join(label(place) for place in range(count))


def _row(text: str, lead: str, *, at: bool) -> Block:
    return Block(
        text=text,
        lead=f"{'▸' if at else '·'} {lead}",
        style="strong" if at else "plain",
        hang=True,
        bold=at,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: its letter or number answers at once; or the arrows and Enter."""

    options: tuple[str, ...]
    letters: str = ""
    focus: int | None = None
    sent: bool = False

    @property
    def _names(self) -> str:
        return self.letters or _letters(len(self.options))

    @property
    def response(self) -> str:
        return "" if self.focus is None else self._names[self.focus]

    def press(self, key: str) -> Self | None:
        place = place_of(key, self._names)
        if place is not None:
            return replace(self, focus=place, sent=True)
        if key == ENTER:
            return replace(self, sent=True)
        step = _step(key, self.focus, len(self.options))
        return None if step is None else replace(self, focus=step)

    def reopened(self) -> Self:
        return replace(self, sent=False)

    def rows(self) -> list[Block]:
        return [
            _row(option, f"{self._names[place]})", at=place == self.focus)
            for place, option in enumerate(self.options)
        ]

    def ways(self) -> Keys:
        names = f"{self._names[0]}–{self._names[-1]}" if not self.letters else "t f"
        return ((names, "answer"), ("↑↓", "choose"), (ENTER, _enter(started=self.focus is not None)))


def _enter(*, started: bool) -> str:
    return "answer" if started else "I don't know"


@dataclass(frozen=True, slots=True)
class Several:
    """All that are right: letters, or the space bar at the cursor, tick and untick; Enter answers."""

    options: tuple[str, ...]
    chosen: frozenset[int] = frozenset()
    focus: int | None = None
    sent: bool = False

    @property
    def response(self) -> str:
        return " ".join(label(place) for place in sorted(self.chosen))

    def press(self, key: str) -> Self | None:
        place = place_of(key, _letters(len(self.options)))
        if key == " ":
            place = self.focus
        if place is not None:
            return replace(self, chosen=self.chosen ^ {place}, focus=place)
        if key == ENTER:
            return replace(self, sent=True)
        step = _step(key, self.focus, len(self.options))
        return None if step is None else replace(self, focus=step)

    def reopened(self) -> Self:
        return replace(self, sent=False)

    def rows(self) -> list[Block]:
        return [
            _row(
                option, f"{'[x]' if place in self.chosen else '[ ]'} {label(place)})", at=place == self.focus
            )
            for place, option in enumerate(self.options)
        ]

    def ways(self) -> Keys:
        letters = f"{label(0)}–{label(len(self.options) - 1)}"
        return (
            (letters, "tick"),
            ("↑↓", "choose"),
            ("Space", "tick"),
            (ENTER, _enter(started=bool(self.chosen))),
        )


@dataclass(frozen=True, slots=True)
class Sorting:
    """Entries to be put in order. Letters, first to last; or the space bar lifts one and the arrows move it.

    `row` holds the entries as they stand now, `named` how many of them were placed by letter, from the top.
    """

    options: tuple[str, ...]
    row: tuple[int, ...]
    focus: int | None = None
    lifted: bool = False
    named: int = 0
    touched: bool = False
    sent: bool = False

    @property
    def response(self) -> str:
        return " ".join(label(place) for place in self.row) if self.touched else ""

    def press(self, key: str) -> Self | None:
        letters = _letters(len(self.options))
        if len(key) == 1 and key.lower() in letters:
            return self._place(letters.index(key.lower()))
        if key == ENTER:
            return replace(self, sent=True, lifted=False)
        if key == "<backspace>":
            return replace(self, named=max(self.named - 1, 0), focus=None, lifted=False)
        if key == " ":
            return replace(self, lifted=not self.lifted, focus=self.focus or 0, touched=True, named=0)
        if key in ("<shift-up>", "<shift-down>") or (self.lifted and key in ("<up>", "<down>")):
            return self._move(-1 if key.endswith("up>") else 1)
        step = _step(key, self.focus, len(self.row))
        return None if step is None else replace(self, focus=step)

    def _place(self, place: int) -> Self:
        """The next place from the top goes to this entry; one that has a place already keeps it."""
        if place in self.row[: self.named]:
            return self
        others = [other for other in self.row if other != place]
        row = (*others[: self.named], place, *others[self.named :])
        named = self.named + 1
        # The last one has no choice left.
        named = len(row) if named == len(row) - 1 else named
        return replace(self, row=row, named=named, focus=None, lifted=False, touched=True)

    def _move(self, by: int) -> Self:
        at = self.focus or 0
        to = min(max(at + by, 0), len(self.row) - 1)
        row = list(self.row)
        row.insert(to, row.pop(at))
        return replace(self, row=tuple(row), focus=to, touched=True, named=0)

    def reopened(self) -> Self:
        return replace(self, sent=False)

    def rows(self) -> list[Block]:
        rows = []
        for place, entry in enumerate(self.row):
            fixed = "" if self.named == 0 or place < self.named else "?"
            lead = f"{place + 1}{fixed or '.'} {label(entry)})"
            if self.lifted and place == self.focus:
                lead = f"{lead} ↕"
            rows.append(_row(self.options[entry], lead, at=place == self.focus))
        return rows

    def ways(self) -> Keys:
        letters = f"{label(0)}–{label(len(self.options) - 1)}"
        move = ("↑↓", "move it") if self.lifted else ("↑↓", "choose")
        lift = ("Space", "put down") if self.lifted else ("Space", "lift")
        return ((letters, "first to last"), move, lift, (ENTER, _enter(started=self.touched)))


@dataclass(frozen=True, slots=True)
class Matching:
    """Options to be matched to prompts: a letter matches the prompt at the cursor and goes to the next."""

    prompts: tuple[str, ...]
    options: tuple[str, ...]
    pairs: tuple[int | None, ...]
    focus: int = 0
    sent: bool = False

    @property
    def response(self) -> str:
        if all(place is None for place in self.pairs):
            return ""
        named = ((number, place) for number, place in enumerate(self.pairs, 1) if place is not None)
        return " ".join(f"{number}{label(place)}" for number, place in named)

    def press(self, key: str) -> Self | None:
        letters = _letters(len(self.options))
        if len(key) == 1 and key.lower() in letters:
            return self._match(letters.index(key.lower()), go_on=True)
        if key == ENTER:
            return replace(self, sent=True)
        if key in ("<left>", "<right>"):
            now = self.pairs[self.focus]
            by = 1 if key == "<right>" else -1
            start = -1 if now is None and by == 1 else now or 0
            return self._match((start + by) % len(self.options), go_on=False)
        if key in ("<backspace>", "<delete>"):
            at = self.focus
            if self.pairs[at] is None and key == "<backspace>":
                at = max(at - 1, 0)
            return replace(self, pairs=(*self.pairs[:at], None, *self.pairs[at + 1 :]), focus=at)
        step = _step(key, self.focus, len(self.prompts))
        return None if step is None else replace(self, focus=step)

    def _match(self, option: int, *, go_on: bool) -> Self:
        pairs = [None if place == option else place for place in self.pairs]
        pairs[self.focus] = option
        focus = min(self.focus + 1, len(pairs) - 1) if go_on else self.focus
        return replace(self, pairs=tuple(pairs), focus=focus)

    def reopened(self) -> Self:
        return replace(self, sent=False)

    def rows(self) -> list[Block]:
        rows = []
        for number, (prompt, place) in enumerate(zip(self.prompts, self.pairs, strict=True), 1):
            letter = "_" if place is None else label(place)
            rows.append(_row(prompt, f"{number}. [{letter}]", at=number - 1 == self.focus))
        rows.append(Block())
        used = {place for place in self.pairs if place is not None}
        for place, option in enumerate(self.options):
            lead = f"{'✓' if place in used else ' '} {label(place)})"
            rows.append(Block(text=option, lead=lead, indent=0 if place in used else 2, hang=True))
        return rows

    def ways(self) -> Keys:
        letters = f"{label(0)}–{label(len(self.options) - 1)}"
        started = any(place is not None for place in self.pairs)
        return (
            (letters, f"for number {self.focus + 1}"),
            ("↑↓", "other number"),
            (ENTER, _enter(started=started)),
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """One line to type in, or one for each blank: Enter goes to the next, and answers at the last."""

    lines: tuple[Line, ...]
    at: int = 0
    sent: bool = False
    focus: int | None = None

    @property
    def response(self) -> str:
        texts = [line.text.strip() for line in self.lines]
        return "; ".join(texts) if any(texts) else ""

    def press(self, key: str) -> Self | None:
        last = len(self.lines) - 1
        if key == ENTER:
            empty = not any(line.text.strip() for line in self.lines)
            done = self.at == last or (empty and self.at == 0)
            return replace(self, sent=True) if done else replace(self, at=self.at + 1)
        if key in ("<up>", "<down>", "<tab>"):
            by = -1 if key == "<up>" else 1
            return replace(self, at=min(max(self.at + by, 0), last))
        line = self.lines[self.at].press(key)
        if line is None:
            return None
        return replace(self, lines=(*self.lines[: self.at], line, *self.lines[self.at + 1 :]))

    def reopened(self) -> Self:
        return replace(self, sent=False)

    def rows(self) -> list[Block]:
        return []

    def ways(self) -> Keys:
        if self.at < len(self.lines) - 1 and self.response:
            return ((ENTER, "next blank"),)
        return ((ENTER, _enter(started=bool(self.response))),)


def prompts_of(item: Item, count: int) -> list[str]:
    """What stands before each line to type in."""
    if count > 1:
        return [f"Blank {number}:" for number in range(1, count + 1)]
    return ["The missing part:" if item.type is ItemType.CLOZE else "Your answer:"]
