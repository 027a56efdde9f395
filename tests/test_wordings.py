"""Several wordings to a template: which one an item takes, and what a new one moves."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import packs

PACTS = 8
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
wordings = st.lists(
    st.from_regex(r"[a-z]{2,8}", fullmatch=True).map(
        lambda word: f"In which {word} year was {{{{ subject }}}} inked?"
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


def _stems(texts: list[str], seed: int = 1, own: str = "") -> dict[str, str]:
    """The stems of eight facts' typed items, with these wordings."""
    asked = "".join(f"          - '{text}'\n" for text in texts)
    body = (
        "properties:\n  - id: inked\n    name: date of inking\n    about: [agreement]\n    value: date\n"
        "    sentence: '{{ subject.start }} was inked {{ answer.on }}.'\n    templates:\n"
        f"      - id: year\n        slot: 1\n        type: typed\n        answer: year\n        ask:\n{asked}"
        "entities:\n"
        + "".join(f"  - {{id: pact-{n}, type: agreement, name: Pact {n}}}\n" for n in range(PACTS))
        + "facts:\n"
        + "".join(
            f"  - {{id: fact-{n}, topic: one, about: pact-{n}, property: inked, value: {1950 + n}, "
            f"{own}{packs.CITE}}}\n"
            for n in range(PACTS)
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        found = packs.bank(Path(folder), body, f"  seed: {seed}\n")
    return {item.id: item.stem for item in found.items}


def _filled(text: str, item: str) -> str:
    return text.replace("{{ subject }}", f"Pact {item.split('/', maxsplit=1)[0][-1]}")


@few
@given(wordings)
def test_a_new_wording_moves_only_the_items_that_take_it(texts: list[str]) -> None:
    """An item keeps its wording, wherever a new one stands in the list, unless it takes the new one."""
    before, after = _stems(texts[:-1]), _stems([texts[-1], *texts[:-1]])
    for item, stem in after.items():
        assert stem in (before[item], _filled(texts[-1], item))


def test_every_wording_is_taken_by_some_item() -> None:
    """A deck doesn't drone: of three wordings, eight items take more than one."""
    texts = [f"In which {word} year was {{{{ subject }}}} inked?" for word in ("good", "dry", "wet")]
    found = _stems(texts)
    assert len({stem.split()[2] for stem in found.values()}) > 1


def test_a_decks_seed_moves_no_wording() -> None:
    """What is drawn anew with another seed is the options, never the words of the question."""
    texts = [f"In which {word} year was {{{{ subject }}}} inked?" for word in ("good", "dry", "wet")]
    assert _stems(texts, seed=1) == _stems(texts, seed=2)


def test_a_facts_own_wording_wins() -> None:
    """A fact's words come before every wording of the template."""
    texts = [f"In which {word} year was {{{{ subject }}}} inked?" for word in ("good", "dry")]
    found = _stems(texts, own="ask: {year: 'In which year was it all inked?'}, ")
    assert set(found.values()) == {"In which year was it all inked?"}
