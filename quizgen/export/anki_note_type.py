"""The note type of a deck: its fields, its card templates, and the numbers that Anki knows them by.

Learners' reviews hang on what stands here. A field or a template may be renamed and its text may change; its
number may not, nor its place, and none may be added or taken away: Anki would then refuse the whole upgrade
("conflicting") unless the learner picks a special option. Hence the spare fields, which a later release can
name and fill, and the eight card slots, of which most facts use a few.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

SLOTS = range(1, 9)

# Anki matches fields and templates by these ids when it merges an upgrade. Any number does, if it stays.
_FIELD_ID = 7_105_000_000
_TEMPLATE_ID = 7_106_000_000

_NOTE_FIELDS = {
    "Id": 1,
    "Sort": 2,
    "Topic": 3,
    "Explanation": 4,
    "Attribution": 5,
    "As of": 6,
    "Sources": 7,
    "My notes": 8,
    "Typing": 10,
    "Timeline": 9,
}
_SLOT_FIELDS = {
    f"{side} {slot}": base + slot
    for slot in SLOTS
    for side, base in (("Question", 100), ("Answer", 200), ("Key", 300))
}
_SPARE_FIELDS = {f"Spare {number}": 50 + number for number in range(1, 13)}

# Field name -> its number for ever, in the order that Anki keeps the fields.
# Last stands the stamp (anki_stamp.py), out of a learner's way.
FIELDS = _NOTE_FIELDS | _SLOT_FIELDS | _SPARE_FIELDS | {"Stamp": 11}
SORT_FIELD = list(FIELDS).index("Sort")

# What a note may show otherwise without being another note: the picture of a date's neighbours changes when
# any neighbour does. A new one alone must not date the note anew, because an import would then replace the
# whole note, and a learner's own words with it. It arrives with the note's next correction.
# The stamp follows from the rest.
NOT_CONTENT = frozenset({"Timeline", "Stamp"})

# What an empty field says in Anki's editor.
_HINTS = {
    "My notes": "Yours. An upgrade of the deck empties it on the notes that it corrects.",
    "Typing": "Yours. Write anything here, and the cards of this note ask you to type.",
}

# The fields that are the learner's own: the deck ships them empty, and `quizgen push` never writes them.
LEARNERS = frozenset(_HINTS)

# What supports an answer, and how the answer side wraps it: as a field of the note where all its cards
# agree, or inside one card's answer where they don't.
SUPPORT = {
    "Explanation": '<div class="why" dir="auto">{}</div>',
    "Attribution": '<p class="claim">According to {}.</p>',
    "As of": '<p class="claim">As of {}.</p>',
    "Timeline": "{}",
    "Sources": '<div class="cited"><p class="label">Sources</p>{}</div>',
}

# MathJax skips elements of this class, so that a backslash in a fact shows as the text it is.
_SIDE = '<div class="qg {side} tex2jax_ignore"><p class="topic">{topic}</p>{body}</div>'


def fields() -> list[dict[str, Any]]:
    """The fields as genanki takes them. Those that a learner has no use for are folded in Anki's editor."""
    return [
        {
            "name": name,
            "id": _FIELD_ID + number,
            "collapsed": name not in _HINTS,
            "preventDeletion": name == "Id",
            "description": _HINTS.get(name, ""),
        }
        for name, number in FIELDS.items()
    ]


def templates() -> list[dict[str, Any]]:
    """The card templates as genanki takes them, one to a slot."""
    return [_template(slot) for slot in SLOTS]


def style() -> str:
    """The style sheet of every card."""
    return resources.files("quizgen.export").joinpath("anki_style", "card.css").read_text("utf-8")


def shuffling() -> str:
    """What puts options into the order of the day, as a script element without its comments."""
    script = resources.files("quizgen.export").joinpath("anki_style", "shuffle.js").read_text("utf-8")
    lines = [line.strip() for line in script.splitlines() if not line.startswith("//")]
    return "<script>{}</script>".format("\n".join(lines))


def _template(slot: int) -> dict[str, Any]:
    asked, answered = _field(f"Question {slot}"), _field(f"Answer {slot}")
    support = "".join(_if_filled(name, html.format(_field(name))) for name, html in SUPPORT.items())
    # `nc` compares without accents. Anki puts a text field here, and what was typed on the answer side.
    box = f'<div class="typing">{_field(f"type:nc:Key {slot}")}</div>'
    typing = _if_filled("Typing", _if_filled(f"Key {slot}", box))
    report = f'<p class="id">A mistake? Name <b>{_field("Id")}</b> when you report it.</p>'
    mine = f'<div class="qg mine" dir="auto"><p class="topic">My notes</p>{_field("My notes")}</div>'
    front = _SIDE.format(side="front", topic=_field("Topic"), body=asked + typing) + shuffling()
    back = f'<div class="asked">{asked}</div><hr id="answer">{typing}{answered}{support}{report}'
    return {
        "name": f"Question {slot}",
        "id": _TEMPLATE_ID + slot,
        # An empty slot has an empty front, and of that Anki makes no card.
        "qfmt": _if_filled(f"Question {slot}", front),
        "afmt": "".join(
            (
                _SIDE.format(side="back", topic=_field("Topic"), body=back),
                _if_filled("My notes", mine),
                shuffling(),
            )
        ),
        # Anki's list of cards shows these; it knows no style sheet.
        "bqfmt": asked,
        "bafmt": answered,
    }


def _field(name: str) -> str:
    return "{{" + name + "}}"


def _if_filled(field: str, html: str) -> str:
    return f"{_field('#' + field)}{html}{_field('/' + field)}"
