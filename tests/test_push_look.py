"""What a push does to the note type: the deck's new look arrives, and what a learner has changed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.base.errors import ProblemsError
from quizgen.export import anki_note_type
from tests import banks
from tests.push_desk import PushDesk, changed, deck_of, facts, push_desk


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[PushDesk]:
    """A learner who has the deck."""
    with push_desk(tmp_path / "learner") as opened:
        opened.push(deck_of())
        yield opened


@pytest.fixture
def new_look(learner: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next release of the deck looks otherwise than the one that the learner has."""
    assert "teal" not in held(learner)["css"]
    plain = anki_note_type.templates()
    monkeypatch.setattr(anki_note_type, "style", lambda: ".card { color: teal }")
    monkeypatch.setattr(
        anki_note_type, "templates", lambda: [made | {"afmt": made["afmt"] + "<p>Foot</p>"} for made in plain]
    )


def held(learner: PushDesk) -> Any:
    return learner.col.models.get(banks.DECK.anki.note_type)  # type: ignore[arg-type]


def restyled(learner: PushDesk, css: str) -> None:
    """What a learner does who writes into the style sheet."""
    model = held(learner)
    model["css"] = css + model["css"]
    learner.col.models.update_dict(model)


@pytest.mark.usefixtures("new_look")
def test_a_new_look_arrives_once(learner: PushDesk) -> None:
    """A style sheet and templates that the learner left alone follow the deck, and a second push is idle."""
    before = learner.scheduling()
    outcome = learner.push(deck_of())
    assert outcome.look is not None
    assert outcome.look.kept == ()
    assert ".card { color: teal }" in held(learner)["css"]
    assert all("Foot" in back for _, back in learner.sides().values())
    assert learner.scheduling() == before
    assert not learner.push(deck_of()).needed


@pytest.mark.usefixtures("new_look")
def test_a_learners_style_sheet_stays(learner: PushDesk) -> None:
    """A learner's own style sheet stays while the new templates arrive; `overwrite` takes the deck's."""
    restyled(learner, ".card { font-size: 40px }\n")
    outcome = learner.push(deck_of())
    assert outcome.look is not None
    assert outcome.look.kept == ("style sheet",)
    assert held(learner)["css"].startswith(".card { font-size: 40px }\n")
    assert all("Foot" in back for _, back in learner.sides().values())
    again = learner.push(deck_of())
    assert not again.needed
    assert again.look is not None
    assert again.look.kept == ("style sheet",)  # and not the templates, which are the deck's
    learner.push(deck_of(), overwrite=True)
    assert held(learner)["css"].startswith(".card { color: teal }\n")


@pytest.mark.usefixtures("new_look")
def test_a_learners_card_template_stays(learner: PushDesk) -> None:
    """A template that the learner has changed stays, and the others follow the deck."""
    model = held(learner)
    model["tmpls"][0]["qfmt"] += "<i>Think!</i>"
    learner.col.models.update_dict(model)
    outcome = learner.push(deck_of())
    assert outcome.look is not None
    assert outcome.look.kept == ("Question 1",)
    fronts = {name: (front, back) for name, (front, back) in learner.sides().items()}
    assert all(("Think!" in front) == (slot == 1) for (_, slot), (front, _) in fronts.items())
    assert all(("Foot" in back) == (slot == 2) for (_, slot), (_, back) in fronts.items())
    assert not learner.push(deck_of()).needed


def test_new_notes_leave_a_learners_style_alone(learner: PushDesk) -> None:
    """New notes come in through Anki's importer, and the learner's style sheet outlives that too."""
    restyled(learner, ".card { font-size: 40px }\n")
    before = held(learner)["css"]
    bank = changed(deck_of(), lambda item: item)
    learner.push(replace(bank, items=(*bank.items, banks.item("pot/typed"))))
    assert held(learner)["css"] == before
    assert "pot" in {name for name, _ in learner.cards()}


