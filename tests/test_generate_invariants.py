"""What holds for every bank, whatever the facts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.facts.values import clash, shown
from quizgen.generate.base import Base
from quizgen.generate.distract import Asked, distractors
from quizgen.generate.draw import Draw
from quizgen.items.item import ItemType
from tests import packs

PEOPLE = ("Ada Alma", "Bea Bruni", "Cora Celi", "Dora Dini", "Eva Ersi", "Ida Ilo")
LANDS = ("Arcadia", "Borduria", "Cimmeria", "Dacia", "Elis", "Freedonia")
ENTITIES = "entities:\n" + "".join(
    f"  - {{id: {kind}-{n}, type: {kind}, name: {name}}}\n"
    for kind, names in (
        ("person", PEOPLE),
        ("country", LANDS),
        ("agreement", tuple(f"Pact of {land}" for land in LANDS)),
        ("exercise", tuple(f"Drill of {land}" for land in LANDS)),
    )
    for n, name in enumerate(names)
)

numbers = st.integers(0, 5)
days = st.builds("{}-{:02d}-{:02d}".format, st.integers(1890, 2026), st.integers(1, 12), st.integers(1, 28))
dates = st.one_of(days, st.integers(1890, 2026).map(str))


@st.composite
def facts(draw: st.DrawFn) -> list[str]:
    """Facts of three properties; each thing has at most one of each, so that none contradicts another."""
    found = []
    for number in draw(st.sets(numbers, min_size=1)):
        what = draw(st.sampled_from(["signed", "signatory", "participants"]))
        if what == "signed":
            body = f"about: agreement-{number}, property: signed, value: {draw(dates)}"
        elif what == "signatory":
            body = (
                f"about: agreement-{number}, property: signatory, qualifier: country-{draw(numbers)}, "
                f"value: person-{draw(numbers)}"
            )
        else:
            lands = draw(st.sets(numbers, min_size=1, max_size=4))
            names = ", ".join(f"country-{land}" for land in sorted(lands))
            body = f"about: exercise-{number}, property: participants, values: [{names}]"
        found.append(f"  - {{id: fact-{what}-{number}, topic: one, {body}, {packs.CITE}}}\n")
    return found


def body(lines: list[str]) -> str:
    return f"{ENTITIES}facts:\n{''.join(lines)}"


few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(facts())
def test_every_key_is_among_the_options_and_no_option_stands_twice(lines: list[str]) -> None:
    """Whoever sees the options of an item can find its key there, and only one option for each text."""
    with tempfile.TemporaryDirectory() as folder:
        for item in packs.bank(Path(folder), body(lines)).items:
            if item.options:
                assert set(item.key) <= set(item.options)
                assert len(set(item.options)) == len(item.options)
                assert item.type in (ItemType.MULTI, ItemType.BOOLEAN) or len(item.options) == 3


@few
@given(facts(), st.data())
def test_another_fact_changes_no_stem_and_no_key(lines: list[str], data: st.DataObject) -> None:
    """An item that both packs make asks the same and has the same answer, whatever fact was added where."""
    less = list(lines)
    less.pop(data.draw(st.integers(0, len(lines) - 1)))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        before = packs.by_id(packs.bank(Path(one), body(less) if less else ENTITIES))
        after = packs.by_id(packs.bank(Path(two), body(lines)))
    for name in before.keys() & after.keys():
        assert (before[name].stem, before[name].key) == (after[name].stem, after[name].key)


@few
@given(facts(), st.integers(0, 99))
def test_no_wrong_option_is_true(lines: list[str], seed: int) -> None:
    """What is offered as wrong is neither the key nor anything that a fact states of the same thing."""
    with tempfile.TemporaryDirectory() as folder:
        pack, _ = packs.load(Path(folder), body(lines))
    base = Base(pack)
    for fact in pack.facts.values():
        for key in fact.values:
            asked = Asked(base, fact, key, Draw(seed, fact.id), 2026)
            for wrong in distractors(asked, 3):
                assert not any(clash(wrong, value) for value in fact.values)
                assert shown(wrong) != shown(key)


def test_a_year_stands_first_middle_and_last_alike(tmp_path: Path) -> None:
    """The key's rank among the years is drawn: none of the three places holds more than its share of keys.

    The trap (`nearest neighbours put the key in the middle 56 % of the time`) would give 168 of 300.
    """
    pact = "entities:\n  - {id: pact, type: agreement, name: Pact}\nfacts:\n"
    fact = f"  - {{id: pact-signed, topic: one, about: pact, property: signed, value: 1950, {packs.CITE}}}\n"
    pack, _ = packs.load(tmp_path, pact + fact)
    base, found = Base(pack), next(iter(pack.facts.values()))
    ranks: Counter[int] = Counter()
    for seed in range(300):
        key = found.values[0]
        wrong = distractors(Asked(base, found, key, Draw(seed, "x"), 2026), 2)
        ranks[sorted(map(shown, [key, *wrong])).index("1950")] += 1
    # Chi-square with two degrees of freedom, p = 0.001: 13.8 (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
    assert sum((ranks[place] - 100) ** 2 / 100 for place in range(3)) < 13.8


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    """The order in which a process hashes its strings leaves no trace in a bank."""
    lines = [
        f"  - {{id: fact-{n}, topic: one, about: agreement-{n}, "
        f"property: signed, value: {1950 + n}, {packs.CITE}}}\n"
        for n in range(6)
    ]
    packs.load(tmp_path, body(lines))
    banks = [
        subprocess.run(
            [sys.executable, "-m", "quizgen", "export", str(tmp_path / "small.yaml"), "--to", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert banks[0] == banks[1]
    assert banks[0].count(b'"id": "fact-') == 6 * 4
