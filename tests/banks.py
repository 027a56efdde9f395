"""Banks made by hand, for tests of whatever reads items."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from quizgen.items.item import AnkiIds, Bank, Deck, Item, ItemType, SourceRef, Topic

HOSTILE = (
    "<script>alert(1)</script>",
    "Tom & Jerry &amp; co",
    "\"double\" 'single'",
    "{{c1::x}} {{Question 1}} }}{{",
    "<b>bold</b><!-- gone -->",
    r"C:\new \(x^2\) \[y\]",
    "[sound:boo.mp3] [latex]x[/latex] [$]y[/$]",
    "[anki:tts lang=en_US]hush[/anki:tts]",
    "🇯🇵🤝🇰🇷 👩‍🚀",
    "한국과 日本とひらがな カタカナ",
    "שלום, 2016 (עולם)",
    "\x1b[31mred\x1b[0m \x9b2J \x07 \u202eevil\u202c",
    "a\x1fb\x00c",
    "two\nlines",
)

DECK = Deck(
    id="tea",
    name="Tea & treaties",
    revision="2026-11-22",
    description="Facts about <tea>.",
    licence="CC BY 4.0",
    seed=7,
    topics=(Topic("leaf", "The leaf"), Topic("cup", "The cup & saucer")),
    anki=AnkiIds(deck=1_700_000_000_123, note_type=1_700_000_000_456),
)

SOURCE = SourceRef(
    id="ministry",
    title="The treaty of the leaf",
    publisher="Ministry of Tea",
    author=None,
    published="2016-11-23",
    url="https://example.org/leaf",
    link="https://example.org/leaf#:~:text=the%20leaf,of%20tea",
    paragraph=3,
    reliability="primary",
)
WEAK = replace(SOURCE, id="rumour", title="A rumour", link="https://example.org/rumour", reliability="weak")
MACHINE = replace(SOURCE, id="machine", title="A summary", author="A model", reliability="ai-generated")


def item(name: str, kind: ItemType = ItemType.TYPED, **changes: Any) -> Item:
    """An item of the fact before the `/` in `name`; `changes` are fields of `Item`."""
    fact, _, template = name.rpartition("/")
    made = Item(
        id=name,
        type=kind,
        stem="In which year was the treaty signed?",
        key=("2016",),
        explanation="It was signed in Kyoto.",
        facts=(fact,),
        kind=template,
        topic="leaf",
        sources=(SOURCE,),
        slot=1,
    )
    return replace(made, **changes)


def one_of_each() -> Bank:
    """A bank with every type of item, over two topics and five facts."""
    treaty = (
        item(
            "treaty/choice",
            ItemType.CHOICE,
            options=("2012", "2016", "2019"),
            as_of="2026-11",
            attributed_to="the ministry",
            tags=("essential",),
        ),
        item(
            "treaty/typed", slot=2, accepted=("in 2016", "'16"), as_of="2026-11", attributed_to="the ministry"
        ),
        item(
            "treaty/cloze",
            ItemType.CLOZE,
            stem="The treaty of [...] was signed in [...].",
            key=("the leaf", "2016"),
            slot=3,
            as_of="2026-11",
            attributed_to="the ministry",
        ),
    )
    cup = (
        item(
            "cup/true",
            ItemType.BOOLEAN,
            stem="The cup is older than the saucer.",
            key=("True",),
            options=("True", "False"),
            topic="cup",
            sources=(SOURCE, WEAK),
        ),
        item(
            "saucers/multi",
            ItemType.MULTI,
            stem="Which of these are saucers?",
            options=("A dish", "A mug", "A small dish"),
            key=("A dish", "A small dish"),
            topic="cup",
            slot=4,
            sources=(MACHINE,),
        ),
    )
    sets = (
        item(
            "set-leaf/order",
            ItemType.ORDER,
            stem="Put these in order, the earliest first.",
            options=("The saucer", "The leaf", "The cup"),
            key=("The leaf", "The cup", "The saucer"),
            facts=("treaty", "cup", "saucers"),
        ),
        item(
            "set-leaf/match",
            ItemType.MATCH,
            stem="Match each thing with its year.",
            prompts=("The leaf", "The cup"),
            options=("2019", "2016"),
            key=("2016", "2019"),
            facts=("treaty", "cup"),
            slot=2,
        ),
    )
    return Bank(deck=DECK, items=treaty + cup + sets)


def hostile() -> Bank:
    """A bank in which every text is hostile."""
    items = []
    for number, text in enumerate(HOSTILE):
        source = replace(SOURCE, title=text, publisher=text, author=text, published=text)
        common: dict[str, Any] = {
            "explanation": text,
            "sources": (source,),
            "attributed_to": text,
            "as_of": text,
        }
        items += [
            item(f"h{number}/typed", stem=text, key=(text,), accepted=(text,), tags=(text,), **common),
            item(
                f"h{number}/choice",
                ItemType.CHOICE,
                stem=text,
                key=(text,),
                options=(text, "x"),
                slot=2,
                **common,
            ),
            item(f"h{number}/cloze", ItemType.CLOZE, stem=f"{text} [...]", key=(text,), slot=3, **common),
            item(
                f"h{number}/order",
                ItemType.ORDER,
                stem=text,
                options=("x", text),
                key=(text, "x"),
                slot=4,
                **common,
            ),
            item(
                f"h{number}/match",
                ItemType.MATCH,
                stem=text,
                prompts=(text, "x"),
                options=("y", text),
                key=(text, "y"),
                slot=5,
                **common,
            ),
        ]
    return Bank(deck=DECK, items=tuple(items))


def many(count: int) -> Bank:
    """A bank of `count` items, two to a fact."""
    items = [
        item(
            f"fact-{number // 2}/{'typed' if number % 2 else 'choice'}",
            ItemType.TYPED if number % 2 else ItemType.CHOICE,
            stem=f"In which year did the two governments sign agreement no. {number // 2}?",
            key=(str(1900 + number % 120),),
            options=() if number % 2 else ("1850", str(1900 + number % 120), "1851", "1852"),
            explanation=f"Agreement no. {number // 2} was signed after long talks between the ministries.",
            slot=1 + number % 2,
        )
        for number in range(count)
    ]
    return Bank(deck=DECK, items=tuple(items))
