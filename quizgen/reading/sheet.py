"""A sheet of items for a reader who sees neither key nor explanation, and the same sheet with verdicts.

A reader who knows the subject answers each item and marks its faults: that finds what no rule can, such as
a question that may be read in two ways. Items are drawn by template, one of each before a second of any, so
that a rare template is read as closely as a common one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from quizgen.base.text import visible
from quizgen.quiz.grade import grade, rivals_of

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Item

BLIND = ("id", "type", "question", "options")
FILLED = ("answer", "correct", "clear", "language", "worth", "remark")
KNOWN = ("item", "verdict", "key", "explanation", "sources")

# A spreadsheet takes a cell that begins so for a formula, and runs it; after one more apostrophe it is text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")

Row = dict[str, str]


def number_of(item: Item) -> str:
    """What a sheet calls an item: its id is often half the answer (`treaty-signed-in-1965`)."""
    return f"q{sha256(item.id.encode()).hexdigest()[:8]}"


def template_of(item: Item) -> str:
    """The template that made an item: its property and the template's id, as in `signed/year`."""
    return f"{item.kind}/{item.id.rpartition('/')[2]}"


def draw(bank: Bank, count: int, seed: int, without: Collection[str] = ()) -> list[Item]:
    """At most `count` items, one of each template before a second of any; the same for the same seed.

    `without` are the numbers of items that are not wanted.
    """

    def rank(name: str) -> bytes:
        return sha256(f"{seed}\0{name}".encode()).digest()

    groups: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(bank.items, key=lambda item: rank(item.id)):
        if number_of(item) not in without:
            groups[template_of(item)].append(item)
    turns = [(turn, rank(name), item) for name, items in groups.items() for turn, item in enumerate(items)]
    turns.sort(key=lambda one: one[:2])
    return [item for _, _, item in turns[:count]]


def blind(items: Iterable[Item]) -> list[Row]:
    """A row for each item without what would tell its answer, and with room for the reader's marks."""
    return [
        {
            "id": number_of(item),
            "type": item.type.value,
            "question": _question(item),
            "options": "\n".join(item.options),
            **dict.fromkeys(FILLED, ""),
        }
        for item in items
    ]


def _question(item: Item) -> str:
    return "\n".join([item.stem, *(f"{number}. {text}" for number, text in enumerate(item.prompts, 1))])


def marked(rows: Iterable[Row], bank: Bank) -> list[Row]:
    """The rows with the verdict on each answer, and with what the reader was not shown.

    The verdict is `none` where no answer was given, `gone` where the bank has no such item any more, and
    `changed` where it asks something else than the reader was shown: a letter may mean another option now.
    """
    items = {number_of(item): item for item in bank.items}
    rivals = rivals_of(bank.items)
    found = []
    for row in rows:
        item = items.get(row["id"])
        if item is None:
            found.append({**row, "verdict": "gone"})
            continue
        answer = row.get("answer", "")
        now = blind([item])[0]
        if any(row.get(name, now[name]) != now[name] for name in ("question", "options")):
            verdict = "changed"
        else:
            verdict = grade(item, answer, rivals=rivals).mark.value if answer.strip() else "none"
        links = "\n".join(ref.link for ref in item.sources)
        known = (item.id, verdict, "\n".join(item.key), item.explanation, links)
        found.append({**row, **dict(zip(KNOWN, known, strict=True))})
    return found


def written(rows: Sequence[Row]) -> bytes:
    """The rows as CSV in UTF-8, with a mark at its beginning by which spreadsheets know the encoding."""
    columns = [*BLIND, *FILLED, *(KNOWN if any("verdict" in row for row in rows) else ())]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name, "")) for name in columns})
    return text.getvalue().encode("utf-8-sig")


def read(text: str) -> tuple[list[Row], str | None]:
    """The rows of a sheet, or why it is none."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in ("id", "answer") if name not in (reader.fieldnames or ())]
    if missing:
        return [], f"there is no column {' and none '.join(map(repr, missing))}"
    rows = [{name: _bare(value or "") for name, value in row.items() if name} for row in reader]
    return rows, None


def _cell(text: str) -> str:
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
