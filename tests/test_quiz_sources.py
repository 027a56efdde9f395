"""How a source is cited in the quiz."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.items.item import SourceRef
from quizgen.quiz.sources import citation, standing
from tests.banks import MACHINE, SOURCE, WEAK, item


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (SOURCE, "The treaty of the leaf. Ministry of Tea, 23 November 2016, paragraph 3."),
        (
            replace(SOURCE, author="A. Clerk", published="2016-11"),
            "The treaty of the leaf. Ministry of Tea, by A. Clerk, November 2016, paragraph 3.",
        ),
        (
            replace(SOURCE, title="Who inked it?", published=None),
            "Who inked it? Ministry of Tea, no date, paragraph 3.",
        ),
        (
            replace(SOURCE, published="spring 2016"),
            "The treaty of the leaf. Ministry of Tea, spring 2016, paragraph 3.",
        ),
        (
            WEAK,
            "A rumour. Ministry of Tea, 23 November 2016, paragraph 3. "
            "A weak source: check it against another.",
        ),
        (
            MACHINE,
            "A summary. Ministry of Tea, by A model, 23 November 2016, paragraph 3. "
            "This source is AI-generated: check it against another.",
        ),
    ],
)
def test_a_citation_says_all_that_is_known(source: SourceRef, said: str) -> None:
    """Title, publisher, author, date, paragraph, and a warning for a source that needs one."""
    assert citation(source) == said


@pytest.mark.parametrize(
    ("as_of", "holder", "said"),
    [
        (None, None, ""),
        ("2026-11", None, "As of November 2026."),
        (None, "the ministry", "According to the ministry."),
        ("2026-11-05", "the ministry", "As of 5 November 2026, according to the ministry."),
    ],
)
def test_an_answer_says_since_when_and_by_whose_word(
    as_of: str | None, holder: str | None, said: str
) -> None:
    """The as-of date and the holder of a claim make a sentence, or none."""
    assert standing(item("fact/typed", as_of=as_of, attributed_to=holder)) == said


def test_what_the_explanation_says_is_not_said_twice() -> None:
    """Where the explanation has the very words, they don't come again."""
    told = "As of 2026, according to the ministry, it was so."
    assert standing(item("fact/typed", as_of="2026", attributed_to="the ministry", explanation=told)) == ""
