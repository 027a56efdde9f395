"""The pictures in `docs/quiz.md` are what tmux shows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.tmux import TMUX, Tmux

PAGE = Path(__file__).parent.parent / "docs" / "quiz.md"


@pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
def test_the_pictures_are_what_is_shown() -> None:
    """Both pictures are the screen of a real session; `QUIZGEN_REWRITE_DOCS=1` takes them anew."""
    with Tmux([sys.executable, "-m", "tests.quiz_desk", "keys", "shipped"], columns=80, rows=24) as window:
        window.see("1/3")
        shots = {
            "question": window.tap("Down", "Down", then="▸ b)"),
            "answer": window.tap("c", then="Enter next"),
        }
    page = was = PAGE.read_text(encoding="utf-8")
    for name, shot in shots.items():
        before, begin, rest = page.partition(f"<!-- shot: {name} -->\n```text\n")
        assert begin
        page = before + begin + shot + "```" + rest.partition("```")[2]
    if os.environ.get("QUIZGEN_REWRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert was == page
