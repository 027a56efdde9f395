"""One item giving away another: which stems state an answer that is asked for a moment later.

What counts is narrow, so that every finding is worth a look. The answer must be distinctive: a date, a
number from 100, or two words or more, and not one that half the topic's stems name anyway. And both must ask
of the same thing, which is to say that the later stem's telling words are mostly in the earlier one.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence, Set

from quizgen.base.text import fold
from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.english import form, telling

NEXT = 5
"""How many items later a stem is still in mind."""
SAME = 0.6
"""What share of a stem's telling words must be in another's for both to ask of the same thing."""
COMMON = 5
"""In more stems of a topic than this, an answer is part of the subject and gives nothing away."""

_RECALL = (ItemType.TYPED, ItemType.CLOZE, ItemType.CHOICE)


def on_a_note(bank: Bank) -> Iterator[tuple[str | None, str]]:
    """A stem that states what another item on the same note asks for.

    A statement to be judged is left out, since it may be false; so is a pair that asks one fact from both
    ends.
    """
    notes: dict[str, list[Item]] = defaultdict(list)
    for item in bank.items:
        if item.type in _RECALL and len(item.facts) == 1:
            notes[item.facts[0]].append(item)
    for items in notes.values():
        stems = [_text(item.stem) for item in items]
        for item in items:
            answers = _answers(item)
            for other, stem in zip(items, stems, strict=True):
                if other is not item and _tells(stem, answers) and not _reverse(item, other):
                    yield item.id, f"the stem of {other.id!r} gives the answer {item.key[0]!r} away"
                    break


def just_before(bank: Bank) -> Iterator[tuple[str | None, str]]:
    """A stem among the last few of a topic that states what is asked for now."""
    hits: list[tuple[Item, Item]] = []
    recent: dict[str, deque[tuple[Item, str]]] = defaultdict(lambda: deque(maxlen=NEXT))
    for item in bank.items:
        before = recent[item.topic]
        if item.type in _RECALL:
            answers = _answers(item)
            for other, stem in before:
                # Few stems tell an answer, so that this is asked first.
                told = _tells(stem, answers)
                if told and not set(other.facts) & set(item.facts) and _of_one_thing(other, item):
                    hits.append((other, item))
                    break
        if item.type is not ItemType.BOOLEAN:
            before.append((item, _text(item.stem)))
    common = _common(bank, {(item.topic, fold(key)) for _, item in hits for key in item.key})
    for other, item in hits:
        if common[item.topic, fold(item.key[0])] <= COMMON:
            yield item.id, f"{other.id!r}, just before, gives the answer {item.key[0]!r} away"


def _common(bank: Bank, wanted: Set[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """In how many stems of its topic each answer stands."""
    by_word: dict[tuple[str, str], list[str]] = defaultdict(list)
    for topic, answer in wanted:
        by_word[topic, answer.split()[0]].append(answer)
    counts: Counter[tuple[str, str]] = Counter()
    for item in bank.items if wanted else ():
        text = f" {fold(item.stem)} "
        maybe = {answer for word in set(text.split()) for answer in by_word.get((item.topic, word), ())}
        counts.update((item.topic, answer) for answer in maybe if f" {answer} " in text)
    return counts


def _reverse(item: Item, other: Item) -> bool:
    """Whether one stem asks for what the other is about: most of the other's key stands in it."""
    wanted = telling(other.key[0])
    shares = len(wanted & telling(item.stem))
    return bool(wanted) and other.key != item.key and 2 * shares >= len(wanted)


def _tells(stem: str, answers: Sequence[str]) -> bool:
    """Whether a folded stem states one of these answers."""
    for answer in answers:  # noqa: SIM110  half the time of `any`, and asked of every pair of neighbours
        if answer in stem:
            return True
    return False


def _text(stem: str) -> str:
    return f" {fold('x ' + stem)} "


def _answers(item: Item) -> list[str]:
    """The item's answers, folded and between spaces, without those that many questions have."""
    return [f" {fold(key)} " for key in item.key if _distinctive(key)]


def _distinctive(answer: str) -> bool:
    kind = form(answer)
    if kind == "number":
        return sum(char.isdigit() for char in answer) > 2
    return kind != "words" or len(telling(answer)) > 1


def _of_one_thing(earlier: Item, later: Item) -> bool:
    asked = telling(later.stem) - telling(later.attributed_to or "")
    return bool(asked) and len(asked & telling(earlier.stem)) / len(asked) >= SAME
