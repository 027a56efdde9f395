"""The built-in vocabulary, held to the rules that a pack's own properties are held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.facts.load import load_pack
from quizgen.facts.property_rules import property_faults
from quizgen.facts.schema import PropertyRecord


def _properties(folder: Path) -> dict[str, PropertyRecord]:
    path = folder / "pack.yaml"
    path.write_text("pack: {id: none, name: None}\n", "utf-8")
    pack, problems = load_pack(path)
    assert pack is not None, problems
    return dict(pack.properties)


def test_every_built_in_property_is_sound(tmp_path: Path) -> None:
    """No template is broken, asks for what its value lacks, or shares its slot."""
    found = {name: list(property_faults(prop)) for name, prop in _properties(tmp_path).items()}
    assert len(found) > 20
    assert not {name: faults for name, faults in found.items() if faults}


def test_a_pack_may_replace_a_built_in_property(tmp_path: Path) -> None:
    """A pack's own property takes the place of the built-in one of that name."""
    path = tmp_path / "pack.yaml"
    path.write_text(
        "pack: {id: own, name: Own}\n"
        "properties: [{id: signed, name: inked, value: date, sentence: '{{ answer.on }}'}]\n",
        "utf-8",
    )
    pack, problems = load_pack(path)
    assert pack is not None, problems
    assert pack.properties["signed"].name == "inked"


@pytest.mark.parametrize("name", ["detail", "figure", "named", "dated", "said"])
def test_the_properties_that_the_docs_name_are_there(name: str, tmp_path: Path) -> None:
    """What `docs/pack-format.md` tells authors to take where nothing fits exists, for words of their own."""
    assert _properties(tmp_path)[name].own
