"""The slots of a template, by name."""

from __future__ import annotations

from collections.abc import Mapping

# What a template may use, and the forms of each. `docs/pack-format.md` explains them.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "subject": ("start", "bare", "short", "type", "plural", "be", "was"),
    "answer": ("start", "on", "first", "last"),
    "value": ("start", "on", "first", "last"),
    "qualifier": ("start", "bare", "short"),
    "holder": ("start", "bare", "short"),
    "as_of": ("on", "On"),
}
