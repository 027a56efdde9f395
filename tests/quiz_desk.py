"""Asks a hand-made bank on whatever standard input and output are; `keys` asks it a page at a time.

`shipped` asks a few of the shipped questions, for the pictures in `docs/quiz.md`.
"""

import sys

from quizgen.cli.common import bank_for
from quizgen.quiz.by_key import Pages
from quizgen.quiz.by_line import Lines
from quizgen.quiz.desk import Desk
from quizgen.quiz.keeper import Nowhere
from quizgen.quiz.plan import Agenda, Spaced
from quizgen.quiz.result import show_brief, show_result
from quizgen.quiz.session import Fixed, Plan
from quizgen.store.store import Store
from tests.banks import hostile, one_of_each

SHOWN = ("gsomia-signed/year-choice", "basic-treaty-signed/cloze", "gsomia-signed/cloze")


def _no_store() -> Store:
    raise AssertionError("nothing is kept here")


if __name__ == "__main__":
    bank = hostile() if "hostile" in sys.argv else one_of_each()
    plan: Plan = Fixed(bank.items)
    if "shipped" in sys.argv:
        bank = bank_for(None)
        known = {item.id: item for item in bank.items}
        first, *rest = (known[name] for name in SHOWN)
        plan = Spaced(Agenda((first,), tuple(rest)))
    desk = Desk(bank, plan, Nowhere(bank.deck, _no_store))
    if "keys" in sys.argv:
        Pages(desk).run()
        show_brief(desk)
    else:
        Lines(desk).run()
        show_result(desk)
