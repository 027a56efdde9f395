"""An exam's result as a document, and how sure its score is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizgen.base.shares import wilson
from quizgen.items.item import Deck, Item
from quizgen.quiz.question import right_answer
from quizgen.quiz.session import Answer, scores
from quizgen.quiz.sources import citation


def interval(right: int, asked: int) -> str:
    """The interval in words: "40 to 78 %"."""
    low, high = wilson(right, asked)
    return f"{100 * low:.0f} to {100 * high:.0f} %"


@dataclass(frozen=True, slots=True)
class Sitting:
    """An exam that was sat: what it asked, what was answered, when, and how many minutes were allowed."""

    items: tuple[Item, ...]
    answers: tuple[Answer, ...]
    begun: datetime
    ended: datetime
    minutes: int | None

    def results(self) -> list[tuple[Item, bool]]:
        """Every item and whether it was right; what was not answered was not."""
        right = {answer.item.id for answer in self.answers if answer.right}
        return [(item, item.id in right) for item in self.items]

    def unanswered(self) -> list[Item]:
        """The items that were never reached."""
        done = {answer.item.id for answer in self.answers}
        return [item for item in self.items if item.id not in done]


def document(deck: Deck, sitting: Sitting) -> dict[str, Any]:
    """The result as data: what the JSON file holds, and what the page to hand in is made of."""
    names = {topic.id: topic.name for topic in deck.topics}
    results = sitting.results()
    return {
        "format": "quizgen-exam/1",
        "deck": {"id": deck.id, "name": deck.name, "revision": deck.revision},
        "begun": sitting.begun.isoformat(timespec="seconds"),
        "ended": sitting.ended.isoformat(timespec="seconds"),
        "minutes_allowed": sitting.minutes,
        "answered": len(sitting.answers),
        "score": _score(sum(right for _, right in results), len(results)),
        "topics": [
            {"topic": names.get(one.topic, one.topic), **_score(one.right, one.asked)}
            for one in scores(results)
        ],
        "answers": [_answer(number, answer, names) for number, answer in enumerate(sitting.answers, 1)],
        "unanswered": [{"item": item.id, "question": item.stem} for item in sitting.unanswered()],
    }


def _score(right: int, asked: int) -> dict[str, Any]:
    low, high = wilson(right, asked)
    return {
        "right": right,
        "asked": asked,
        "share": round(right / asked, 4) if asked else None,
        "interval_95": [round(low, 4), round(high, 4)],
    }


def _answer(number: int, answer: Answer, names: dict[str, str]) -> dict[str, Any]:
    item = answer.item
    return {
        "number": number,
        "item": item.id,
        "topic": names.get(item.topic, item.topic),
        "question": item.stem,
        "options": list(item.options),
        "prompts": list(item.prompts),
        "response": answer.response,
        "mark": answer.verdict.mark.value,
        "right_answer": right_answer(item),
        "explanation": item.explanation,
        "sources": [{"citation": citation(one), "link": one.link} for one in item.sources],
        "seconds": answer.seconds,
    }
