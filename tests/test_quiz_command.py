"""`quizgen quiz` as a person or a program runs it: a real process, on a pseudo-terminal or in a pipe."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.pseudo_terminal import CHECKOUT, PseudoTerminal, environment

DECK = "tests/cases/quiz/deck.yaml"
QUIZ = ["-m", "quizgen", "quiz", DECK, "--seed", "1", "--plain"]
LEAF = "On what date was the Leaf Pact inked?"
RIGHT = {LEAF: "23 November 2016", "On what date was the Cup Pact inked?": "22 June 1965"}


def piped(*arguments: str, answers: str = "", **extra: Any) -> subprocess.CompletedProcess[str]:
    """`quizgen quiz` with its answers piped in, when it has ended."""
    return subprocess.run(
        [sys.executable, "-m", "quizgen", "quiz", *arguments],
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env=environment(extra),
    )


def test_a_person_answers_and_sees_the_source() -> None:
    """Answered nearly and then right: the explanation, the source and its link follow, then the result."""
    screen = PseudoTerminal([*QUIZ, "--topic", "leaf"])
    screen.wait_for(LEAF)
    screen.answer("2016")
    screen.wait_for("Nearly. The month and the day are missing.\n")
    screen.answer("Nov 23, 2016")
    screen.wait_for(
        "Right.\n"
        "The Leaf Pact was inked on 23 November 2016. The <b>kettle</b> was on.\n"
        "Source: The treaty of the leaf. Ministry of Tea, by A. Clerk, 23 November 2016,\n"
        "paragraph 3.\n"
        "  https://example.org/leaf#:~:text=the%20leaf%20was,of%20the%20tea\n"
    )
    screen.go_on()
    screen.wait_for(
        "\n"
        "Result: 1 of 1 question right, 100 %.\n"
        "Topic     Right\n"
        "The leaf  1 of 1\n"
        "\n"
        "For the same questions again: --seed 1\n"
    )
    assert screen.end() == 0


def test_a_link_opens_the_passage_where_the_terminal_can() -> None:
    """A terminal that knows links gets the address behind words that name the site."""
    screen = PseudoTerminal([*QUIZ, "--topic", "leaf"], VTE_VERSION="7600")
    screen.answer("x")
    screen.go_on()
    assert screen.end() == 0
    address = "https://example.org/leaf#:~:text=the%20leaf%20was,of%20the%20tea"
    words = "\x1b[4mOpen the passage at example.org\x1b[0m"
    assert f"  \x1b]8;;{address}\x1b\\{words}\x1b]8;;\x1b\\\r\n" in screen.raw


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize(
    "look", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["colour", "NO_COLOR", "dumb"]
)
def test_leaving_early_shows_the_result_so_far(key: str, look: dict[str, str]) -> None:
    """Either key ends the quiz with the result of the first answer, no traceback, and exit code 0."""
    screen = PseudoTerminal(QUIZ, **look)  # type: ignore[arg-type]
    screen.answer("no idea")
    screen.go_on()
    screen.wait_for("Question 2 of 2")
    screen.press(key)
    screen.wait_for("Result: 0 of 1 question right, 0 %. You ended before question 2.\n")
    assert screen.end() == 0
    assert "Traceback" not in screen.output
    assert "Aborted" not in screen.output


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_at_once_is_no_error(key: str) -> None:
    """Without any answer there is no result to show, and still nothing went wrong."""
    screen = PseudoTerminal(QUIZ)
    screen.press(key)
    screen.wait_for("No question was answered.\n")
    assert screen.end() == 0


def test_an_interrupt_counts_what_was_answered() -> None:
    """Ctrl-C in the middle of typing throws away that line, and nothing that was answered before."""
    screen = PseudoTerminal(QUIZ)
    screen.wait_for("On what date")
    question = f"On what date{screen.wait_for('?')}"
    screen.answer(RIGHT[question])
    screen.go_on()
    screen.wait_for("Question 2 of 2")
    screen.press("half an ans")
    screen.wait_for("half an ans")
    screen.press("\x03")
    screen.wait_for("Result: 1 of 1 question right, 100 %. You ended before question 2.\n")
    assert screen.end() == 0


def test_answers_can_be_piped_in() -> None:
    """In a pipe each paragraph is a line without escapes, and each answer stands behind its prompt."""
    done = piped(DECK, "--seed", "1", "--topic", "leaf", answers="11/23/2016\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Tea and treaties: 1 question.\n"
        "Enter alone shows the answer; Ctrl-D ends the quiz.\n"
        "\n"
        "Question 1 of 1: The leaf\n"
        f"{LEAF}\n"
        "Your answer: 11/23/2016\n"
        "Right.\n"
        "The Leaf Pact was inked on 23 November 2016. The <b>kettle</b> was on.\n"
        "Source: The treaty of the leaf. Ministry of Tea, by A. Clerk, 23 November 2016, paragraph 3.\n"
        "  https://example.org/leaf#:~:text=the%20leaf%20was,of%20the%20tea\n"
        "\n"
        "Result: 1 of 1 question right, 100 %.\n"
        "Topic\tRight\n"
        "The leaf\t1 of 1\n"
        "\n"
        "For the same questions again: --seed 1\n"
    )


def test_the_same_seed_asks_the_same() -> None:
    """A seed fixes the whole session; without one the seed is told, and asks the same again."""
    first = piped(DECK, answers="x\nx\n").stdout
    seed = first.rsplit(" ", 1)[-1].strip()
    assert piped(DECK, "--seed", seed, answers="x\nx\n").stdout == first


def test_escapes_of_facts_and_answers_are_shown_as_text() -> None:
    """Neither a source's title, nor a topic's name, nor an answer moves the cursor or names the window."""
    screen = PseudoTerminal([*QUIZ, "--topic", "cup"], NO_COLOR="1")
    screen.answer("22 June 1965")
    screen.go_on()
    assert screen.end() == 0
    assert "\x1b" not in screen.raw
    assert "The cup ␛[31m& saucer" in screen.output
    assert "A rumour ␛]0;owned␇. The Kettle, 2019, paragraph 1. A weak source" in " ".join(
        screen.output.split()
    )
    done = piped(DECK, "--topic", "cup", answers="\x1b[2J\x9b\n")
    assert "Your answer: ␛[2J⟨U+009B⟩\n" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    """Where the pipe that takes the output closes, the quiz ends quietly with exit code 0."""
    process = subprocess.Popen(
        [sys.executable, *QUIZ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=CHECKOUT,
        env=environment({}),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"x\nx\n")
    process.stdin.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_an_unknown_topic_is_told_with_the_nearest() -> None:
    """A topic is known by its id or its title; another one ends with exit code 1 and a located message."""
    assert piped(DECK, "--topic", "THE LEAF", answers="x\n").returncode == 0
    done = piped(DECK, "--topic", "leav", "--topic", "cup")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "quizgen: --topic: the deck tea has no topic 'leav'; did you mean 'leaf'?\n"


def test_types_that_do_not_occur_are_told() -> None:
    """A type that the deck doesn't have ends with exit code 1, one that doesn't exist with usage and 2."""
    done = piped(DECK, "--type", "match")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "quizgen: --type: the deck tea has no item of type match; leave out --type\n"
    done = piped(DECK, "--type", "mach")
    assert done.returncode == 2
    assert (
        "'mach' is not one of 'choice', 'multi', 'boolean', 'typed', 'cloze', 'order', 'match'" in done.stderr
    )


def test_an_unknown_deck_is_told() -> None:
    """A deck that isn't there ends with exit code 1 and no traceback."""
    done = piped("no-such-deck")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("quizgen: DECK: there is no deck 'no-such-deck'; ")


def test_help_shows_examples() -> None:
    """`--help` says what the command does, how it is called, and how answers are given."""
    said = piped("--help").stdout
    for line in ("quizgen quiz --topic gsomia --new 5", "Usage: ", "--seed NUMBER", "exit code 0"):
        assert line in said


def test_rich_is_not_needed_for_the_first_question() -> None:
    """The quickest way to the first question imports neither rich nor the grader."""
    program = (
        "import sys; sys.argv = ['quizgen', 'quiz', sys.argv[1], '--seed', '1']\n"
        "from quizgen.cli import main\n"
        "main(standalone_mode=False)\n"
        "print(sorted({'rich', 'quizgen.quiz.grade', 'genanki'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, DECK],
        input="",
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env=environment({}),
    )
    assert done.stdout.endswith("\n[]\n")
