"""The shipped pack: sound, verified, and true to the decisions taken where its sources disagree.

Numbers in brackets are those of the list of conflicts that came with the sources.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import shipped
from quizgen.cli import main
from quizgen.cli.common import recipe_for
from quizgen.facts.model import Pack
from quizgen.facts.recipe import load_recipe
from quizgen.generate.bank import generate
from quizgen.items.item import Item
from quizgen.lint.lint import lint

TEXTS = Path(__file__).parent.parent.parent / "shared" / "sources" / "texts"
MAIN_TOPICS = ("colonial-period", "normalisation-1965", "gsomia", "acsa", "camp-david", "freedom-edge")
SIDE_TOPICS = ("ministers-meetings", "search-and-rescue")


@cache
def pack() -> Pack:
    """The shipped pack."""
    return recipe_for(None)[1]


@cache
def items() -> tuple[Item, ...]:
    """The shipped deck's items."""
    recipe, found = recipe_for(None)
    return generate(found, recipe).items


def shown(item: Item) -> list[str]:
    """Every text of an item that a learner sees by itself."""
    return [item.stem, *item.options, *item.prompts, *item.key, item.explanation]


def texts_with(pattern: str) -> set[str]:
    """The items that show what `pattern` matches, large or small."""
    found = re.compile(pattern, re.IGNORECASE)
    return {item.id for item in items() if any(found.search(text) for text in shown(item))}


def test_the_pack_has_no_problem() -> None:
    """`quizgen check` finds nothing wrong, and every citation verified as it stands."""
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].startswith("No problems in "), done.output


def test_hardly_any_question_could_be_better() -> None:
    """At most one warning of the rules on questions for every hundred items, and no error."""
    assert len(lint(generate(pack(), recipe_for(None)[0]))) <= len(items()) / 100


def test_every_citation_holds() -> None:
    """`quizgen verify` finds every passage and answer in the sources' texts, and the ledger up to date."""
    if not TEXTS.is_dir():
        pytest.skip("the sources' texts are not in this checkout: their licences do not allow it")
    done = CliRunner().invoke(main, ["verify", "--texts", str(TEXTS), "--dry-run"])
    assert (done.exit_code, done.stderr) == (0, "")


def test_there_are_enough_facts_on_each_topic() -> None:
    """At least 72 facts, 8 on each main topic, and some on each of the meetings and exercises."""
    count = Counter(fact.record.topic for fact in pack().facts.values())
    assert count.total() >= 72
    assert {topic: count[topic] for topic in MAIN_TOPICS if count[topic] < 8} == {}
    assert {topic: count[topic] for topic in SIDE_TOPICS if count[topic] < 1} == {}


def test_nearly_every_fact_is_asked_about() -> None:
    """A fact makes an item or stands in a set, unless it is tagged as a claim that the deck leaves out."""
    used = {fact for item in items() for fact in item.facts}
    wanted = {name for name, fact in pack().facts.items() if "minor-claim" not in fact.record.tags}
    assert len(wanted - used) <= len(wanted) // 20, sorted(wanted - used)


def test_what_a_course_opens_with_is_well_supported() -> None:
    """An essential fact has a primary work behind it, or works of two publishers."""
    found = pack()
    for fact in found.facts.values():
        if fact.record.essential:
            works = [found.sources[cite.source] for cite in fact.record.cites]
            primary = any(work.trust == "primary" for work in works)
            assert primary or len({work.publisher for work in works}) > 1, fact.id


def test_no_fact_rests_on_the_machine_written_seed() -> None:
    """`prism-2026`, which a program wrote, never stands alone."""
    alone = {
        fact.id
        for fact in pack().facts.values()
        if {cite.source for cite in fact.record.cites} == {"prism-2026"}
    }
    assert not alone
    assert pack().sources["prism-2026"].ai_generated


def test_an_office_has_its_time() -> None:
    """[23] Offices change hands: a holder has its date, and no text asks who is in office now."""
    undated = [fact.id for fact in pack().facts.values() if fact.prop.id == "holder" and fact.as_of is None]
    assert not undated
    assert not texts_with(
        r"\b(?:who|which \w+) is (?:the |currently |now )*(?:\w+ )?(?:president|\w*minister)\b"
    )


def test_contested_islands_have_both_names() -> None:
    """[17] Wherever one name of the islands is shown, so is the other."""
    lacking = [
        item.id
        for item in items()
        for text in shown(item)
        if ("dokdo" in text.lower()) != ("takeshima" in text.lower())
    ]
    assert not lacking


@pytest.mark.parametrize(
    "words",
    [
        r"\byet to negotiate\b",  # [1] they had talked in 2011 and 2012
        r"\b15 april 1996\b",  # [25] the day stands in no source
        r"\binterred\b",  # [10] war criminals are enshrined at Yasukuni; no remains are there
        r"\b800 million\b",  # [11] it adds private credits to the grants and loans
        r"\breparations?\b",  # [11] the 1965 agreement speaks of grants, loans and co-operation
        r"\b(?:rescind|annul)",  # [12] "already null and void" is quoted, never paraphrased
        r"\btwo conservative\b",  # [7] nothing supports it
        r"\b30 ?(?:%|per ?cent) approval|approval (?:of|around|at) (?:about )?30\b",  # [9] unsourced
        r"\bsouth korea (?:was|became) (?:a|the) (?:japanese )?colony\b",  # [13] the colony was Korea
        r"\bfirst (?:time|visit|meeting) in a decade\b",  # [4] true only of one visit
        r"\bgsomia (?:itself )?was (?:never )?suspended\b",  # [2] only the notice was
    ],
)
def test_what_was_decided_not_to_be_said_is_not_said(words: str) -> None:
    """No text of any item repeats a wording that the sources do not bear out."""
    assert not texts_with(words)


def test_loaded_terms_are_somebody_s_words() -> None:
    """[20] 'Sexual slavery' and the like stand only in items that say whose words they are."""
    loaded = texts_with(r"\bsexual (?:slavery|exploitation)\b")
    assert not {item.id for item in items() if item.id in loaded and item.attributed_to is None}


def test_what_a_seed_foresees_or_advises_is_attributed() -> None:
    """[24] A claim has its holder, and every stem of it says so."""
    claims = [fact for fact in pack().facts.values() if fact.prop.id == "said"]
    assert claims
    assert not [fact.id for fact in claims if fact.holder is None]
    silent = [
        item.id
        for item in items()
        if item.kind == "said" and not re.match(r"(?:as of .*, )?according to ", item.stem, re.IGNORECASE)
    ]
    assert not silent


def test_every_shipped_pack_has_a_recipe() -> None:
    """Nothing is shipped that no command can reach."""
    loaded = [load_recipe(path)[0] for path in shipped.recipes().values()]
    assert set(shipped.packs()) == {recipe.record.pack for recipe in loaded if recipe}
