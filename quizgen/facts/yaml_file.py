"""The only reader and writer of YAML: plain data, within bounds, and the place of everything in it.

PyYAML's C parser gives the events; the data is built from them here, because PyYAML's own loader keeps
the last of two equal keys in silence, builds objects on request, and takes six times as long.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from quizgen.base.files import read_text
from quizgen.base.problems import Problem, brief

if TYPE_CHECKING:
    from pathlib import Path

MAX_DEPTH = 20
MAX_NODES = 2_000_000
MAX_ALIASED = 10_000

Loc = tuple[str | int, ...]
Plain = str | int | float | bool | None | list[Any] | dict[str, Any]

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)(\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Plain] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WORDS |= {word.title(): value for word, value in _WORDS.items()} | {w.upper(): v for w, v in _WORDS.items()}

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEFORE_TAB = re.compile(r"[ \-]*\t")
# What the parser says, and what it means to somebody who writes facts: message, what to do, and whether the
# mistake is where the unfinished thing began.
_PLAINLY: dict[str, tuple[str, str, bool]] = {
    "found unexpected end of stream": (
        "what opens here never closes",
        "add the closing quotation mark",
        True,
    ),
    "did not find expected ',' or ']'": ("a list opens here and never closes", "add ']' or a comma", True),
    "did not find expected ',' or '}'": ("a mapping opens here and never closes", "add '}' or a comma", True),
    "mapping values are not allowed in this context": (
        "a colon is not expected here",
        "put quotes round the whole value, or mend the indentation",
        False,
    ),
    "found character that cannot start any token": (
        "a value may not begin so",
        "put quotes round the whole value",
        False,
    ),
    "found unknown escape character": (
        "a backslash may not stand before this character",
        "double the backslash, or use single quotes",
        False,
    ),
    "could not find expected ':'": (
        "a key has no colon",
        "write 'key: value' here or on the line above",
        False,
    ),
    "did not find expected key": ("this line does not line up", "indent it as its neighbours are", False),
    "did not find expected '-' indicator": (
        "this line does not line up",
        "begin it with '- ', or indent it as its neighbours are",
        False,
    ),
}


@dataclass(slots=True)
class Document:
    """One YAML file: its data, and where each part of it stands."""

    shown: str
    text: str
    data: Plain = None
    # Whether a section stands twice, so that the entries of the second are not in `data`.
    incomplete: bool = False
    _places: dict[Loc, tuple[int, int]] | None = field(default=None, repr=False)

    def place(self, loc: Loc) -> tuple[int, int]:
        """Line and column, from 1, of what `loc` leads to, or of the nearest part around it that exists.

        The places are found by a second reading, made when the first problem asks: a sound file never pays.
        """
        if self._places is None:
            self._places = {}
            for way, found in _places(self.text):
                self._places.setdefault(way, found)  # of two equal keys, the first is the one in `data`
        while loc and loc not in self._places:
            loc = loc[:-1]
        return self._places.get(loc, (1, 1))

    def problem(self, loc: Loc, message: str, hint: str, name: str | None = None) -> Problem:
        """A problem at `loc`; its field is the last name on the way there unless `name` says otherwise."""
        if name is None:
            name = next((part for part in reversed(loc) if isinstance(part, str)), "")
        line, column = self.place(loc)
        return Problem(self.shown, line, column, name, message, hint)


class _RefusedError(Exception):
    """What the builder will not build, and where."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


