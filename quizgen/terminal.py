"""The one place that writes to the terminal: control characters are made visible here, and nowhere else."""

from __future__ import annotations

import click

from quizgen.base.text import visible


def out(text: str = "") -> None:
    """Write one line, or several, of plain text to standard output."""
    click.echo(visible(text))


def err(text: str) -> None:
    """Write one line, or several, of plain text to standard error."""
    click.echo(visible(text), err=True)
