"""The page's parts: sections, plots with their tables, tables. Every word passes `export.html`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizgen.export.html import escape, inline


def section(name: str, sentence: str, *parts: str) -> str:
    """A heading, what there is to say in a sentence, and the rest."""
    head = (f"<h2>{inline(name)}</h2>", f"<p>{inline(sentence)}</p>")
    return "\n".join(("<section>", *head, *parts, "</section>"))


def figure(plot: str, caption: str, drawn: str) -> str:
    """A plot with its caption, and the same as a table for who would rather read."""
    told = details("The same as a table", drawn)
    return f"<figure>\n{plot}\n<figcaption>{inline(caption)}</figcaption>\n{told}\n</figure>"


def details(name: str, content: str) -> str:
    """What is shown when it is asked for."""
    return f"<details><summary>{inline(name)}</summary>{content}</details>"


def table(caption: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of text; the first cell of a row names it."""
    return table_of(caption, headers, ((row[0], map(inline, row[1:])) for row in rows))


def table_of(caption: str, headers: Sequence[str], rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    """A table whose cells after the first are HTML already; a column without a header is a picture's."""
    heads = (f'<th scope="col">{inline(name)}</th>' if name else "<td></td>" for name in headers)
    lines = (
        f'<tr><th scope="row">{inline(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    body = "\n".join(lines)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{inline(caption)}</caption>\n"
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )
