"""Judging a typed answer against the forms in which it is accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from quizgen.base.text import squeeze
from quizgen.quiz.dates import DateText, Fit, When, compare, read_date, read_period
from quizgen.quiz.numbers import Quantity, read_quantity, unit_name
from quizgen.quiz.slips import one_slip
from quizgen.quiz.verdict import RIGHT, WRONG, Mark, Verdict, kindest, nearly, unreadable
from quizgen.quiz.words import Likeness, forms_of, joined, liken

_AMBIGUOUS = "Day and month could be either way round: write the month as a word."
_NO_FIGURES = unreadable("That cannot be read as a date or a number.")
NOTHING = unreadable("There is no answer yet.")


def _one_date(key: When, given: DateText) -> Verdict:
    if not given.readings:
        return unreadable(given.trouble)
    fits = {compare(key, reading) for reading in given.readings}
    if len(fits) > 1 or (len(given.readings) > 1 and key.month is not None):
        return unreadable(_AMBIGUOUS)
    fit, missing = fits.pop()
    if fit is Fit.LESS:
        be = "is" if len(missing) == 1 else "are"
        return nearly(f"The {' and the '.join(missing)} {be} missing.")
    return RIGHT if fit is Fit.SAME else WRONG


def _as_date(form: str, response: str) -> Verdict | None:
    key = read_date(form)
    if key is None or len(key.readings) != 1:
        return None
    given = read_date(response)
    return None if given is None else _one_date(key.readings[0], given)


def _as_period(form: str, response: str) -> Verdict | None:
    key = read_period(form)
    if key is None or any(len(end.readings) != 1 for end in key):
        return None
    given = read_period(response)
    if given is None:
        one = read_date(response)
        if one is None:
            return None
        ends = [_one_date(end.readings[0], one).mark for end in key]
        return nearly("Give both the beginning and the end.") if Mark.RIGHT in ends else WRONG
    verdicts = [_one_date(end.readings[0], mine) for end, mine in zip(key, given, strict=True)]
    for mark in (Mark.WRONG, Mark.UNREADABLE, Mark.NEARLY):
        for verdict in verdicts:
            if verdict.mark is mark:
                return verdict
    return RIGHT


def _one_number(key: Quantity, given: Quantity, stem: str) -> Verdict:
    if key.value != given.value:
        return WRONG
    if key.unit == given.unit:
        return RIGHT
    if one_slip(key.unit, given.unit) and min(len(key.unit), len(given.unit)) > 3:
        return Verdict(Mark.RIGHT, f"The unit is spelt: {key.unit}.")
    asked = unit_name(re.sub(r"[^\w%]+", " ", stem.casefold()))
    asked = f" {asked} "
    if not given.unit:
        known = unit_name(key.unit)
        return RIGHT if f" {known} " in asked else nearly("The number is right; its unit is missing.")
    if not key.unit:
        return RIGHT if f" {given.unit} " in asked else nearly("Give the number alone.")
    return WRONG


def _as_number(form: str, response: str, stem: str) -> Verdict | None:
    pairs = [(key, given) for key in read_quantity(form) for given in read_quantity(response)]
    return kindest([_one_number(key, given, stem) for key, given in pairs]) if pairs else None


def _as_words(form: str, response: str, stem: str, shown: str, rivals: Collection[str]) -> Verdict:
    likeness = liken(response, form, stem=stem)
    if likeness is Likeness.SAME:
        return RIGHT
    if joined(response) in rivals:
        return WRONG
    if likeness is Likeness.SLIP:
        return Verdict(Mark.RIGHT, f"It is spelt: {shown}.")
    return nearly("That is part of it: give the answer in full.") if likeness is Likeness.PART else WRONG


def _against(form: str, response: str, stem: str, rivals: Collection[str]) -> Verdict:
    """The verdict on one form: as dates or numbers where both are, so that they stay exact; else as words."""
    found = [_as_period(form, response), _as_date(form, response), _as_number(form, response, stem)]
    exact = [verdict for verdict in found if verdict is not None]
    if exact:
        return kindest(exact)
    if read_date(form) or read_period(form) or read_quantity(form):
        if liken(response, form) is Likeness.SAME:
            return RIGHT
        figures = any(char.isdigit() for char in response)
        return _NO_FIGURES if figures else WRONG
    return kindest([_as_words(part, response, stem, form, rivals) for part in forms_of(form)])


def judge(forms: Sequence[str], response: str, *, stem: str = "", rivals: Collection[str] = ()) -> Verdict:
    """The verdict on a response where any of `forms` is right, the canonical one first.

    Dates and numbers are exact; a word may hold one slip, unless the response is one of `rivals`: other
    answers of the deck, in the form that `quizgen.quiz.words.joined` gives.
    """
    response = squeeze(response)
    if not joined(response):
        return NOTHING
    verdicts = [_against(form, response, stem, rivals) for form in forms]
    # What one form cannot make out but another can compare was read, and is not that other.
    legible = [verdict for verdict in verdicts if verdict is not _NO_FIGURES]
    verdict = kindest(legible or verdicts)
    named_twice = forms_of(response)[1:]
    if verdict.mark is not Mark.RIGHT and named_twice:
        # "GSOMIA (the General Security of …)": right where both names are.
        both = [judge(forms, name, stem=stem, rivals=rivals) for name in named_twice]
        verdict = max(both, key=lambda one: one.mark is not Mark.RIGHT)
    if verdict.mark is Mark.WRONG and " or " in response.casefold() and " or " not in forms[0].casefold():
        return unreadable("Give one answer.")
    return verdict
