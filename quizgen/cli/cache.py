"""Items kept from one run to the next, so that a quiz asks its first question at once.

The bank is a function of the recipe, the pack's files and quizgen's own: as long as none of them changes,
what was generated last time is what would be generated again. All of them are looked at each time; the items
are kept as JSON in the user's cache folder, which may be emptied at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen import __version__, shipped
from quizgen.base.files import is_folder, write_atomically
from quizgen.items.item import AnkiIds, Bank, Deck, Difficulty, Item, ItemType, Moment, SourceRef, Topic

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.facts.recipe import Recipe

KEPT = 16
"""How many decks' items are kept; the oldest go first."""


def load(recipe: Path) -> Bank | None:
    """The bank that was kept for a recipe, if nothing that it hangs on has changed since."""
    try:
        kept: dict[str, Any] = json.loads(_file(recipe).read_bytes())
        root = shipped.pack_of(recipe, kept["pack"])
        if root is None or kept["inputs"] != _inputs(recipe, root):
            return None
        return _bank(kept)
    except (OSError, ValueError, KeyError, TypeError):
        # Not there, not ours, or of another version: it is made again.
        return None


def last(recipe: Path) -> dict[str, Any]:
    """What was last kept for a recipe, current or not, as it was written. Raises OSError and ValueError."""
    kept: dict[str, Any] = json.loads(_file(recipe).read_bytes())
    return kept


def store(recipe: Recipe, pack: Pack, bank: Bank) -> None:
    """Keep a bank for the next time. Where that cannot be done, the next time takes a little longer."""
    sources = list(dict.fromkeys(source for item in bank.items for source in item.sources))
    places = {source: index for index, source in enumerate(sources)}
    items = []
    for item in bank.items:
        fields = {name: getattr(item, name) for name in Item.__slots__}
        fields["sources"] = [places[source] for source in item.sources]
        fields["difficulty"] = astuple(item.difficulty)
        fields["moment"] = item.moment and astuple(item.moment)
        items.append(fields)
    try:
        kept = {
            "pack": recipe.record.pack,
            "inputs": _inputs(recipe.path, pack.root),
            "deck": asdict(bank.deck),
            "sources": [asdict(source) for source in sources],
            "items": items,
        }
        path = _file(recipe.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for old in sorted(path.parent.glob("*.json"), key=lambda old: old.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _file(recipe: Path) -> Path:
    """Where a recipe's items are kept. Raises OSError where there is no such folder."""
    from platformdirs import user_cache_path

    name = hashlib.sha256(str(recipe.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_cache_path("quizgen", appauthor=False) / f"{name}.json"


def _inputs(recipe: Path, root: Path) -> str:
    """A digest of all that a bank is made from. Raises OSError."""
    digest = hashlib.sha256(__version__.encode())
    for path in _code():
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    files = (
        sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".yml"))
        if is_folder(root)
        else [root]
    )
    for path in (recipe, *files):
        data = path.read_bytes()
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()


def _code() -> Iterable[Path]:
    """quizgen's own files that decide what items are: a checkout changes without a new version."""
    package = Path(__file__).parent.parent
    for folder in ("base", "facts", "facts/vocabulary", "generate", "items"):
        yield from sorted(path for path in (package / folder).iterdir() if path.suffix in (".py", ".yaml"))


def _bank(kept: dict[str, Any]) -> Bank:
    deck = kept["deck"]
    deck["topics"] = tuple(Topic(**topic) for topic in deck["topics"])
    deck["anki"] = AnkiIds(**deck["anki"])
    deck["cards"] = tuple(map(ItemType, deck["cards"]))
    sources = [SourceRef(**source) for source in kept["sources"]]
    items = []
    for fields in kept["items"]:
        fields["type"] = ItemType(fields["type"])
        fields["sources"] = tuple(sources[place] for place in fields["sources"])
        fields["difficulty"] = Difficulty(*fields["difficulty"])
        fields["moment"] = fields["moment"] and Moment(*fields["moment"])
        for name in ("key", "options", "prompts", "accepted", "facts", "tags"):
            fields[name] = tuple(fields[name])
        items.append(Item(**fields))
    return Bank(Deck(**deck), tuple(items))
