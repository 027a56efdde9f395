"""Asks the hand-made bank with every type of item, on whatever standard input and output are."""

from quizgen.quiz.screen import run, show_result
from quizgen.quiz.session import Fixed
from tests.banks import one_of_each

if __name__ == "__main__":
    bank = one_of_each()
    show_result(bank, run(bank, Fixed(bank.items)))
