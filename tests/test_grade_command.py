"""`quizgen grade`: the quiz's verdict on any response."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from tests import packs

PACT = """
entities:
  - {id: pact, type: agreement, name: Pact of Place, the: true}
facts:
  - {id: pact-signed, topic: one, about: pact, property: signed, value: 2016-11-23, $cite}
"""


def grade(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """`quizgen grade` with these arguments, on a small deck."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    packs.load(folder, PACT)
    return CliRunner().invoke(main, ["grade", *arguments, str(folder / "small.yaml")])


@pytest.mark.parametrize(
    ("response", "verdict"),
    [("Nov 23rd, 2016", "right"), ("2016-11-23", "right"), ("24 November 2016", "wrong")],
)
def test_a_response_gets_the_verdict_of_the_quiz(
    response: str, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right date is right however it is written, and a wrong one is wrong."""
    result = grade(tmp_path, monkeypatch, "pact-signed/cloze", response)
    assert result.exit_code == 0
    assert result.output.split(":")[0].strip() == verdict


def test_a_program_gets_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--json` gives item, response, verdict and note; half a date is nearly right."""
    result = grade(tmp_path, monkeypatch, "--json", "pact-signed/cloze", "November 2016")
    said = json.loads(result.output)
    assert (said["item"], said["response"], said["verdict"]) == (
        "pact-signed/cloze",
        "November 2016",
        "nearly",
    )
    assert said["note"]


def test_an_unknown_item_is_named_with_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the item's id ends with exit code 1 and the id that was meant."""
    result = grade(tmp_path, monkeypatch, "pact-signed/close", "2016")
    assert result.exit_code == 1
    expected = "quizgen: ITEM: there is no item 'pact-signed/close'; did you mean 'pact-signed/cloze'?\n"
    assert result.output == expected
