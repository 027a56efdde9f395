"""The picture of a date among its neighbours: which they are, where they stand, and what it costs a note."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli.common import bank_for
from quizgen.export.anki_note_type import FIELDS, NOT_CONTENT
from quizgen.export.anki_notes import note_id, notes_of
from quizgen.export.timeline import Timelines
from quizgen.items.item import Bank, Item, ItemType, Moment
from tests import banks
from tests.anki_desk import read

TIMELINE = list(FIELDS).index("Timeline")


def landmark(first: str, last: str | None = None, *, essential: bool = True) -> Item:
    """An item on a fact of its own that took place then."""
    moment = Moment(f"What was in {first}", first, last)
    return banks.item(f"at-{first}-{last}/typed", moment=moment, essential=essential)


def rows(items: list[Item], first: str, last: str | None = None) -> list[str]:
    """The dates that the picture of a moment lists, its own between stars."""
    html = Timelines(items).picture(Moment("This", first, last))
    found = re.findall(r'<li( class="this")?[^>]*><span class="when">(.*?)</span>', html)
    return [f"*{when}*" if this else when for this, when in found]


def test_the_nearest_two_landmarks_on_each_side_are_its_neighbours() -> None:
    """Of many essential dates the nearest two before and after are shown, in the order of time."""
    items = [landmark(str(year)) for year in (1996, 1910, 2023, 1965, 2016, 2018, 2019)]
    assert rows(items, "2017") == ["1996", "2016", "*2017*", "2018", "2019"]
    assert rows(items, "1900") == ["*1900*", "1910", "1965"]
    assert rows(items, "2024-08") == ["2019", "2023", "*Aug 2024*"]


def test_what_may_be_the_same_day_is_no_neighbour() -> None:
    """A landmark that is not surely earlier or later is left out; a period goes by its beginning."""
    items = [landmark("2016"), landmark("2016-11"), landmark("2016-11-23"), landmark("2016-12")]
    assert rows(items, "2016-11-23") == ["*23 Nov 2016*", "Dec 2016"]
    assert rows(items, "2016-11") == ["*Nov 2016*", "Dec 2016"]
    assert rows(items, "2016") == []
    assert rows([landmark("1910", "1945")], "1919") == ["1910–1945", "*1919*"]
    assert rows([landmark("1919")], "1910", "1945") == ["*1910–1945*", "1919"]


def test_detail_is_no_landmark_unless_there_is_nothing_else() -> None:
    """Only essential facts are neighbours; in a deck that calls none essential, every dated fact is."""
    detail = [landmark("1919", essential=False), landmark("1943", essential=False)]
    assert rows([*detail, landmark("1965")], "1950") == ["*1950*", "1965"]
    assert rows(detail, "1950") == ["1919", "1943", "*1950*"]


def test_no_date_and_no_neighbour_make_no_picture() -> None:
    """Without a date, with one that is none, or alone in its deck, a note has no picture."""
    timelines = Timelines([landmark("1965")])
    assert timelines.picture(None) == ""
    assert timelines.picture(Moment("x", "<b>", None)) == ""
    assert timelines.picture(Moment("x", "1965", None)) == ""


DAYS = st.dates().map(str)
DATES = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))


@given(st.lists(DATES, max_size=12), DATES)
def test_the_picture_is_sound_whatever_the_dates(landmarks: list[str], this: str) -> None:
    """It is well-formed, says what it shows, stands in its frame, and its dots are in its list's order."""
    html = Timelines(map(landmark, landmarks)).picture(Moment("This <&{{ one", this))
    if not html:
        return
    root = ElementTree.fromstring(html)  # noqa: S314  our own writing, and no entities in it
    svg = root.find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    title = svg.find("title")
    assert title is not None
    assert re.fullmatch(r"Timeline of \d+ to \d+: .+ is number \d of \d\.", title.text or "")
    places = [float(value[:-1]) for value in re.findall(r'(?:x|cx|x1)="([\d.]+%)"', html)]
    assert all(0 <= place <= 100 for place in places)
    dots = {dot.get("class"): float(dot.get("cx", "")[:-1]) for dot in svg.findall("circle")}
    listed = [entry.get("class") for entry in root.iter("li")]
    assert listed.count("this") == 1
    assert len(listed) == len(svg.findall("circle"))
    near = [float(dot.get("cx", "")[:-1]) for dot in svg.findall("circle") if dot.get("class") == "near"]
    assert near == sorted(near)
    before = near[: listed.index("this")]
    assert all(place <= dots["this"] for place in before)
    assert all(place >= dots["this"] for place in near[len(before) :])
    assert "{{" not in html
    assert len(svg.findall("text")) <= 4


