"""What holds of every push, however often deck and learner have changed the same notes before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizgen.export import anki_stamp
from quizgen.export.anki_note_type import FIELDS, LEARNERS
from quizgen.export.anki_notes import AnkiNote, notes_of
from quizgen.items.item import Bank
from quizgen.push.plan import RETIRED, Change, Held, plan
from tests import banks

WRITTEN = ("Explanation", "Question 1", "Answer 1", "As of")
TAGS = ("tea::leaf", "tea::cup", "tea::leaf::old", "rare")
MINE = ("mine", "tea::leaf::mine", "Tea::Cup::Mine", "zz")
(PLAIN,) = notes_of(Bank(banks.DECK, (banks.item("leaf/typed"),)))

texts = st.sampled_from(["", "a", "b", "c", "e\u0301", "\u00e9"])
releases = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(WRITTEN, texts)), st.sets(st.sampled_from(TAGS)).map(sorted)
)
edits = st.tuples(
    st.dictionaries(st.sampled_from((*WRITTEN, *sorted(LEARNERS))), texts),
    st.sets(st.sampled_from(MINE)),
    st.sets(st.sampled_from(TAGS)),
)


def released(values: dict[str, str], tags: list[str]) -> AnkiNote:
    """The note as a release of the deck has it."""
    fields = dict(zip(FIELDS, PLAIN.fields, strict=True)) | values
    return replace(PLAIN, fields=tuple(fields.values()), tags=("tea::all", *tags))


def imported(note: AnkiNote) -> Held:
    """The note as Anki holds it after a first push."""
    fields = dict(zip(FIELDS, anki_stamp.stamped(note).fields, strict=True))
    return Held(number=1, fields=fields, tags=frozenset(note.tags))


def edited(held: Held, edit: tuple[dict[str, str], set[str], set[str]]) -> Held:
    """The note after a learner wrote into fields, hung tags of their own on it, and took some away."""
    fields, mine, away = edit
    return replace(held, fields={**held.fields, **fields}, tags=(held.tags | mine) - away)


def carried_out(held: Held, change: Change) -> Held:
    """The note after AnkiConnect did what was planned: Anki takes a tag away with all below it."""
    tags = held.tags
    for gone in change.remove:
        tags = frozenset(t for t in tags if not f"{t}::".casefold().startswith(f"{gone}::".casefold()))
    return replace(held, fields={**held.fields, **change.fields}, tags=tags | set(change.add))


def pushed(note: AnkiNote, held: Held) -> tuple[Held, Change | None]:
    planned = plan("tea", [note], [held], overwrite=False)
    assert not planned.new
    assert not planned.retired
    change = planned.changes[0] if planned.changes else None
    return (carried_out(held, change) if change else held), change


@given(releases, st.lists(st.tuples(edits, releases), max_size=10))
def test_ten_generations_of_edits(first: tuple[dict[str, str], list[str]], steps: list[tuple]) -> None:  # type: ignore[type-arg]
    """Release after release, what the deck changed is the deck's, and what it didn't stays as it is."""
    before, held = released(*first), imported(released(*first))
    for edit, release in steps:
        held = edited(held, edit)
        now = released(*release)
        after, change = pushed(now, held)
        for name, was, given_now in zip(FIELDS, before.fields, now.fields, strict=True):
            if name == anki_stamp.FIELD:
                continue
            same = anki_stamp.digest(was) == anki_stamp.digest(given_now)
            wanted = held.fields[name] if same or name in LEARNERS else given_now
            assert anki_stamp.digest(after.fields[name]) == anki_stamp.digest(wanted), name
        assert {tag for tag in held.tags if tag in MINE} <= after.tags
        assert pushed(now, after) == (after, None)
        assert change is None or set(change.fields) <= {*anki_stamp.GIVEN, anki_stamp.FIELD}
        before, held = now, after


@given(releases, releases)
def test_who_changes_nothing_gets_the_deck_as_it_is(
    first: tuple[dict[str, str], list[str]], second: tuple[dict[str, str], list[str]]
) -> None:
    """A learner without edits has after each push just what a new learner gets, tags included."""
    after, _ = pushed(released(*second), imported(released(*first)))
    fresh = imported(released(*second))
    assert {n: anki_stamp.digest(v) for n, v in after.fields.items()} == {
        n: anki_stamp.digest(v) for n, v in fresh.fields.items()
    }
    assert after.tags == fresh.tags


@given(releases, edits)
def test_a_fact_that_goes_and_returns(release: tuple[dict[str, str], list[str]], edit: tuple) -> None:  # type: ignore[type-arg]
    """A dropped fact gets one tag and loses nothing; when it returns, the tag goes again and nothing else."""
    held = edited(imported(released(*release)), edit)
    (gone,) = plan("tea", [], [held], overwrite=False).retired
    assert (gone.fields, gone.add, gone.remove) == ({}, (RETIRED,), ())
    there = carried_out(held, gone)
    assert not plan("tea", [], [there], overwrite=False).needed
    back, _ = pushed(released(*release), there)
    assert back == pushed(released(*release), held)[0]