def test_a_card_template_that_a_learner_took_away_stays_away(learner: PushDesk) -> None:
    """Where a learner wants no cards of a slot, a push brings them back neither with a note nor by itself."""
    model = held(learner)
    learner.col.models.remove_template(model, model["tmpls"][1])
    learner.col.models.update_dict(model)
    bank = changed(deck_of(), lambda item: replace(item, explanation="Better told."))
    bank = replace(bank, items=(*bank.items, banks.item("pot/typed"), banks.item("pot/choice", slot=2)))
    learner.push(bank)
    assert {slot for _, slot in learner.cards()} == {1}
    assert learner.fields("pot")["Explanation"] == "It was signed in Kyoto."
    assert not learner.push(bank).needed


def test_a_learners_own_card_template_gets_new_notes_too(learner: PushDesk) -> None:
    """A card that a learner has made of the deck's fields is made of new notes as well."""
    model = held(learner)
    template = learner.col.models.new_template("Why?")
    template["qfmt"], template["afmt"] = "Why? {{Question 1}}", "{{Explanation}}"
    learner.col.models.add_template(model, template)
    learner.col.models.update_dict(model)
    bank = changed(deck_of(), lambda item: item)
    learner.push(replace(bank, items=(*bank.items, banks.item("pot/typed"))))
    assert {slot for name, slot in learner.cards() if name == "pot"} == {1, 9}


def test_a_renamed_and_an_added_field_are_no_obstacle(learner: PushDesk) -> None:
    """Where a learner has renamed a field and added one, corrections and new notes still arrive."""
    model = held(learner)
    learner.col.models.rename_field(model, model["flds"][3], "Why")
    learner.col.models.add_field(model, learner.col.models.new_field("Extra"))
    learner.col.models.update_dict(model)
    name = facts(deck_of())[0]
    learner.write(name, "Extra", "mine")

    bank = changed(deck_of(), lambda item: replace(item, explanation="Better told."))
    bank = replace(bank, items=(*bank.items, banks.item("pot/typed")))
    outcome = learner.push(bank)
    assert outcome.unfinished is not None
    assert not outcome.unfinished.needed
    assert learner.fields(name)["Why"] == "Better told."
    assert learner.fields(name)["Extra"] == "mine"
    assert learner.fields("pot")["Why"] == "It was signed in Kyoto."
    assert len({type_.id for type_ in learner.col.models.all_names_and_ids() if "Tea" in type_.name}) == 1


def test_a_spare_field_that_the_deck_names_is_named_in_anki(
    learner: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a release names a spare field, the field in Anki gets that name, and no other changes."""
    import quizgen.export.anki_notes
    import quizgen.export.anki_stamp
    import quizgen.push.look
    import quizgen.push.plan

    named = {
        ("Chronicle" if name == "Spare 1" else name): number for name, number in anki_note_type.FIELDS.items()
    }
    modules: list[Any] = [
        anki_note_type,
        quizgen.export.anki_notes,
        quizgen.export.anki_stamp,
        quizgen.push.look,
        quizgen.push.plan,
    ]
    for module in modules:
        monkeypatch.setattr(module, "FIELDS", named)
    given = {name: number for name, number in named.items() if name in quizgen.export.anki_stamp.GIVEN}
    monkeypatch.setattr(quizgen.export.anki_stamp, "GIVEN", given | {"Chronicle": 51})
    outcome = learner.push(deck_of())
    assert outcome.look is not None
    assert outcome.look.renamed == (("Spare 1", "Chronicle"),)
    names = learner.col.models.field_names(held(learner))
    assert names == list(named)
    assert not learner.push(deck_of()).needed


def test_a_field_that_a_learner_took_away_is_told(learner: PushDesk) -> None:
    """Without one of the deck's fields nothing is written, and the message says how to get it back."""
    model = held(learner)
    learner.col.models.remove_field(model, model["flds"][-1])
    learner.col.models.update_dict(model)
    before = learner.everything()
    with pytest.raises(ProblemsError) as caught:
        learner.push(changed(deck_of(), lambda item: replace(item, explanation="Better told.")))
    assert str(caught.value) == (
        "Anki: the note type 'Tea & treaties (quizgen)' in Anki has no field 'Stamp'; "
        "import the deck's file once, with the option to merge note types"
    )
    assert learner.everything() == before
