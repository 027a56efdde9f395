"""Items kept from one quiz to the next are never anything but what would be generated again."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.cli import cache, common
from quizgen.items.item import Bank
from tests import packs

PACT = """
entities:
  - {id: pact, type: agreement, name: Pact of Place, the: true}
facts:
  - {id: pact-signed, topic: one, about: pact, property: signed, value: 2016-11-23, $cite}
"""


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck that was asked once, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packs.load(tmp_path, PACT)
    path = tmp_path / "small.yaml"
    ask(path)
    return path


def ask(recipe: Path) -> Bank:
    """The bank that a quiz gets, kept afterwards as a quiz does."""
    bank, keep = common.kept_bank_for(str(recipe))
    keep()
    return bank


def test_what_is_kept_is_what_was_generated(recipe: Path) -> None:
    """The kept bank equals the generated one, but for the items that were left out."""
    kept = cache.load(recipe)
    assert kept is not None
    made = common.bank_for(str(recipe))
    assert (kept.deck, kept.items) == (made.deck, made.items)


def test_an_edited_fact_is_asked_as_edited(recipe: Path) -> None:
    """A change in any file of the pack makes the kept items void."""
    body = recipe.parent / "pack" / "body.yaml"
    body.write_text(body.read_text("utf-8").replace("2016-11-23", "2012-06-29"), "utf-8")
    assert cache.load(recipe) is None
    assert packs.by_id(ask(recipe))["pact-signed/year"].key == ("2012",)


def test_an_added_file_and_an_edited_recipe_count_too(recipe: Path) -> None:
    """A new file in the pack's folder, and a change of the recipe, make the kept items void."""
    (recipe.parent / "pack" / "more.yaml").write_text("topics: [{id: three, name: Three}]\n", "utf-8")
    assert cache.load(recipe) is None
    ask(recipe)
    assert cache.load(recipe) is not None
    recipe.write_text(recipe.read_text("utf-8").replace("seed: 1", "seed: 2") + "  seed: 7\n", "utf-8")
    assert cache.load(recipe) is None


def test_a_changed_program_makes_its_items_anew(recipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of quizgen does not ask what the last one made."""
    monkeypatch.setattr(cache, "__version__", "99")
    assert cache.load(recipe) is None


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"pack": "pack"}', b"\xff\xfe"])
def test_a_spoilt_file_is_no_obstacle(recipe: Path, rubbish: bytes) -> None:
    """Whatever stands where items were kept, the quiz has its questions."""
    (kept,) = (recipe.parent / "cache" / "quizgen").iterdir()
    kept.write_bytes(rubbish)
    assert len(ask(recipe).items) == 4


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a place to keep items, a quiz works all the same."""
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    packs.load(tmp_path, PACT)
    assert len(ask(tmp_path / "small.yaml").items) == 4


def test_only_the_last_decks_are_kept(recipe: Path) -> None:
    """The cache holds no more decks than it says."""
    for number in range(cache.KEPT + 3):
        other = recipe.with_name(f"other-{number}.yaml")
        other.write_text(recipe.read_text("utf-8"), "utf-8")
        ask(other)
    assert len(list((recipe.parent / "cache" / "quizgen").iterdir())) == cache.KEPT
