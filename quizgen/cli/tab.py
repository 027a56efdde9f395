"""What a shell may complete a word to: decks, and a deck's topics, items, facts and sources.

Each function has the shape that click's `shell_complete=` asks for. A name is offered as it was when the
deck's items were last kept: Tab should answer at once, and an id never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen import shipped
from quizgen.base.text import squeeze, visible

if TYPE_CHECKING:
    from click import Context, Parameter
    from click.shell_completion import CompletionItem

SMALL = 2_000_000
"""The bytes of YAML up to which a pack is read for its names; a larger one takes seconds, and has to have
been asked from once (`quizgen quiz`), when its items are kept."""


@dataclass(frozen=True, slots=True)
class Names:
    """A deck's ids, each with a few words for shells that show them."""

    topics: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def decks(_context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The shipped decks, and paths of recipes: the shell knows best how to complete a path."""
    return [*paths(_context, _parameter, begun), *_offered(dict.fromkeys(shipped.recipes(), ""), begun)]


def paths(_context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """Files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def folders(_context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """Folders alone."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="dir")]


def topics(context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The ids of the topics of the deck that is named, or of the shipped one."""
    return _offered(_names(context).topics, begun)


def items(context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The ids of the deck's items."""
    return _offered(_names(context).items, begun)


def everything(context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The ids of the deck's facts, sources and items."""
    names = _names(context)
    return _offered({**names.items, **names.sources, **names.facts}, begun)


def rules(_context: Context, _parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The ids of the rules on questions."""
    from quizgen.lint.lint import RULES

    return _offered({name: rule.hint for name, rule in RULES.items()}, begun)


def _offered(known: Mapping[str, str], begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    # A shell reads the answer by lines, and shows the words as they are: no pack may steer the terminal.
    return [
        CompletionItem(name, help=squeeze(visible(known[name])) or None)
        for name in sorted(known)
        if name.startswith(begun)
    ]


def _names(context: Context) -> Names:
    from quizgen.cli import cache

    name = _deck(context) or shipped.DEFAULT_DECK
    recipe = shipped.recipes().get(name, Path(name))
    try:
        return _kept(cache.last(recipe))
    except (OSError, ValueError, KeyError, TypeError):
        return _read(recipe)  # never kept, or by another version


def _deck(context: Context) -> str | None:
    """The deck that stands on the line before the word begun."""
    told = context.params.get("deck")
    if told is None:
        # While an option waits for its value, click has the words on the line, and hasn't dealt them out yet.
        places = [found.name for found in context.command.params if found.param_type_name == "argument"]
        told = dict(zip(places, context.args, strict=False)).get("deck")
    return told if isinstance(told, str) else None


def _kept(kept: Mapping[str, Any]) -> Names:
    titles = {topic["id"]: topic["name"] for topic in kept["deck"]["topics"]}
    return Names(
        titles,
        {item["id"]: item["stem"] for item in kept["items"]},
        {fact: titles[item["topic"]] for item in kept["items"] for fact in item["facts"]},
        {source["id"]: source["title"] for source in kept["sources"]},
    )


def _read(path: Path) -> Names:
    """The names as the pack has them now, kept for the next Tab; none of what is broken or large."""
    from quizgen.cli import cache
    from quizgen.cli.common import pack_path
    from quizgen.facts.check import soundness
    from quizgen.facts.load import load_pack
    from quizgen.facts.recipe import load_recipe
    from quizgen.generate.bank import generate

    recipe, _ = load_recipe(path)
    root = pack_path(recipe)[0] if recipe is not None else None
    if recipe is None or root is None or sum(file.stat().st_size for file in _yaml(root)) > SMALL:
        return Names()
    pack, _ = load_pack(root)
    if pack is None or recipe.check(pack) or soundness(pack):
        return Names()
    bank = generate(pack, recipe)
    cache.store(recipe, pack, bank)
    titles = {topic.id: topic.name for topic in bank.deck.topics}
    return Names(
        titles,
        {item.id: item.stem for item in bank.items},
        {fact.id: titles.get(fact.record.topic, "") for fact in pack.facts.values()},
        {source.id: source.title for source in pack.sources.values()},
    )


def _yaml(root: Path) -> Iterable[Path]:
    return root.rglob("*.y*ml") if root.is_dir() else [root]
