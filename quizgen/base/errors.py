"""The exceptions of quizgen's own API. Bad data is no exception: see `quizgen.base.problems`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizgen.base.problems import Problem


class QuizgenError(Exception):
    """The base of every exception that quizgen raises on purpose."""


class ProblemsError(QuizgenError):
    """Work that cannot go on, with every problem that stands in its way."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
