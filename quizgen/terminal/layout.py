"""Laying out paragraphs in columns, as text that is safe to write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizgen.base.text import squeeze, visible
from quizgen.terminal.look import NARROWEST, WIDEST, Look, Style, styled


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, after its `lead` ("a)", "Right.") where it has one: then that takes the style.

    `indent` is in columns; with `hang`, the lines after the first begin below the text and not the lead.
    With `bold` the text is strong beside a lead in another style. With `exact`, spaces stay as they are and
    nothing is wrapped. With an `address` the block is a link: `text` to click on where the terminal can, else
    the address.
    """

    text: str = ""
    lead: str = ""
    style: Style = "plain"
    indent: int = 0
    hang: bool = False
    bold: bool = False
    exact: bool = False
    address: str = ""


def cells(text: str) -> int:
    """How many columns the text takes: two for each Hangul, kana or Han letter."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def chop(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` columns."""
    if cells(text) <= width:
        return [text]
    from rich.cells import chop_cells

    return chop_cells(text, width)


# Han and kana may be parted anywhere but before closing punctuation; Hangul, like Latin, at its spaces.
_PIECES = re.compile(
    r"\s+|[\u3041-\u30ff\u3400-\u9fff][、。，．」』）】〉》！？]*|[^\s\u3041-\u30ff\u3400-\u9fff]+"
)


def _pieces(text: str, width: int) -> Iterable[str]:
    """What a line may be broken between; a word wider than a line is cut, but an address never."""
    for piece in _PIECES.findall(text):
        if cells(piece) <= width or "://" in piece:
            yield piece
        else:
            yield from chop(piece, width)


def wrap(text: str, width: int, *, first: int = 0) -> list[str]:
    """The lines of `text`, each at most `width` columns; the first has `first` columns taken already.

    An address is kept whole, however long, so that it can be copied.
    """
    lines, line, used = [], "", first
    for piece in _pieces(squeeze(text), width):
        size = cells(piece)
        if used + size > width and (line or used):
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()]


def lines_of(block: Block, look: Look) -> list[str]:
    """The lines of a block, ready to be written."""
    if block.address:
        return [" " * block.indent + _link(block, look)]
    if block.exact:
        return [" " * block.indent + styled(visible(block.text), block.style, look)]
    text, lead = squeeze(visible(block.text)), squeeze(visible(block.lead))
    taken = cells(lead) + 1 if lead else 0
    margin = " " * (block.indent + (taken if block.hang else 0))
    lines = [text]
    if look.width is not None:
        room = max(min(look.width, WIDEST) - len(margin), NARROWEST // 2)
        lines = wrap(text, room, first=0 if block.hang else taken)
    head = styled(lead, block.style, look) + (" " if lead and lines[0] else "")
    body: Style = block.style if not lead else "strong" if block.bold else "plain"
    return [
        ((" " * block.indent + head if place == 0 else margin) + styled(line, body, look)).rstrip()
        for place, line in enumerate(lines)
    ]


def _link(block: Block, look: Look) -> str:
    address = one_address(block.address)
    if not look.links or not is_web(address):
        return address
    shown = styled(squeeze(visible(block.text)), "link", look)
    return f"\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\"


def is_web(address: str) -> bool:
    """Whether the address is one that a browser may be given."""
    return address.startswith(("https://", "http://"))


def one_address(address: str) -> str:
    """The address in the letters that one may have (RFC 3986): anything else is percent-encoded."""
    return "".join(
        char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in address.strip()
    )
