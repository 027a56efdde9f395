"""What a deck says of itself: in Anki, and on its page where decks are shared.

AnkiWeb takes a title of 60 characters and a description of 65,000 in Markdown (and, beside them, tags of 60
and a support address of 180); the recipe holds the title to that, and this module the description.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.markdown import link as markdown_link
from quizgen.base.markdown import plain
from quizgen.export.anki_faces import day
from quizgen.export.anki_notes import cards_of, note_id
from quizgen.export.html import link as html_link
from quizgen.export.html import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizgen.items.item import Bank, Deck, Item, SourceRef

LONGEST = 65_000  # characters of AnkiWeb's description

# Kind of work -> what one and what many of it are called, the strongest first.
_KINDS = {
    "primary": ("primary source", "primary sources"),
    "reference": ("reference work", "reference works"),
    "press": ("press report", "press reports"),
    "commentary": ("commentary", "commentaries"),
    "weak": ("weak source", "weak sources"),
    "ai-generated": ("text by an AI", "texts by an AI"),
}


@dataclass(frozen=True, slots=True)
class _Work:
    """A work that cards cite, and how many notes do."""

    source: SourceRef
    notes: int


def description(bank: Bank) -> str:
    """What Anki shows under the deck's name, as HTML."""
    deck = bank.deck
    contact = html_link(deck.contact, deck.contact) if _is_address(deck.contact) else text(deck.contact)
    paragraphs = (
        text(deck.description),
        text(f"It rests on {_counted(_works(bank))}; every answer names its own, and links to the passage."),
        f"<b>An error?</b> {text(_REPORT)} {contact or text(_GIVER)}.",
        f"<b>Updates.</b> {text(_UPDATE)} <code>quizgen push</code> leaves both alone.",
        text(_imprint(deck)),
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)


def deck_page(bank: Bank) -> bytes:
    """The deck's page as AnkiWeb takes it: Markdown, in UTF-8, ending with the works cited.

    Where the works don't fit, those that most notes cite are named, and the rest counted.
    """
    works = _works(bank)
    head = _head(bank, works)
    named = len(works)
    while len(page := head + _bibliography(works, named)) > LONGEST and named:
        named = named * 9 // 10
    return page[:LONGEST].encode()


_REPORT = "The id of its fact stands at the foot of the answer. Send it, with what is wrong, to"
_GIVER = "whoever gave you the deck"
_UPDATE = (
    "Open a newer file of the deck in Anki: your reviews, flags and suspended cards stay. "
    "Anki replaces the notes that have changed, and with them your tags and My notes on those."
)


def _head(bank: Bank, works: list[_Work]) -> str:
    deck = bank.deck
    cards = cards_of(bank)
    facts = len({note_id(item) for item in cards})
    contact = deck.contact
    whom = markdown_link(contact, contact) if _is_address(contact) else plain(contact or _GIVER)
    paragraphs = (
        plain(deck.description),
        f"**{_count(facts, 'note')}, {_count(len(cards), 'card')}.** Every answer says why it is right, and "
        f"links to the passage that says so. {_topics(deck, cards)}",
        f"**An error?** {_REPORT} {whom}.",
        f"**Updates.** {_UPDATE} `quizgen push` leaves both alone.",
        plain(_imprint(deck)),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _topics(deck: Deck, cards: Iterable[Item]) -> str:
    counts = Counter(item.topic for item in cards)
    named = [f"{plain(topic.name)} ({counts[topic.id]})" for topic in deck.topics if counts[topic.id]]
    return f"Topics, with their cards: {', '.join(named)}." if named else ""


def _imprint(deck: Deck) -> str:
    licence = f"Licence: {deck.licence}; the works cited belong to their authors. " if deck.licence else ""
    return f"{licence}Revision {day(deck.revision)}. Made with quizgen from sourced facts."


def _works(bank: Bank) -> list[_Work]:
    """The works that the deck's cards cite, those of most notes first."""
    sources: dict[str, SourceRef] = {}
    notes: dict[str, set[str]] = {}
    for item in cards_of(bank):
        for source in item.sources:
            sources.setdefault(source.id, source)
            notes.setdefault(source.id, set()).add(note_id(item))
    works = [_Work(source, len(notes[name])) for name, source in sources.items()]
    return sorted(works, key=lambda work: (-work.notes, work.source.title, work.source.id))


def _counted(works: list[_Work]) -> str:
    kinds = Counter(work.source.reliability for work in works)
    parts = [f"{kinds[kind]:,} {names[kinds[kind] != 1]}" for kind, names in _KINDS.items() if kinds[kind]]
    return ", ".join(parts) or "no work yet"


def _bibliography(works: list[_Work], named: int) -> str:
    """The works by kind; of the others than the first `named` it tells the number."""
    lines = ["", "## Works cited", ""]
    for kind, (_, heading) in _KINDS.items():
        of_kind = [work for work in works[:named] if work.source.reliability == kind]
        if of_kind:
            lines += [
                f"### {heading[0].upper()}{heading[1:]}",
                "",
                *map(_entry, sorted(of_kind, key=_alphabet)),
                "",
            ]
    rest = len(works) - named
    lines += [f"And {_count(rest, 'other work')}, named on the cards.", ""] if rest else []
    return "\n".join(lines)


def _entry(work: _Work) -> str:
    source = work.source
    known = (source.author, source.publisher, source.published and day(source.published))
    about = ", ".join(plain(part) for part in known if part)
    title = markdown_link(source.title, source.url) if _is_address(source.url) else plain(source.title)
    return f"- {title}. {about}. {_count(work.notes, 'note')}."


def _alphabet(work: _Work) -> tuple[str, str]:
    return (work.source.title.casefold(), work.source.id)


def _is_address(words: str) -> bool:
    return words.lower().startswith(("https://", "http://"))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
