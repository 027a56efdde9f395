"""A diff told: as rows of a table, as Markdown for a changelog, as JSON for a program."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from quizgen.base.markdown import plain
from quizgen.upgrade.diff import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizgen.upgrade.diff import Change, Diff, Step

_HEADINGS = {
    Kind.ANSWER: "Answers corrected",
    Kind.REWORDED: "Reworded",
    Kind.ASKED: "Questions added",
    Kind.UNASKED: "Questions gone",
    Kind.MOVED: "Moved",
    Kind.DETAILS: "Explanations, sources or tags changed",
    Kind.NEW: "New",
    Kind.RETURNED: "Back again",
    Kind.RETIRED: "Retired",
    Kind.REMOVED: "No longer shipped",
}


def rows(diff: Diff) -> Iterator[tuple[str, str, str]]:
    """What happened, to which note and card, and from what to what."""
    for change in diff.changes:
        for step in change.steps:
            yield step.kind, f"{change.note} {step.slot or ''}".strip(), _from_to(step)


def _from_to(step: Step) -> str:
    if step.before is not None and step.after is not None:
        return f"{step.before} → {step.after}"
    return step.before or step.after or ""


def summary(diff: Diff) -> list[str]:
    """What a person should know of the whole, in sentences."""
    if not diff.changes and not diff.design and diff.renamed is None:
        return ["Nothing changed for learners."]
    counts = [f"{count:,} {kind}" for kind, count in diff.counts.items()]
    said = [f"Notes: {', '.join(counts)}."] if counts else ["No note changed."]
    if diff.renamed is not None:
        old, new = diff.renamed
        said.append(
            f"The deck {old!r} is now called {new!r}: the cards that learners have stay in the old one, and "
            "new ones go to another, unless they rename theirs first."
        )
    if diff.design:
        said.append("The cards' design changed.")
    if diff.replaced:
        said.append(
            f"An import replaces {_notes(len(diff.replaced))} whole: what a learner wrote on them, tags and "
            "personal notes, is lost. Reviews, flags and suspensions stay, and so does every other note."
        )
    if diff.stuck:
        said.append(
            f"An import would pass over {_notes(len(diff.stuck))}, because they are no later than before: "
            f"{', '.join(diff.stuck)}."
        )
    return said


def _notes(count: int) -> str:
    return f"{count:,} note{'' if count == 1 else 's'}"


def markdown(diff: Diff) -> str:
    """The diff as a section of a changelog."""
    lines = [" ".join(map(plain, summary(diff)))]
    for kind, heading in _HEADINGS.items():
        found = [(change, step) for change in diff.changes for step in change.steps if step.kind is kind]
        if found:
            lines += ["", f"### {heading}", ""]
            lines += [_entry(change, step) for change, step in found]
    return "\n".join(lines) + "\n"


def _entry(change: Change, step: Step) -> str:
    words = [part for part in (step.before, step.after) if part is not None]
    said = f": {' → '.join(map(plain, words))}" if words else ""
    card = f", card {step.slot}" if step.slot else ""
    return f"- `{change.note}`{card}{said}"


def as_json(diff: Diff) -> str:
    """The diff as one JSON object."""
    data = {
        "format": "quizgen/diff@1",
        "counts": diff.counts,
        "deck_renamed": diff.renamed,
        "design_changed": diff.design,
        "replaced_on_import": diff.replaced,
        "not_newer": diff.stuck,
        "changes": [asdict(change) for change in diff.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
