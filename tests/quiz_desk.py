"""Asks a hand-made bank on whatever standard input and output are; `keys` asks it a page at a time."""

import sys

from quizgen.quiz.by_key import Pages
from quizgen.quiz.by_line import Lines
from quizgen.quiz.desk import Desk
from quizgen.quiz.keeper import Nowhere
from quizgen.quiz.result import show_brief, show_result
from quizgen.quiz.session import Fixed
from quizgen.store.store import Store
from tests.banks import hostile, one_of_each


def _no_store() -> Store:
    raise AssertionError("nothing is kept here")


if __name__ == "__main__":
    bank = hostile() if "hostile" in sys.argv else one_of_each()
    desk = Desk(bank, Fixed(bank.items), Nowhere(bank.deck, _no_store))
    if "keys" in sys.argv:
        Pages(desk).run()
        show_brief(desk)
    else:
        Lines(desk).run()
        show_result(desk)
