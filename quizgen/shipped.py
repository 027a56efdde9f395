"""Finding the packs and recipes that travel with quizgen: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from quizgen.base.files import is_file, is_folder

_HERE = Path(__file__).resolve().parent
DEFAULT_DECK = "japan-korea"


def _folder(name: str) -> Path:
    inside = _HERE / "shipped" / name
    return inside if inside.is_dir() else _HERE.parent / name


def packs() -> dict[str, Path]:
    """The shipped packs' folders by name."""
    return {path.name: path for path in sorted(_folder("seeds").glob("*")) if path.is_dir()}


def recipes() -> dict[str, Path]:
    """The shipped recipes' files by deck name."""
    return {path.stem: path for path in sorted(_folder("decks").glob("*.yaml")) if "." not in path.stem}


def is_shipped(recipe: Path) -> bool:
    """Whether a recipe is one that travels with quizgen, and none of the user's own."""
    return recipe.resolve().parent == _folder("decks").resolve()


def pack_of(recipe: Path, name: str) -> Path | None:
    """The pack that a recipe names: a path from the recipe, or a shipped one; None where there is neither."""
    beside = recipe.parent / name
    if is_folder(beside) or is_file(beside):
        return beside
    return packs().get(name)
