"""Rules on a deck as a whole: guessers against chance, duplicates, leaks, balance."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.guess import EXACT, guesses, tail
from quizgen.lint.lint import RULES
from tests import packs
from tests.banks import DECK
from tests.banks import item as plain


def found(rule: str, *items: Item) -> list[str | None]:
    """The items that a rule finds fault with."""
    return [finding.item for finding in RULES[rule].of_bank(Bank(DECK, items))]


def choice(name: str, key: str, *wrong: str, stem: str = "", **changes: Any) -> Item:
    """A choice item, its options in the order of the alphabet."""
    options = tuple(sorted((key, *wrong)))
    return plain(
        name, ItemType.CHOICE, stem=stem or f"Who is {name}?", key=(key,), options=options, **changes
    )


def typed(name: str, stem: str, key: str, **changes: Any) -> Item:
    """A typed item."""
    return plain(name, stem=stem, key=(key,), **changes)


# Three words for each place in a list, of three lengths.
LONG, MIDDLE, SHORT = "abcdefgh", "bcdef", "cde"


@pytest.mark.parametrize(
    ("guesser", "key", "wrong"),
    [
        ("longest", LONG, (MIDDLE, SHORT)),
        ("shortest", SHORT, (MIDDLE, LONG)),
        ("middle", "1965", ("1964", "1966")),
        ("lowest", "1964", ("1965", "1966")),
        ("highest", "1966", ("1965", "1964")),
        ("first", "alpha", ("betas", "gamma")),
        ("last", "gamma", ("betas", "alpha")),
        ("most like the others", "red ship", ("red boat", "old ship")),
        ("odd one out", "old boat", ("red ship", "red cars")),
    ],
)
def test_a_cue_that_is_always_right_is_found(guesser: str, key: str, wrong: tuple[str, ...]) -> None:
    """Forty items of which one cue tells the key: the guesser is right every time, and is reported."""
    items = [choice(f"f{n}/c", key, *wrong) for n in range(40)]
    fared = {guess.guesser: guess for guess in guesses(Bank(DECK, tuple(items)))}[guesser]
    assert (fared.items, fared.right, fared.beats_chance) == (40, 40, True)
    assert found("deck-guess", *items)


def test_a_cue_of_the_deck_is_found() -> None:
    """An option that the deck offers more often than any other, and that is always the key."""
    items = [choice(f"f{n}/c", "kim", f"a{n}", f"z{n}") for n in range(40)]
    fared = {guess.guesser: guess for guess in guesses(Bank(DECK, tuple(items)))}
    assert fared["most frequent in the deck"].beats_chance


def test_a_cue_in_the_stem_is_found() -> None:
    """The option that shares most words with its stem, and that is always the key."""
    items = [choice(f"f{n}/c", "the grey port", "a ship", "the sea", stem="Which port?") for n in range(40)]
    fared = {guess.guesser: guess for guess in guesses(Bank(DECK, tuple(items)))}
    assert fared["most words of the stem"].right == 40


def test_a_cue_that_is_never_right_is_found_too() -> None:
    """Whoever strikes the longest option out has one chance in two."""
    items = [choice(f"f{n}/c", (MIDDLE, SHORT)[n % 2], LONG, (SHORT, MIDDLE)[n % 2]) for n in range(40)]
    fared = {guess.guesser: guess for guess in guesses(Bank(DECK, tuple(items)))}
    assert fared["longest"].right == 0
    assert fared["longest"].beats_chance


def test_no_cue_is_found_where_keys_move_round() -> None:
    """Keys of every length and in every place tell nothing."""
    words = (LONG, MIDDLE, SHORT)
    items = [
        choice(f"f{n}/c", words[n % 3], *(word for word in words if word != words[n % 3])) for n in range(60)
    ]
    assert not found("deck-guess", *items)


def test_chance_comes_from_the_number_of_options() -> None:
    """Of two options one in two is right by chance, of four one in four."""
    items = [choice(f"f{n}/c", LONG, *(MIDDLE, SHORT, "xy")[: 1 + 2 * (n % 2)]) for n in range(4)]
    fared = {guess.guesser: guess for guess in guesses(Bank(DECK, tuple(items)))}["longest"]
    assert fared.chance == (0.5 + 0.25) / 2


def test_the_tail_is_the_binomial_one() -> None:
    """Ten heads of ten coins: one in 1,024; five or fewer of ten: 638 in 1,024."""
    assert tail([0.5] * 10, 10) == pytest.approx(1 / 1024)
    assert tail([0.5] * 10, 5) == pytest.approx(638 / 1024)
    assert tail([0.25, 0.5], 2) == pytest.approx(0.125)


@given(st.integers(0, EXACT))
def test_the_normal_curve_takes_over_without_a_step(right: int) -> None:
    """One item more than is computed exactly changes no probability by more than chance's own third."""
    exact, near = tail([1 / 3] * EXACT, right), tail([1 / 3] * (EXACT + 1), right)
    assert abs(exact - near) < 0.06


def test_nearly_the_same_question_is_found() -> None:
    """Two facts that are asked for one answer in the same words, but for small ones."""
    one = typed("a/t", "In which year did the two states sign the pact of peace?", "1965")
    same = typed("b/t", "In which year was the pact of peace that two states sign?", "1965")
    assert found("deck-near-stem", one, same) == ["b/t"]
    assert not found("deck-near-stem", one, replace(same, key=("1966",)))
    assert not found("deck-near-stem", one, replace(same, facts=("a",)))