def test_distances_are_to_scale() -> None:
    """The line begins with the first date, ends with the last, and a day is equally long all along."""
    items = [landmark("2001-01-01"), landmark("2005-01-01")]
    html = Timelines(items).picture(Moment("This", "2002-01-01"))
    near = [float(place) for place in re.findall(r'class="near" cx="([\d.]+)%"', html)]
    (this,) = (float(place) for place in re.findall(r'class="this" cx="([\d.]+)%"', html))
    assert (near[0], near[1]) == (3, 97)
    assert abs((this - near[0]) / (near[1] - near[0]) - 365 / 1461) < 0.005


def test_shipped_notes_have_one_where_their_fact_is_dated() -> None:
    """In the shipped deck dated facts have a picture, and so have orders of them, and no other note."""
    bank = bank_for(None)
    dated = {item.facts[0] for item in bank.items if item.moment}
    orders = [item for item in bank.items if item.type is ItemType.ORDER and dated.issuperset(item.facts)]
    assert len(orders) > 10
    dated |= {note_id(item) for item in orders}
    notes = notes_of(bank)
    assert {note.id for note in notes if note.fields[TIMELINE]} == dated & {note.id for note in notes}
    assert len(dated) > 50


def test_a_moment_says_what_happened() -> None:
    """No moment of the shipped deck is a bare name, which would say that the thing itself was then."""
    labels = {item.moment.label for item in bank_for(None).items if item.moment}
    assert not labels & {"Camp David", "Masatake Terauchi", "Yoshimichi Hasegawa", "Nobuyuki Abe"}


def test_another_landmark_changes_the_picture_alone() -> None:
    """A new neighbour changes a note's picture and nothing else of it; so no update hangs on the picture."""
    dated = replace(banks.item("a/typed"), moment=Moment("This", "2000"))
    one = Bank(banks.DECK, (dated, landmark("1990")))
    other = Bank(banks.DECK, (dated, landmark("1990"), landmark("1995")))
    before, after = notes_of(one)[0], notes_of(other)[0]
    differing = {
        name for name, old, new in zip(FIELDS, before.fields, after.fields, strict=True) if old != new
    }
    assert differing == {"Timeline"} <= NOT_CONTENT


def test_hostile_words_stay_words() -> None:
    """A label with markup, braces or foreign letters shows as the text it is."""
    for label in banks.HOSTILE:
        html = Timelines([landmark("1990")]).picture(Moment(label, "2000"))
        assert read(html).elements <= {
            "div",
            "svg",
            "title",
            "line",
            "text",
            "circle",
            "ol",
            "li",
            "span",
            "br",
        }
        assert "{{" not in html


def test_what_was_put_in_order_shows_its_dates() -> None:
    """The answer to an order item gives each entry its date, and a line with all of them to scale."""
    facts = [landmark("1990"), landmark("1965-06"), landmark("2016-11-23")]
    names = tuple(item.facts[0] for item in facts)
    key = ("What was in 1965-06", "What was in 1990", "What was in 2016-11-23")
    order = banks.item("set/order", ItemType.ORDER, options=key[::-1], key=key, facts=names)
    note = next(note for note in notes_of(Bank(banks.DECK, (*facts, order))) if note.id == "set")
    fields = dict(zip(FIELDS, note.fields, strict=True))
    dates = re.findall(r'<span class="when">(.*?)</span>', fields["Answer 1"])
    assert dates == ["June 1965", "1990", "23 Nov 2016"]
    assert "1965" not in read(fields["Question 1"]).text.replace("What was in 1965-06", "")
    assert re.findall(r'class="(\w+)" cx', fields["Timeline"]) == ["this"] * 3
    assert "Timeline of 1965 to 2016: 3 dates." in fields["Timeline"]


def test_an_order_whose_dates_are_not_known_shows_none() -> None:
    """Where a fact has no moment, or the entry other words than it, no entry gets a date."""
    facts = (landmark("1990"), landmark("2016"), banks.item("undated/typed"))
    for names, key in (
        (("at-1990-None", "undated"), ("What was in 1990", "Another")),
        (("at-1990-None", "at-2016-None"), ("What was in 1990", "Another")),
    ):
        order = banks.item("set/order", ItemType.ORDER, options=key, key=key, facts=names)
        note = next(note for note in notes_of(Bank(banks.DECK, (*facts, order))) if note.id == "set")
        assert "when" not in "".join(note.fields)
        assert not note.fields[TIMELINE]
