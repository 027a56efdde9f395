"""Options in the order of the day, in a real browser: alike on both sides, and as built without a script."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.export.anki_note_type import shuffling
from quizgen.items.item import Bank, ItemType
from tests import banks
from tests.anki_desk import desk
from tests.card_look import CHROMIUM, SMALLEST, THEMES, Look, looks, measure

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to look with")

OPTIONS = ("Tea", "Coffee", "Milk", "Water")
# The lists that a reader sees, each as its entries' words; on the answer side, with the right ones marked.
LISTS = """
  return Array.prototype.filter.call(document.querySelectorAll(".options"), function (list) {
    return list.getClientRects().length;
  }).map(function (list) {
    return Array.prototype.map.call(list.children, function (entry) { return entry.textContent; });
  });
"""


def clock(iso: str) -> str:
    """A script that stops a page's clock at a local time."""
    return f"<script>Date.now = function () {{ return new Date({json.dumps(iso)}).getTime(); }};</script>"


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Look]:
    """Both sides of an item of each type that has options."""
    drinks: dict[str, Any] = {"stem": "Which is drunk?", "options": OPTIONS}
    items = (
        banks.item("choice/x", ItemType.CHOICE, key=("Milk",), **drinks),
        banks.item("multi/x", ItemType.MULTI, key=("Tea", "Water"), **drinks),
        banks.item("order/x", ItemType.ORDER, key=OPTIONS, facts=("choice", "multi"), **drinks),
        banks.item("years/x", ItemType.CHOICE, key=("2016",), options=("2012", "2016", "2019", "2023")),
    )
    with desk(tmp_path_factory.mktemp("desk")) as opened:
        opened.import_bank(Bank(banks.DECK, items))
        return {look.name: look for look in looks(opened)}


def shown(folder: Path, pages: dict[str, str]) -> dict[str, list[str]]:
    """The one visible list of options of each page."""
    found = measure(folder, pages, [SMALLEST], LISTS)
    assert all(len(lists) == 1 for lists in found.values())
    return {
        name.rpartition("/")[0]: [text.removesuffix(" ✓ right") for text in lists[0]]
        for name, lists in found.items()
    }


def page(look: Look, time: str, script: bool = True) -> str:
    """A side as shown at a local time, in an Anki that runs scripts or in one that doesn't."""
    side = look.side if script else re.sub(r"<script>.*?</script>", "", look.side, flags=re.DOTALL)
    return replace(look, side=clock(time) + side).page(THEMES[0])


def test_both_sides_show_one_order_whatever_the_day(sides: dict[str, Look], tmp_path: Path) -> None:
    """Front and back agree on each of thirty days, and on most days the order is not yesterday's."""
    days = [f"2026-11-{day:02}T12:00" for day in range(1, 31)]
    names = [f"{kind}-1-{side}" for kind in ("choice", "multi") for side in ("front", "back")]
    found = shown(tmp_path, {f"{name} {day}": page(sides[name], day) for name in names for day in days})
    for kind in ("choice", "multi"):
        orders = [tuple(found[f"{kind}-1-front {day}"]) for day in days]
        assert orders == [tuple(found[f"{kind}-1-back {day}"]) for day in days]
        assert all(sorted(order) == sorted(OPTIONS) for order in orders)
        assert sum(one != other for one, other in itertools.pairwise(orders)) > 20


def test_a_day_begins_at_four(sides: dict[str, Look], tmp_path: Path) -> None:
    """Midnight changes nothing between the two sides of a card; Anki's day ends at four in the morning."""
    times = ("2026-11-05T23:59", "2026-11-06T00:01", "2026-11-06T03:59", "2026-11-06T04:00")
    names = ("choice-1-front", "multi-1-front")
    found = shown(tmp_path, {f"{name} {time}": page(sides[name], time) for name in names for time in times})
    late = [[found[f"{name} {time}"] for name in names] for time in times]
    assert late[0] == late[1] == late[2] != late[3]


def test_without_a_script_the_options_stand_as_built(sides: dict[str, Look], tmp_path: Path) -> None:
    """An Anki that runs no script shows both sides in the order of the bank, every option there."""
    names = ("choice-1-front", "choice-1-back", "multi-1-front", "multi-1-back", "order-1-front")
    pages = {name: page(sides[name], "2026-11-05T12:00", script=False) for name in names}
    assert shown(tmp_path, pages) == {name: list(OPTIONS) for name in names}


def test_dates_and_numbers_keep_their_order(sides: dict[str, Look], tmp_path: Path) -> None:
    """What has an order of its own is never shuffled."""
    pages = {
        f"{side} {day}": page(sides[f"years-1-{side}"], f"2026-11-{day}T12:00")
        for side in ("front", "back")
        for day in range(10, 20)
    }
    assert set(map(tuple, shown(tmp_path, pages).values())) == {("2012", "2016", "2019", "2023")}


# Runs the script on one list on each of many days, and counts how often each entry comes in each place.
TALLY = """
  var script = document.querySelector("script.tested").textContent, list = document.querySelector("ol");
  var built = list.innerHTML, orders = [], start = window.Date.UTC(2026, 0, 1, 12);
  for (var day = 0; day < 600; day++) {
    list.innerHTML = built;
    list.classList.add("mix");
    window.Date.now = function () { return start + day * 86400000; };
    window.eval(script);
    orders.push(list.textContent);
    window.eval(script);
    if (list.textContent !== orders[day]) orders.push("moved twice");
  }
  return orders;
"""


def test_no_place_is_favoured(tmp_path: Path) -> None:
    """Over six hundred days each of the six orders of three options comes about as often as the others.

    The days are fixed, so this never fails by chance. Another run of the script on a page moves nothing.
    """
    options = "".join(f"<li>{letter}</li>" for letter in "XYZ")
    script = shuffling().replace("<script>", '<script class="tested" type="text/plain">')
    inside = f'<div class="qg"><div class="stem">Which?</div><ol class="mix">{options}</ol></div>{script}'
    (orders,) = measure(tmp_path, {"page": f"<!doctype html><body>{inside}"}, [SMALLEST], TALLY).values()
    counts = Counter(orders)
    assert len(orders) == 600
    assert len(counts) == 6
    assert all(70 <= count <= 130 for count in counts.values()), counts
