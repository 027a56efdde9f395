"""Where an answer comes from, as paragraphs."""

from __future__ import annotations

from quizgen.base.dates import PartialDate
from quizgen.items.item import Item, SourceRef
from quizgen.terminal import Block

_WARNINGS = {
    "weak": "A weak source: check it against another.",
    "ai-generated": "This source is AI-generated: check it against another.",
}


def _in_words(date: str) -> str:
    """A date as prose has it; what is no date stays as it is."""
    try:
        return PartialDate.parse(date).text
    except ValueError:
        return date


def citation(source: SourceRef) -> str:
    """Title, publisher, author, date, paragraph, and a warning where the source needs one, as sentences."""
    parts = [source.publisher]
    if source.author:
        parts.append(f"by {source.author}")
    parts.append(_in_words(source.published) if source.published else "no date")
    parts.append(f"paragraph {source.paragraph}")
    end = "" if source.title.endswith((".", "?", "!")) else "."
    return f"{source.title}{end} {', '.join(parts)}. {_WARNINGS.get(source.reliability, '')}".strip()


def standing(item: Item) -> str:
    """When the answer was so and by whose word, as a sentence; nothing where neither is known.

    Nothing either where the explanation says it in the very same words.
    """
    parts = [f"as of {_in_words(item.as_of)}"] if item.as_of else []
    if item.attributed_to:
        parts.append(f"according to {item.attributed_to}")
    text = ", ".join(parts)
    if text.casefold() in item.explanation.casefold():
        return ""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def site_of(source: SourceRef) -> str:
    """The site that a source's link leads to."""
    return source.link.partition("://")[2].partition("/")[0]


def sources(item: Item, *, indent: int = 0, addresses: bool = True) -> list[Block]:
    """Every source of the item, each with the link that opens its page at the passage.

    Without `addresses`, for a screen on which a key opens the passage, the site's name does for the link.
    """
    rows = list[Block]()
    for number, source in enumerate(item.sources, 1):
        lead = f"Source {number} of {len(item.sources)}:" if len(item.sources) > 1 else "Source:"
        text = citation(source)
        if addresses:
            rows.append(Block(text=text, lead=lead, indent=indent))
            words = f"Open the passage at {site_of(source)}"
            rows.append(Block(text=words, address=source.link, indent=indent + 2))
        else:
            rows.append(Block(text=f"{text} {site_of(source)}", lead=lead, indent=indent, style="faint"))
    return rows
