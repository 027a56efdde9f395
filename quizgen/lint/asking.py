"""Rules that ask the fact base: a second line behind the code that drew the options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.lint.english import DATE
from quizgen.lint.rule import Rule, Severity
from quizgen.lint.truth import Truth

_FREE = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "which",
        "what",
        "its",
        "their",
        "his",
        "her",
        "each",
    }
)
_TITLE = re.compile(r"[\"“][^\"”]*[\"”]")
# Countries and the like whose names take the article whatever the pack says of them.
ALWAYS = (
    "United States",
    "United Kingdom",
    "United Nations",
    "Philippines",
    "Netherlands",
    "Soviet Union",
    "European Union",
    "Korean Peninsula",
    "Republic of Korea",
)
_TREATY = re.compile(r"\b(?:Treaty|Agreement|Protocol|Convention|Declaration) (?:of|on|between) [A-Z]")
_MAYBE = (*ALWAYS, "Treaty", "Agreement", "Protocol", "Convention", "Declaration")
# `the first`, `the South Korean`, `the then`: an article may stand some words in front of the name.
BACK = 6


def _other_answer(item: Item, truth: Truth) -> Iterator[str]:
    found = truth.fits(item)
    if found:
        yield f"{found[0]!r} is a right answer too"


def _other_filling(item: Item, truth: Truth) -> Iterator[str]:
    found = truth.fits(item)
    if found:
        yield f"{found[0]!r} fits the blank too"


def _wrong_is_true(item: Item, truth: Truth) -> Iterator[str]:
    for option in item.options:
        if option not in item.key and truth.true(item, option):
            yield f"the wrong option {option!r} is right"


def _key_is_false(item: Item, truth: Truth) -> Iterator[str]:
    known = truth.right(item)
    for key in item.key:
        if known and fold(key) not in known:
            yield f"no fact says that {key!r} is right"


def _one_type(item: Item, truth: Truth) -> Iterator[str]:
    kinds = {option: truth.kinds(option) for option in item.options}
    wanted = kinds.get(item.key[0], ())
    for option, found in kinds.items():
        if wanted and found and not set(wanted) & set(found):
            yield f"{option!r} is of another kind of thing than the key ({min(found)}, {min(wanted)})"
            return


def _given_away(item: Item, truth: Truth) -> Iterator[str]:
    """Answers in forms that the item itself does not list: an alias, an acronym written out."""
    text = f" {fold('x ' + item.stem)} "
    told = [form for form in truth.right(item) if f" {form} " in text and len(form) > 1]
    # Nearly always there is none, so that what the item lists is asked for last.
    unlisted = set(told).difference(map(fold, (*item.key, *item.accepted))) if told else ()
    if unlisted:
        yield f"the stem names the answer as {min(unlisted)!r}"


def _statement(item: Item, truth: Truth) -> Iterator[str]:
    told = truth.swapped(item)
    if told is None:
        yield "the statement differs from its fact in more than the answer"
        return
    true = truth.true(item, told)
    if true is not (item.key == ("True",)):
        yield f"the key is {item.key[0]}, and {told!r} is {'right' if true else 'not known to be right'}"


def _feedback(item: Item, truth: Truth) -> Iterator[str]:
    told = f" {fold('x ' + item.explanation)} "
    right = truth.right(item)
    if right and not any(f" {form} " in told for form in right):
        yield "the explanation does not say what is right"


def _tied(item: Item, truth: Truth) -> Iterator[str]:
    for tie in truth.ties(item)[:1]:
        yield f"two rows cannot be told apart: {tie}"


def _no_the(item: Item, truth: Truth) -> Iterator[str]:
    names = [name for name in truth.articled(item) if item.stem.count(name) > item.stem.count(f"he {name}")]
    if not names and not any(map(item.stem.__contains__, _MAYBE)):
        return
    plain = _TITLE.sub(" ", item.stem)
    for name in (*sorted(names), *ALWAYS):
        for found in re.finditer(rf"\b{re.escape(name)}\b", plain) if name in plain else ():
            before, after = plain[: found.start()], plain[found.end() :]
            held = _ROLE.search(before) and "office" in truth.kinds(name)
            if not held and not _has_the(before, after):
                yield f"'the' is missing before {name!r}"
                return
    for found in _TREATY.finditer(plain):
        if not _has_the(plain[: found.start()], ""):
            yield f"'the' is missing before {found.group()[:-2]!r}"
            return


def _has_the(before: str, after: str) -> bool:
    """Whether an article or what stands for one precedes a name, or the name is part of a longer one."""
    if before.endswith(_JOINED) or after.startswith(("-", "–")) or _ATTRIBUTE.match(after):
        return True
    # Adjectives, and a title's own first words, may stand between the article and the name.
    for word in reversed(re.findall(r"[^\s,;:?.]+|[,;:?.]", before)[-BACK:]):
        if word.casefold() in _FREE or word.endswith(("'s", "’s", "s'", "s’")):
            return True
        if word in ",;:?." or word.casefold() in _ENDS:
            return False
    return False


_JOINED = ("(", "-", "–", "/")
# `as president`, `the office of president`: an office that is held, and not the one who holds it.
_ROLE = re.compile(
    r"\b(?:as|offices? of|posts? of|elected|became|was|were|is)(?: (?:US|Japanese|South Korean))? $"
)
_ATTRIBUTE = re.compile(
    r" (?:\[|(?:peacekeeping|forces?|troops|military|army|navy|soldiers|bases?|dollars?|[A-Z]\w+)\b)"
)
_ENDS = frozenset("or with of by to for in between from did was is were has had".split())  # noqa: SIM905  a list of words reads best as words


def _no_date(item: Item, truth: Truth) -> Iterator[str]:
    if (item.as_of or truth.changes(item)) and not DATE.search(item.stem):
        yield "it was so for a time only, and the stem names none"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_TARRANT = "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)"

E, W = Severity.ERROR, Severity.WARNING
ASKING_RULES = (
    Rule(
        "truth-other-answer",
        E,
        "narrow the question, or skip the template",
        "Of two right answers the reader can know only one to be meant.",
        _HALADYNA,
        ask=_other_answer,
        types=frozenset(ItemType) - {ItemType.CLOZE},
    ),
    Rule(
        "cloze-other-answer",
        E,
        "leave more of the sentence, or skip the template",
        "A gap that two facts fill punishes the reader who knows both.",
        "Wozniak, Twenty rules of formulating knowledge",
        ask=_other_filling,
        types=frozenset({ItemType.CLOZE}),
    ),
    Rule(
        "truth-wrong-option",
        E,
        "take it out of `wrong`, or mend the fact that states it",
        "A wrong option must be provably false, whatever name it goes by.",
        _HALADYNA,
        ask=_wrong_is_true,
        types=frozenset({ItemType.CHOICE, ItemType.MULTI}),
    ),
    Rule(
        "truth-key",
        E,
        "mend the fact, or report a fault in quizgen",
        "A key that no fact supports is a guess.",
        "quizgen",
        ask=_key_is_false,
        types=frozenset({ItemType.CHOICE, ItemType.MULTI, ItemType.TYPED}),
    ),
    Rule(
        "options-one-type",
        E,
        "offer things of the key's type",
        "A place among people is struck out without knowing.",
        _HALADYNA,
        ask=_one_type,
        types=frozenset({ItemType.CHOICE, ItemType.MULTI}),
    ),
    Rule(
        "stem-names-answer",
        E,
        "word the stem otherwise, or skip the template",
        "An alias, or the words behind an acronym, are the answer too.",
        _TARRANT,
        ask=_given_away,
        types=frozenset({ItemType.CHOICE, ItemType.TYPED, ItemType.CLOZE}),
    ),
    Rule(
        "true-false-swap",
        E,
        "let the statement be the fact's sentence, with another value in the answer's place",
        "One provable swap makes a statement false beyond dispute.",
        _HALADYNA,
        ask=_statement,
        types=frozenset({ItemType.BOOLEAN}),
    ),
    Rule(
        "true-false-feedback",
        E,
        "let the explanation begin with the fact",
        "Who has read a false statement must read the true one after it.",
        "Wozniak, Twenty rules of formulating knowledge",
        ask=_feedback,
        types=frozenset({ItemType.BOOLEAN}),
    ),
    Rule(
        "rows-tied",
        E,
        "drop one of the two facts from the set",
        "Where two rows fit one place, a right answer is marked wrong.",
        _HALADYNA,
        ask=_tied,
        types=frozenset({ItemType.ORDER, ItemType.MATCH}),
    ),
    Rule(
        "stem-the",
        E,
        "put `the` before it, or give its entity `the: true`",
        "A slip of grammar makes a reader doubt the rest.",
        _HALADYNA,
        ask=_no_the,
    ),
    Rule(
        "stem-no-date",
        E,
        "name the date at which it was so",
        "Offices, statistics and statuses change, and the card stays.",
        "NAQT writers' guidelines",
        ask=_no_date,
    ),
)