def test_questions_on_things_of_two_names_are_two() -> None:
    """Meetings in two cities are asked for in the same words, and are two."""
    one = typed("a/t", "In which year did the meeting of both ministers in Seoul take place?", "2024")
    other = typed("b/t", "In which year did the meeting of both ministers in Tokyo take place?", "2024")
    assert not found("deck-near-stem", one, other)


def test_a_stem_that_tells_another_card_of_the_note_its_answer_is_found() -> None:
    """The year in which talks began stands in the question on their end."""
    end = typed("talks/to", "In which year did the talks that began in 1951 end?", "1965")
    begin = typed("talks/from", "In which year did the talks begin?", "1951")
    assert found("deck-leak-note", begin, end) == ["talks/from"]


def test_a_fact_asked_from_both_ends_is_no_leak() -> None:
    """`Which meeting was on that day?` and `On which day was the meeting?` ask one fact."""
    day = typed("m/day", "On which day was the Camp David summit?", "18 August 2023")
    which = choice("m/which", "Camp David summit", "Tokyo talks", stem="Which meeting was on 18 August 2023?")
    assert not found("deck-leak-note", day, which)


def test_a_statement_that_may_be_false_is_no_leak() -> None:
    """A true-or-false statement tells nothing before it is answered."""
    year = typed("m/year", "In which year was it signed?", "1965")
    claim = plain(
        "m/tf", ItemType.BOOLEAN, stem="It was signed in 1965.", key=("True",), options=("True", "False")
    )
    assert not found("deck-leak-note", year, claim)


TOLD = typed("a/t", "Who signed the harbour treaty of 22 June 1965 for Japan?", "Etsusaburo Shiina")
ASKED = typed("b/t", "On which day was the harbour treaty signed?", "22 June 1965")


def test_an_answer_that_was_read_just_before_is_found() -> None:
    """The next question but four asks for the day that a stem named."""
    others = [typed(f"o{n}/t", f"What is number {n}?", "x") for n in range(5)]
    assert found("deck-leak-next", TOLD, *others[:4], ASKED) == ["b/t"]
    assert not found("deck-leak-next", TOLD, *others, ASKED)
    assert not found("deck-leak-next", ASKED, TOLD)


def test_what_everybody_is_told_gives_nothing_away() -> None:
    """No leak: an answer of one common word, one about something else, one in another topic."""
    short = typed("c/t", "Which country signed the harbour treaty of 22 June 1965?", "Japan")
    assert not found("deck-leak-next", TOLD, short)
    assert not found("deck-leak-next", TOLD, replace(ASKED, stem="On which day did the radar ship sail?"))
    assert not found("deck-leak-next", TOLD, replace(ASKED, topic="cup"))


def test_a_topic_with_more_than_twice_its_share_is_found() -> None:
    """Twenty items on five facts beside five on twenty facts."""
    much = [typed(f"m{n % 5}/{n}", f"What is {n}?", "x") for n in range(20)]
    little = [typed(f"l{n}/t", f"Who is {n}?", "x", topic="cup") for n in range(20)]
    assert found("deck-topics", *much, *little[:5])[:1] == []
    assert found("deck-topics", *much, *little)[:1] == [None]


def test_a_deck_of_one_type_is_found() -> None:
    """Two hundred items, of which more than half are of one type."""
    items = [typed(f"m{n}/t", f"What is {n}?", "x") for n in range(101)]
    others = [replace(item, type=ItemType.CLOZE) for item in items]
    assert found("deck-types", *items, *others[:99]) == [None]
    assert not found("deck-types", *items[:100], *others[:100])


PACT = """
entities: [{id: pact, type: agreement, name: Pact of Place, the: true}]
facts: [{id: pact-signed, topic: one, about: pact, property: signed, value: 1965, $cite}]
"""


def test_check_prints_the_guessers(tmp_path: Path) -> None:
    """`quizgen check --stats` ends with the table, and with --json gives it to programs."""
    pack = packs.write_pack(tmp_path, PACT)
    table = CliRunner().invoke(main, ["check", str(pack), "--stats"])
    assert "middle\t1\t" in table.output
    done = CliRunner().invoke(main, ["check", str(pack), "--stats", "--json"])
    data = json.loads(done.output)
    assert set(data) == {"problems", "warnings", "guesses"}
    assert {guess["guesser"] for guess in data["guesses"]} >= {"longest", "middle", "always true"}


@pytest.mark.parametrize("words", [["--skipped"], ["skipped"]])
def test_list_says_what_was_not_made(tmp_path: Path, words: list[str]) -> None:
    """`quizgen list --skipped RECIPE` and `quizgen list skipped RECIPE` are the same."""
    packs.load(tmp_path, PACT)
    done = CliRunner().invoke(main, ["list", *words, str(tmp_path / "small.yaml")])
    assert "pact-signed/which\t" in done.output


def test_list_of_a_deck_alone_lists_its_topics(tmp_path: Path) -> None:
    """`quizgen list RECIPE` is `quizgen list topics RECIPE`."""
    packs.load(tmp_path, PACT)
    recipe = str(tmp_path / "small.yaml")
    alone = CliRunner().invoke(main, ["list", recipe])
    assert alone.exit_code == 0
    assert alone.output == CliRunner().invoke(main, ["list", "topics", recipe]).output