class _Builder:
    """Builds plain data from the parser's events."""

    def __init__(self, text: str, shown: str) -> None:
        self.parser = _PARSER(text)
        self.next = self.parser.get_event
        self.shown = shown
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Plain, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0
        self.aliased = 0
        self.section_twice = False

    def document(self) -> Plain:
        """The file's one document."""
        self.next()  # the stream's start
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(event.start_mark, "the file is empty", "write facts in it, or remove it")
        data = self.node(self.next(), 0)
        self.next()  # the document's end
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(
                event.start_mark, "a second document begins here", "keep one document a file: drop the '---'"
            )
        return data

    def node(self, event: Any, depth: int) -> Plain:
        """The data that begins with `event`."""
        self.nodes += 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag is not None:
                self._refuse_tag(event)
            if self.nodes > MAX_NODES:
                self._refuse_size(event)
            value = _scalar(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = (value, 1)
            return value
        if kind is yaml.AliasEvent:
            return self._alias(event)
        if event.tag is not None:
            self._refuse_tag(event)
        if depth >= MAX_DEPTH:
            raise _RefusedError(
                event.start_mark, f"nested more than {MAX_DEPTH} deep", "facts need far less: flatten it"
            )
        if self.nodes > MAX_NODES:
            self._refuse_size(event)
        before = self.nodes
        if event.anchor is not None:
            self.open_anchors.add(event.anchor)
        value = self._mapping(depth) if kind is yaml.MappingStartEvent else self._sequence(depth)
        if event.anchor is not None:
            self.open_anchors.discard(event.anchor)
            self.anchors[event.anchor] = (value, self.nodes - before + 1)
        return value

    def _sequence(self, depth: int) -> list[Plain]:
        items: list[Plain] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise _RefusedError(
                    event.start_mark, "a key is a list, a mapping or an alias", "use a plain word as the key"
                )
            if event.tag is not None:
                self._refuse_tag(event)
            key = event.value
            if key == "<<" and event.implicit[0]:
                message, hint = "'<<' (a merge) is not allowed: expected plain data", "write the fields out"
                raise _RefusedError(event.start_mark, message, hint)
            event_of_value = self.next()
            if (
                type(event_of_value) is yaml.ScalarEvent
                and event_of_value.tag is event_of_value.anchor is None
            ):
                # Most values are plain words, and each is spared a call here.
                self.nodes += 1
                value = _scalar(event_of_value)
            else:
                value = self.node(event_of_value, depth + 1)
            if key in found:
                self.section_twice = self.section_twice or depth == 0
                self._note(event.start_mark, key, depth)
            else:
                found[key] = value
        return found

    def _alias(self, event: Any) -> Plain:
        if event.anchor in self.open_anchors:
            raise _RefusedError(event.start_mark, f"*{event.anchor} contains itself", "write the value out")
        if event.anchor not in self.anchors:
            raise _RefusedError(
                event.start_mark, f"*{event.anchor} names no anchor", f"add &{event.anchor} before it"
            )
        value, size = self.anchors[event.anchor]
        self.nodes += size
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            message = f"aliases stand for more than {MAX_ALIASED:,} values"
            raise _RefusedError(event.start_mark, message, "write the values out")
        return value

    def _refuse_tag(self, event: Any) -> None:
        if event.tag != "!" and not event.tag.startswith("tag:yaml.org,2002:str"):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the tag {brief(tag)} is not allowed: expected plain data"
            raise _RefusedError(event.start_mark, message, "remove the tag")

    def _refuse_size(self, event: Any) -> None:
        message = f"more than {MAX_NODES:,} values in one file"
        raise _RefusedError(event.start_mark, message, "split it into several")

    def _note(self, mark: Any, key: str, depth: int) -> None:
        message = f"the key {brief(key)} stands here twice"
        hint = "keep one of the two" if depth else "put the entries of both under the first"
        self.problems.append(Problem(self.shown, mark.line + 1, mark.column + 1, key, message, hint))


def _scalar(event: Any) -> Plain:
    """A scalar as YAML 1.2's core schema reads it: `no` is a word and 2016-11-23 is text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    first = text[:1]
    if first.isdigit() or first in ("+", "-"):
        match = _NUMBER.fullmatch(text)
        if match is not None and len(text) < 40:
            digits = text.replace("_", "")
            number = int(digits) if digits.lstrip("+-").isdigit() else float(digits)
            return number if math.isfinite(number) else text
    elif text in _WORDS:
        return _WORDS[text]
    return text


def load(path: Path, shown: str) -> tuple[Document | None, list[Problem]]:
    """Read one file. The document is None where nothing of it can be used."""
    text, problems = read_text(path, shown)
    return (None, problems) if text is None else parse(text, shown)


def parse(text: str, shown: str) -> tuple[Document | None, list[Problem]]:
    """Read one file's text; `shown` is the file's name in messages."""
    try:
        builder = _Builder(text, shown)
        try:
            data = builder.document()
        finally:
            builder.parser.dispose()
    except _RefusedError as error:
        problem = Problem(shown, error.mark.line + 1, error.mark.column + 1, "", error.message, error.hint)
        return None, [*builder.problems, problem]
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error, text, shown)]
    return Document(shown, text, data, builder.section_twice), builder.problems


_PLAIN_KEY = re.compile(r"[a-z0-9]*[a-z-][a-z0-9-]*")
# Line ends that are none in JSON, and what an editor or a terminal would obey or YAML refuses.
_TO_ESCAPE = re.compile("[\x7f-\xa0\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def flow(value: Any) -> str:
    """Plain data on one line of YAML that `parse` reads back as it was; tuples come back as lists.

    Text is quoted wherever it is no key, so that no digest or date is taken for a number.
    """
    if isinstance(value, dict):
        return "{" + ", ".join([f"{flow_key(key)}: {flow(entry)}" for key, entry in value.items()]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    quoted = json.dumps(value, ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def flow_key(key: str | int) -> str:
    """A mapping's key, quoted where it is no id; `parse` reads every key back as text."""
    if isinstance(key, int):
        return str(key)
    return key if _PLAIN_KEY.fullmatch(key) and key not in _WORDS and key[0] != "-" else flow(key)


def _syntax_problem(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        # The parser counts bytes here; letters are what an editor counts.
        found = _NOT_YAML.search(text, 1)
        position = found.start() if found is not None else 0
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        message = f"YAML does not allow the character U+{ord(text[position]):04X}"
        return Problem(shown, line, column, "", message, "remove it")
    line, column = mark.line + 1, mark.column + 1
    lines = text.split("\n")
    source = lines[mark.line] if mark.line < len(lines) else ""
    if _BEFORE_TAB.match(source[: mark.column + 1]) or source[mark.column : mark.column + 1] == "\t":
        return Problem(shown, line, column, "", "a tab, where YAML wants spaces", "indent with spaces")
    what = getattr(error, "problem", None) or "unreadable"
    message, hint, at_start = _PLAINLY.get(what, (what, "look here and on the line above", False))
    if at_start and (begin := getattr(error, "context_mark", None)) is not None:
        line, column = begin.line + 1, begin.column + 1
    return Problem(shown, line, column, "", f"this is not YAML: {message}", hint)


def _places(text: str) -> Iterator[tuple[Loc, tuple[int, int]]]:
    """Every part's way from the top, and its place; a mapping's value stands where its key does."""
    way: list[str | int] = []
    # One entry for each open collection: None while a key is awaited, "" after it, a count in a list.
    state: list[int | str | None] = []
    event: Any
    for event in yaml.parse(text, Loader=_PARSER):
        mark = event.start_mark
        if isinstance(event, yaml.CollectionEndEvent):
            state.pop()
            if way and state:
                _leave(way, state)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        if state and state[-1] is None:
            way.append(event.value if isinstance(event, yaml.ScalarEvent) else "")
            state[-1] = ""
            yield tuple(way), (mark.line + 1, mark.column + 1)
            continue
        if state and isinstance(state[-1], int):
            way.append(state[-1])
            yield tuple(way), (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.CollectionStartEvent):
            state.append(None if isinstance(event, yaml.MappingStartEvent) else 0)
        elif state:
            _leave(way, state)


def _leave(way: list[str | int], state: list[int | str | None]) -> None:
    """Step out of a value that has ended: the next in the list, or the next key."""
    way.pop()
    top = state[-1]
    state[-1] = top + 1 if isinstance(top, int) else None
