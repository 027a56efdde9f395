"""Addresses that open a page at the cited passage."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from quizgen.items.item import SourceRef

if TYPE_CHECKING:
    from quizgen.facts.schema import CiteRecord, SourceRecord


class _Escapes(dict[int, str]):
    """What each character becomes in a text directive, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        # `-`, `,` and `&` mean something in a directive, and Python's quote leaves `-`.
        self[code] = found = "%2D" if code == ord("-") else quote(chr(code), safe="")
        return found


_ESCAPES = _Escapes()


def _term(words: str) -> str:
    """Words inside a text directive."""
    return words.translate(_ESCAPES)


def deep_link(url: str, start: str, end: str) -> str:
    """`url` with a text fragment from `start` to `end` (https://wicg.github.io/scroll-to-text-fragment/)."""
    directive = _term(start) if start == end else f"{_term(start)},{_term(end)}"
    joint = ":~:" if "#" in url else "#:~:"
    return f"{url}{joint}text={directive}"


def reference(source: SourceRecord, cite: CiteRecord) -> SourceRef:
    """What an item shows of one citation."""
    return SourceRef(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=None if source.published is None else str(source.published),
        url=source.url,
        link=deep_link(source.url, cite.start, cite.end),
        paragraph=cite.paragraph,
        reliability="ai-generated" if source.ai_generated else source.trust,
    )
