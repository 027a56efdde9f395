"""The manual page quizgen(1), made from the commands themselves.

click-man, the library for this, writes a page for each command, without examples, exit codes or environment.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from quizgen import __version__
from quizgen.cli import COMMANDS, main
from quizgen.cli.exits import MEANINGS

ENVIRONMENT = {
    "QUIZGEN_STATE": "The store of your progress, where --state names no other.",
    "XDG_DATA_HOME": "The folder that holds quizgen/progress.sqlite3, the store where nothing names another;"
    " ~/.local/share if unset.",
    "XDG_CACHE_HOME": "The folder that holds quizgen/, the items kept for a quick start; ~/.cache if unset."
    " It may be emptied at any time.",
    "NO_COLOR": "If set, no colours, plots or escape sequences: plain lines.",
    "TERM": "With dumb, the same.",
    "SOURCE_DATE_EPOCH": "Seconds since 1970, instead of today in what is written: for builds that can be"
    " repeated.",
    "BROWSER": "What opens a source from a quiz.",
}
FILES = {
    "~/.local/share/quizgen/progress.sqlite3": "Your answers and what follows from them. Nothing is ever sent"
    " anywhere.",
    "~/.cache/quizgen/": "Items kept from one quiz to the next.",
}


def page(day: str) -> str:
    """The page as of a day, `2026-11-22`."""
    lines = [
        f'.TH QUIZGEN 1 "{day}" "quizgen {__version__}" "User Commands"',
        ".SH NAME",
        "quizgen \\- turn sourced facts into questions for Anki and the terminal",
        ".SH SYNOPSIS",
        ".B quizgen",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]",
        ".SH DESCRIPTION",
        *_prose(main.help or ""),
        *_options(main, "quizgen"),
        ".SH COMMANDS",
    ]
    for name in sorted(COMMANDS):
        command = main.get_command(click.Context(main), name)
        assert command is not None
        lines += _command(command, f"quizgen {name}")
    lines += [".SH EXIT STATUS", *_terms({str(code): words for code, words in MEANINGS.items()})]
    lines += [".SH ENVIRONMENT", *_terms(ENVIRONMENT), ".SH FILES", *_terms(FILES)]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    yield f".SS {_escape(name)}"
    yield f"\\fB{_escape(name)}\\fR {_escape(' '.join(command.collect_usage_pieces(context)))}"
    yield ".PP"
    yield from _prose(command.help or "")
    yield from _options(command, name)
    if isinstance(command, click.Group):
        for word, found in sorted(command.commands.items()):
            yield from _command(found, f"{name} {word}")


def _options(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    found = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    records = (one.get_help_record(context) for one in found)
    yield from _terms(dict(record for record in records if record is not None))


def _terms(terms: dict[str, str]) -> Iterator[str]:
    for term, words in terms.items():
        yield ".TP"
        yield f"\\fB{_escape(term)}\\fR"
        yield _line(words)


def _prose(text: str) -> Iterator[str]:
    """Paragraphs; those after a `\\b` are examples, and keep their lines."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        lines = [line.strip() for line in paragraph.strip().splitlines()]
        if lines and lines[0] == "\b":
            yield from (".PP", ".EX", *map(_line, lines[1:]), ".EE")
            continue
        if number:
            yield ".PP"
        yield _line(" ".join(lines))


def _line(text: str) -> str:
    escaped = _escape(text)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _escape(text: str) -> str:
    """Text as roff takes it; a hyphen stays the sign that can be typed."""
    return text.replace("\\", "\\e").replace("-", "\\-")
