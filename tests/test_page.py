"""The page that is made of a deck's facts, and its picture."""

from __future__ import annotations

import os
import re
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizgen.base.markdown import anchor, link, plain
from quizgen.base.text import squeeze, visible
from quizgen.cli import main
from quizgen.cli.common import recipe_for
from quizgen.page import colours
from quizgen.page.picture import picture
from quizgen.page.render import page
from quizgen.page.timeline import marks
from tests import packs

DOCS = Path(__file__).parent.parent / "docs"
BODY = """
entities:
  - {id: pact, type: agreement, name: "Pact <b> & *co*", the: true, names: {ko: 조약}, confusable: [deal]}
  - {id: deal, type: agreement, name: Deal, confusable: [pact]}
  - {id: era, type: period, name: Era, the: true}
  - {id: critic, type: person, name: Critic}
facts:
  - id: a
    topic: two
    about: pact
    property: signed
    value: 1965-06-22
    essential: true
    explanation: "It [cost] $5."
    $cite
  - {id: b, topic: one, about: deal, property: signed, value: 1901, $cite}
  - {id: c, topic: one, about: era, property: lasted, value: {from: 1901, to: 1903}, $cite}
  - {id: d, topic: one, about: deal, property: took-effect, value: 1999, according_to: critic, $cite}
"""
SVG = "{http://www.w3.org/2000/svg}"


