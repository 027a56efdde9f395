"""`quizgen verify`: which citations hold, what the ledger keeps, and what is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from tests.packs import HEAD

Run = Callable[..., Result]

THINGS = """
entities:
  - {id: pact, type: agreement, name: Sea Pact, the: true, aliases: [Treaty of the Sea]}
  - {id: japan, type: country, name: Japan}
  - {id: south-korea, type: country, name: South Korea, aliases: [Republic of Korea]}
  - {id: china, type: country, name: China}
facts:
"""
TEXT = """The Sea Pact of Place

On November 23, 2016 the two “close partners” signed
the pact for 10 years.

Japan and the Republic of Korea [and later China] renewed it in 2021 and 2024.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder that has `texts/work.txt`, on a day that never changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 22 November 2026
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "work.txt").write_text(TEXT, "utf-8")
    return lambda *words: CliRunner().invoke(main, ["verify", "pack.yaml", "--texts", "texts", *words])


def fact(fields: str, *cites: str, name: str = "a") -> str:
    """A fact of the pact; each citation is the text of its mapping after its source."""
    lines = "".join(f"      - {{source: work, {cite}}}\n" for cite in cites)
    return f"  - id: {name}\n    topic: one\n    about: pact\n    {fields}\n    cites:\n{lines}"


SIGNED_HERE = "paragraph: 2, start: 'On November 23,', end: '\"close partners\" signed'"
SIGNED = fact("property: signed\n    value: 2016-11-23", SIGNED_HERE)
TEN = 'property: figure\n    value: {number: 10, unit: years}\n    ask: {sentence: "It runs for [...]."}'


def write(*facts: str) -> None:
    """Write the pack with these facts."""
    Path("pack.yaml").write_text(HEAD + THINGS + "".join(facts), "utf-8")


def entries() -> list[dict[str, object]]:
    """What the ledger holds."""
    found = json.loads(Path("pack.ledger.json").read_text("utf-8"))["entries"]
    assert isinstance(found, list)
    return found


def told(result: Result) -> list[str]:
    """The problems, without their place."""
    return [line.split(": ", 2)[2] for line in result.stderr.splitlines()]


def test_what_holds_is_recorded_with_the_day(run: Run) -> None:
    """A citation that holds gets its passage's digest and today's date, across quotes and line breaks."""
    write(SIGNED)
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "1 of 1 citations hold, 1 of them newly verified.\n"
    (entry,) = entries()
    assert (entry["fact"], entry["source"], entry["paragraph"]) == ("a", "work", 2)
    assert entry["checked"] == "2026-11-22"


def test_check_accepts_what_verify_recorded(run: Run) -> None:
    """After a verification `quizgen check` finds nothing, and needs no texts."""
    write(SIGNED)
    run()
    Path("texts/work.txt").unlink()
    done = CliRunner().invoke(main, ["check", "pack.yaml"])
    assert (done.exit_code, done.stdout) == (
        0,
        "No problems in pack.yaml: 1 fact, 1 citation, all verified.\n",
    )


@pytest.mark.parametrize(
    "edit", [("2016-11-23", "2016-11-22"), ("paragraph: 2", "paragraph: 3"), ("23,'", "23, 2016'")]
)
def test_check_refuses_what_changed_since(edit: tuple[str, str], run: Run) -> None:
    """Another value, paragraph or wording of a citation is not what was verified."""
    write(SIGNED)
    run()
    write(SIGNED.replace(*edit))
    done = CliRunner().invoke(main, ["check", "pack.yaml"])
    assert done.exit_code == 1
    assert "the citation or its answer changed since it was verified; run `quizgen verify" in done.stdout


