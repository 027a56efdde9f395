"""The reference of all commands, made from the commands themselves."""

from __future__ import annotations

import click

from quizgen.cli import COMMANDS, main
from quizgen.cli.exits import MEANINGS

HEAD = """# Commands

Made from the program's own `--help`; a test fails when it is out of date.
`QUIZGEN_REWRITE_DOCS=1 pytest tests/test_docs.py` writes it anew.

## Exit codes

| code | meaning |
|---|---|
"""


def reference() -> str:
    """The whole page."""
    codes = "".join(f"| {code} | {meaning} |\n" for code, meaning in MEANINGS.items())
    sections = [_section("quizgen", main)]
    for name in sorted(COMMANDS):
        command = _command(name)
        sections.append(_section(f"quizgen {name}", command))
        if isinstance(command, click.Group):
            inner = sorted(command.commands.items())
            sections += [_section(f"quizgen {name} {word}", found) for word, found in inner]
    return "\n".join([HEAD + codes, *sections])


def _command(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def _section(title: str, command: click.Command) -> str:
    # click keeps a command's help option from its first context, so every context has to name it alike.
    names = main.context_settings["help_option_names"]
    context = click.Context(command, info_name=title, max_content_width=100, help_option_names=names)
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"