def run(folder: Path, *words: str) -> str:
    """What `quizgen page` prints for the pack above."""
    packs.load(folder, BODY)
    done = CliRunner().invoke(main, ["page", str(folder / "small.yaml"), *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def drawn(folder: Path) -> ET.Element:
    """The picture of the pack above, read as XML."""
    run(folder, "-o", str(folder / "small.md"))
    return ET.fromstring((folder / "small.svg").read_bytes())  # noqa: S314  our own file


def shown(tokens: list[Token]) -> str:
    """What a reader sees of a line of Markdown."""
    return "".join(token.content for token in tokens[1].children or ())


def parsed(markdown: str) -> list[Token]:
    """Markdown as a renderer understands it, with GitHub's tables and deletions."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def test_the_committed_page_is_what_the_facts_make(tmp_path: Path) -> None:
    """`docs/japan-korea.md` and its picture are byte for byte what `quizgen page` writes.

    `QUIZGEN_REWRITE_DOCS=1` writes them anew.
    """
    folder = DOCS if os.environ.get("QUIZGEN_REWRITE_DOCS") else tmp_path
    done = CliRunner().invoke(main, ["page", "-o", str(folder / "japan-korea.md")])
    assert done.exit_code == 0, done.output
    for name in ("japan-korea.md", "japan-korea.svg"):
        assert (folder / name).read_bytes() == (DOCS / name).read_bytes(), name


# Letters at random rarely make Markdown; these do.
SPECIAL = st.text(alphabet="\\`*_[]<>&|~#+-=.)(!1ab;\n ", min_size=1, max_size=12)


@given(st.one_of(st.text(min_size=1), SPECIAL).filter(lambda text: squeeze(visible(text))))
def test_plain_text_stays_plain(text: str) -> None:
    """Whatever a fact says, Markdown shows it as it stands, and makes nothing of it."""
    tokens = parsed(plain(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or ()} <= {"text", "text_special"}
    assert shown(tokens) == squeeze(visible(text))


@given(st.text(alphabet="ab()<>[]\\\"' |`*%&", max_size=12))
def test_no_address_ends_its_link_early(text: str) -> None:
    """Whatever stands in an address or a title, the link is one link and nothing beside it."""
    children = parsed(link("word", f"https://example.org/{text}", text))[1].children or []
    assert [child.type for child in children] == ["link_open", "text", "link_close"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("The defence ministers' meetings", "the-defence-ministers-meetings"),
        ("Dokdo/Takeshima", "dokdotakeshima"),
    ],
)
def test_a_heading_has_the_name_that_github_gives_it(heading: str, name: str) -> None:
    """A heading's anchor is in small letters, with hyphens for spaces and without punctuation."""
    assert anchor(heading) == name


def test_the_page_says_what_the_facts_say(tmp_path: Path) -> None:
    """Each fact stands under its topic with its explanation and numbered source, the essential in bold."""
    text = page(packs.load(tmp_path, BODY)[0], "small.svg")
    address = "https://example.org/work#:~:text=these%20words,those%20words"
    cite = f'<sup>[1]({address} "A Press: A Work, paragraph 1")</sup>'
    named = r"The Pact \<b\> \& \*co\*"
    assert f"## Two\n\n- **{named} was signed on 22 June 1965.** It \\[cost\\] \\$5. {cite}\n" in text
    assert f"\n- According to Critic, Deal took effect in 1999. {cite}\n" in text
    assert "1. [A Work](https://example.org/work). A Press, 2001 (a primary work).\n" in text
    assert "| 조약 |" in text
    assert "## Easily confused\n\n- Pact \\<b\\> \\& \\*co\\*: not Deal\n\n" in text


def test_the_timeline_has_every_date_that_is_a_fact(tmp_path: Path) -> None:
    """Dates and periods stand in the order of time; a date that somebody claims is none of them."""
    found = marks(packs.load(tmp_path, BODY)[0])
    assert [(mark.fact, mark.when, mark.end is not None) for mark in found] == [
        ("b", "", False),
        ("c", "", True),
        ("a", "22 Jun", False),
    ]


def test_the_picture_shows_what_to_begin_with_and_tells_the_rest(tmp_path: Path) -> None:
    """Essential facts stand in words; every fact has its statement as a tooltip."""
    found = drawn(tmp_path)
    words = [element.text for element in found.iter(f"{SVG}text")]
    tips = [element.text for element in found.iter(f"{SVG}title")]
    assert {"1901", "1903", "1965", "One", "Two", "22 Jun", "The signing of the Pact <b> & *co*"} <= set(
        words
    )
    assert "The signing of Deal" not in words
    assert {"1901: Deal was signed in 1901.", "The Era lasted from 1901 to 1903."} <= set(tips)
    assert "61 years without a date" in tips


def test_no_words_of_the_picture_overlap_or_leave_it() -> None:
    """In the shipped picture every line of words has room, and stands on the paper."""
    pack = recipe_for(None)[1]
    names = {topic.id: topic.name for topic in pack.topics.values()}
    found = ET.fromstring(picture("All", names, marks(pack)))  # noqa: S314  our own
    words = [element for element in found.iter(f"{SVG}text") if element.get("class") == "words"]
    heights = sorted(int(element.get("y", "")) for element in words[:-3])  # the key is the last line
    assert min(after - before for before, after in pairwise(heights)) >= 18
    assert heights[-1] < int(found.get("height", ""))
    assert all(int(word.get("x", "")) + 7 * len(word.text or "") < 1080 for word in words)


@pytest.mark.parametrize("text", ["US$5 and US$6", "1. a", "- a", "# a", "a | b", "~~a~~", "<b>", "&amp;"])
def test_what_markdown_would_take_for_its_own_is_escaped(text: str) -> None:
    """Formulas, lists, headings, cells, deletions, markup and entities are broken up by a backslash."""
    assert "\\" in plain(text)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", [colours.INK, colours.AXIS, *colours.TOPICS], ids=lambda pair: pair[0])
def test_every_colour_can_be_read(colour: tuple[str, str], shade: int) -> None:
    """Each colour has a contrast of 4.5 to 1 with the paper and with a lane, in the light and in the dark."""
    for ground in (colours.PAPER, colours.LANE):
        dark, light = sorted((luminance(colour[shade]), luminance(ground[shade])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_picture_stands_beside_the_page(tmp_path: Path) -> None:
    """Page and picture share a name, and the page shows the picture."""
    assert run(tmp_path, "-o", str(tmp_path / "x.md")).startswith("Wrote ")
    assert re.search(
        r"!\[3 dated facts from 1901 to 1965, by topic\]\(x\.svg\)", (tmp_path / "x.md").read_text("utf-8")
    )
    assert (tmp_path / "x.svg").exists()


def test_a_page_is_no_picture(tmp_path: Path) -> None:
    """A page that would be overwritten by its own picture is refused."""
    packs.load(tmp_path, BODY)
    path = tmp_path / "x.svg"
    done = CliRunner().invoke(main, ["page", str(tmp_path / "small.yaml"), "-o", str(path)])
    assert (done.exit_code, done.stderr) == (
        1,
        f"{path}: this is where the picture would go; name a Markdown file with -o\n",
    )
    assert not path.exists()


def test_without_the_library_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where drawsvg is missing, the command names the extra, and writes nothing."""
    monkeypatch.setitem(sys.modules, "drawsvg", None)
    monkeypatch.delitem(sys.modules, "quizgen.page.picture", raising=False)
    packs.load(tmp_path, BODY)
    path = tmp_path / "x.md"
    done = CliRunner().invoke(main, ["page", str(tmp_path / "small.yaml"), "-o", str(path)])
    assert (done.exit_code, done.stderr) == (
        1,
        "quizgen: the picture needs drawsvg, which is not installed; run `pip install 'quizgen[page]'`\n",
    )
    assert not path.exists()