def test_what_still_holds_keeps_its_day(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later verification dates only what is new, and otherwise leaves the ledger byte for byte."""
    write(SIGNED)
    run()
    before = Path("pack.ledger.json").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    run()
    assert Path("pack.ledger.json").read_bytes() == before
    write(SIGNED, fact(TEN, "paragraph: 2, start: the pact, end: 10 years", name="b"))
    assert run().stdout == "2 of 2 citations hold, 1 of them newly verified.\n"
    assert [entry["checked"] for entry in entries()] == ["2026-11-22", "2027-01-15"]


def test_a_changed_passage_is_reported_until_it_is_renewed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that changed are a problem at every run, until `--renew` says that somebody read them."""
    write(SIGNED)
    run()
    before = Path("pack.ledger.json").read_bytes()
    Path("texts/work.txt").write_text(TEXT.replace("the two", "the three"), "utf-8")
    for _ in range(2):
        done = run()
        assert done.exit_code == 1
        assert told(done) == [
            "the passage's words changed since 2026-11-22; "
            "read it again, then run `quizgen verify` with --renew"
        ]
        assert done.stdout == "0 of 1 citations hold, 0 of them newly verified.\n"
        assert Path("pack.ledger.json").read_bytes() == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert run("--renew").exit_code == 0
    assert [entry["checked"] for entry in entries()] == ["2027-01-15"]
    assert run().exit_code == 0


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    """`--dry-run` says that the ledger is behind, with exit code 1, and leaves it so."""
    write(SIGNED)
    done = run("--dry-run")
    assert (done.exit_code, Path("pack.ledger.json").exists()) == (1, False)
    assert done.stderr == "pack.ledger.json is not up to date; run `quizgen verify pack.yaml --texts DIR`\n"
    run()
    assert run("--dry-run").exit_code == 0
    before = Path("pack.ledger.json").read_bytes()
    write(SIGNED, fact(TEN, "paragraph: 2, start: the pact, end: 10 years", name="b"))
    assert run("--dry-run").exit_code == 1
    assert Path("pack.ledger.json").read_bytes() == before


def test_a_missing_text_changes_no_entry(run: Run) -> None:
    """Where a text is missing, that is said once, and what was verified against it stays verified."""
    write(SIGNED, fact(TEN, "paragraph: 2, start: the pact, end: 10 years", name="b"))
    run()
    before = Path("pack.ledger.json").read_bytes()
    Path("texts/work.txt").unlink()
    done = run()
    assert done.exit_code == 1
    assert done.stderr == "texts/work.txt: there is no such file; put the text of the source 'work' there\n"
    assert done.stdout == "0 of 2 citations hold, 0 of them newly verified.\n"
    assert Path("pack.ledger.json").read_bytes() == before


def test_a_fact_is_verified_whole_or_not_at_all(run: Run) -> None:
    """Where one citation of a fact fails, none of it is recorded: the answer rests on all of them."""
    write(
        fact(
            "property: signed\n    value: 2016-11-23",
            SIGNED_HERE,
            "paragraph: 9, start: at the, end: the end",
        )
    )
    assert run().stdout == "0 of 2 citations hold, 0 of them newly verified.\n"
    assert entries() == []


def test_what_no_longer_holds_leaves_the_ledger(run: Run) -> None:
    """A citation that was looked at and fails is dropped, so that `check` fails too."""
    write(SIGNED)
    run()
    Path("texts/work.txt").write_text(TEXT.replace("November", "October"), "utf-8")
    assert run().exit_code == 1
    assert entries() == []


@pytest.mark.parametrize(
    ("cite", "message"),
    [
        (
            "paragraph: 9, start: On November, end: partners signed",
            "'work' has 3 paragraphs, and paragraph 9 is cited; count on blank lines, from 1",
        ),
        (
            'paragraph: 3, start: On November, end: partners" signed',
            "the passage is not in paragraph 3 of 'work': its first words 'On November' do not stand there; "
            "it is in paragraph 2",
        ),
        (
            "paragraph: 2, start: signed the, end: On November",
            "the passage is not in paragraph 2 of 'work': its last words 'On November' stand before "
            "its first; copy the words as they stand there",
        ),
        (
            "paragraph: 2, start: signed the pact, end: 10 years",
            "the answer '23 November 2016' does not stand in the passage; cite the words that state it, "
            "or give the source's own words in `says`",
        ),
        (
            "paragraph: 2, start: On November, end: 10 years, says: the 22d instant",
            "the words 'the 22d instant' do not stand in the passage; copy them from it",
        ),
    ],
)
def test_a_citation_that_fails_says_why(cite: str, message: str, run: Run) -> None:
    """Each way to miss the passage or the answer has its words."""
    write(fact("property: signed\n    value: 2016-11-23", cite))
    done = run()
    assert done.exit_code == 1
    assert told(done) == [message]


def test_the_sources_own_words_are_enough(run: Run) -> None:
    """`says` vouches for words that no usual form of the answer matches."""
    write(
        fact(
            "property: signed\n    value: 2016-11-23",
            "paragraph: 2, start: the two, end: 10 years, says: close partners",
        )
    )
    assert run().exit_code == 0


def test_words_that_a_link_would_find_earlier_are_refused(run: Run) -> None:
    """A citation whose first words stand in an earlier paragraph too would open there."""
    Path("texts/work.txt").write_text("On November 23, they met.\n\n" + TEXT, "utf-8")
    write(SIGNED.replace("paragraph: 2", "paragraph: 3"))
    assert told(run()) == [
        "'On November 23,' stands in paragraph 1 already, so the link would open there; "
        "begin with words that stand only here"
    ]


ONE = "paragraph: 3, start: Japan and, end: and the"
OTHER = "paragraph: 3, start: the Republic, end: renewed it"
NONE = "paragraph: 3, start: renewed it, end: and 2024"


@pytest.mark.parametrize(
    ("values", "cites", "messages"),
    [
        ("japan, south-korea", [ONE, OTHER], []),
        ("japan, south-korea", [ONE], ["no cited passage states 'South Korea'; cite one that does"]),
        (
            "japan, south-korea",
            [ONE, OTHER, NONE],
            [
                "the answer 'Japan / South Korea' does not stand in the passage; "
                "cite the words that state it, or give the source's own words in `says`"
            ],
        ),
        # China stands in square brackets: somebody added it.
        ("japan, south-korea, china", [ONE, OTHER], ["no cited passage states 'China'; cite one that does"]),
    ],
)
def test_a_list_may_share_out_its_passages(
    values: str, cites: list[str], messages: list[str], run: Run
) -> None:
    """Every value stands in some passage, every passage holds a value, and brackets are no evidence."""
    write(fact(f"property: parties\n    values: [{values}]", *cites))
    assert told(run()) == messages


DERIVED = """property: figure
    value: {number: %s, unit: years}
    ask: {sentence: "It took [...]."}
    derived: {rule: %s, from: [%s], why: One follows from the other.}"""


@pytest.mark.parametrize(
    ("number", "rule", "words", "message"),
    [
        ("3", "difference", "'2021', '2024'", None),
        ("4045", "sum", "'2021', '2024'", None),
        ("2", "count", "Japan, Republic of Korea", None),
        ("99", "stated", "Japan", None),
        (
            "4",
            "difference",
            "'2021', '2024'",
            "the difference of 2021, 2024 is 3, not 4; mend the value or the derivation",
        ),
        (
            "3",
            "count",
            "Japan, Republic of Korea",
            "the count of Japan, Republic of Korea is 2, not 3; mend the value or the derivation",
        ),
        (
            "4",
            "difference",
            "'2021', '2025'",
            "'2025', which the answer is derived from, stands in no passage; cite its place",
        ),
        (
            "3",
            "sum",
            "'2021'",
            "the rule 'sum' needs two numbers at least, one in each of `from`; "
            "mend the value or the derivation",
        ),
    ],
)
def test_a_derivation_works_out_of_words_that_are_there(
    number: str, rule: str, words: str, message: str | None, run: Run
) -> None:
    """A derived answer needs its words in the passages, and the rule has to give it."""
    write(fact(DERIVED % (number, rule, words), "paragraph: 3, start: Japan and, end: and 2024"))
    done = run()
    assert told(done) == ([] if message is None else [message])
    assert done.exit_code == (message is not None)


def test_a_derivation_needs_every_citation(run: Run) -> None:
    """A passage that gives a derivation nothing is not wanted."""
    write(
        fact(
            DERIVED % ("3", "difference", "'2021', '2024'"),
            "paragraph: 3, start: Japan and, end: and 2024",
            "paragraph: 2, start: the two, end: 10 years",
        )
    )
    assert told(run()) == ["nothing that the answer is derived from stands in the passage; drop the citation"]
