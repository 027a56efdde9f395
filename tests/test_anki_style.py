"""The style sheet of the cards: legible in light and dark, and self-contained."""

from __future__ import annotations

import re

import pytest

from quizgen.export.anki_note_type import shuffling, style, templates

LIGHT = r"\.card \{(.*?)\}"
DARK = r"\.card\.nightMode,\s*\.card\.night_mode,\s*\.nightMode \.card,\s*\.night_mode \.card \{(.*?)\}"
PRINT = r"@media print \{\s*\.card,\s*\.card\.nightMode,\s*\.card\.night_mode \{(.*?)\}"
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])


def _colours(block: str) -> dict[str, str]:
    found = re.search(block, style(), re.DOTALL)
    assert found is not None
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", found[1]))


def _luminance(colour: str) -> float:
    """Relative luminance, as https://www.w3.org/TR/WCAG22/#dfn-relative-luminance defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@THEMES
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "caution"])
@pytest.mark.parametrize("ground", ["paper", "tint", "wrong"])
def test_text_contrasts_with_its_ground(theme: str, text: str, ground: str) -> None:
    """Every colour of text has WCAG's contrast AA (4.5 to 1) on every ground: in light, in dark, on paper."""
    colours = _colours(theme)
    assert _contrast(colours[text], colours[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize("mark", ["mark", "accent"])
def test_what_a_picture_shows_stands_out(theme: str, mark: str) -> None:
    """Dots and boxes have a contrast of 3 to 1 with the paper, as WCAG 1.4.11 asks of what must be seen."""
    colours = _colours(theme)
    assert _contrast(colours[mark], colours["paper"]) >= 3


def test_dark_and_paper_set_every_colour_again() -> None:
    """No colour of the light theme is left over in another, by either of Anki's class names for dark."""
    assert set(_colours(LIGHT)) == set(_colours(DARK)) == set(_colours(PRINT)) != set()


def test_colours_stand_in_one_place() -> None:
    """No rule names a colour of its own, which a theme could not change."""
    rules = style().replace(_match(LIGHT), "").replace(_match(DARK), "").replace(_match(PRINT), "")
    assert not re.search(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl", rules)


def _match(block: str) -> str:
    found = re.search(block, style(), re.DOTALL)
    assert found is not None
    return found[0]


def test_a_card_loads_nothing() -> None:
    """Style sheet, templates and script fetch nothing, keep nothing and hang no code on an element."""
    everything = style() + "".join(str(template) for template in templates())
    loads = r"url\(|@import|@font-face|https?:|\bsrc=|\bon\w+=|javascript:|fetch|XMLHttp|Storage|cookie|eval"
    assert not re.search(loads, everything)


def test_the_one_script_is_no_template() -> None:
    """The script of each side is the one that shuffles, and has no pair of braces that Anki would read."""
    assert not re.search(r"\{\{|\}\}", shuffling())
    for template in templates():
        for side in (template["qfmt"], template["afmt"]):
            assert re.findall(r"<script>.*?</script>", side, re.DOTALL) == [shuffling()]


def test_nothing_moves_and_nothing_is_measured_in_pixels_of_type() -> None:
    """No animation for anybody to switch off, and every size of type grows with the reader's own."""
    assert not re.search(r"animation|transition|@keyframes|scroll-behavior", style())
    assert not re.search(r"font(-size)?:[^;]*\d(px|pt|vw)", style())
