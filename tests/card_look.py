"""Cards as a learner's Anki shows them, in a real browser: rendered by Anki, in a page like its reviewer's.

Anki's window is a web page around the rendered side. What that page adds is set down here: its classes for
dark, its own few styles (which a card's style sheet must overrule), and the box for a typed answer.
"""

from __future__ import annotations

import base64
import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.anki_desk import Desk

if TYPE_CHECKING:
    from anki.cards import Card

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--hide-scrollbars", "--force-device-scale-factor=1", "--disable-lcd-text"),
)

# What the reviewers of Anki and AnkiDroid style by themselves.
_DESKTOP = (
    "hr{background-color:darkgray}body{margin:20px;overflow-wrap:break-word}"
    "body.nightMode{background-color:#2c2c2c;color:#fff}img{max-width:100%}li{text-align:start}"
    "#typeans{width:100%;box-sizing:border-box}code#typeans{white-space:pre-wrap}"
    ".typeGood{background:#afa;color:black}.typeBad{background:#faa;color:black}"
    ".typeMissed{background:#ccc;color:black}"
)
_DROID = (
    "body{margin:0 0 30px;padding:0}body.night_mode{color:white;background-color:black}#content{margin:.5em}"
    ".typeGood{background-color:#0f0}.typeBad{background-color:#f00}.typeMissed{background-color:#ccc}"
    "#typeans{width:100%}.night_mode .typeGood{background-color:#508040}"
    ".night_mode .typeBad{background-color:#905050}"
)

SMALLEST = 320  # a phone, in CSS pixels


@dataclass(frozen=True, slots=True)
class Theme:
    """How one of Anki's programs shows a card: its style, and its classes."""

    name: str
    style: str
    root: str
    body: str

    def __str__(self) -> str:
        return self.name


THEMES = (
    Theme("light", _DESKTOP, "", ""),
    Theme("dark", _DESKTOP, "night-mode", "nightMode"),
    Theme("android-dark", _DROID, "", "night_mode ankidroid_dark_mode"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """One side of a card: a name for it, and the page's inside."""

    name: str
    side: str
    style: str

    def page(self, theme: Theme, script: str = "") -> str:
        """The whole page."""
        return (
            f'<!doctype html><html class="{theme.root}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<style>{theme.style}</style></head><body class="card card1 {theme.body}">'
            f'<div id="content"><div id="qa"><style>{self.style}</style>{self.side}</div></div>'
            f"{script}</body></html>"
        )


def looks(desk: Desk, wanted: Iterable[tuple[str, int]] | None = None, typed: str = "") -> Iterator[Look]:
    """Both sides of the wanted cards (all by default), by (note id, slot)."""
    cards = desk.cards()
    for name in cards if wanted is None else wanted:
        yield from sides("-".join(map(str, name)), cards[name], typed)


def sides(name: str, card: Card, typed: str = "") -> tuple[Look, Look]:
    """The two sides of a card."""
    output = card.render_output(reload=True)
    front = _typing_asked(output.question_text)
    back = _typing_answered(output.answer_text, card, typed)
    return Look(f"{name}-front", front, output.css), Look(f"{name}-back", back, output.css)


_TYPE = re.compile(r"\[\[type:nc:(.+?)\]\]")


def _typing_asked(side: str) -> str:
    box = "<center><input type=text id=typeans style=\"font-family: 'Arial'; font-size: 20px;\"></center>"
    return _TYPE.sub(lambda _: box, side)


def _typing_answered(side: str, card: Card, typed: str) -> str:
    def compared(match: re.Match[str]) -> str:
        shown = card.col.compare_answer(card.note()[match[1]], typed, combining=False)
        return f"<div style=\"font-family: 'Arial'; font-size: 20px\">{shown}</div>"

    return _TYPE.sub(compared, side)


def browse(folder: Path, page: str, *flags: str) -> str:
    """Open a page in a browser of its own, and give what it wrote to standard output."""
    assert CHROMIUM is not None
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    profile = folder / "profile"
    command = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", *flags, path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout


def shot(folder: Path, page: str, picture: Path, width: int, height: int) -> None:
    """A picture of a page in a window of that size."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    browse(folder, page, f"--screenshot={picture}", f"--window-size={width},{height}")


def frames(pages: Sequence[tuple[str, int, str]], height: int = 3000) -> str:
    """One page with many in frames, each (name, width, page): a frame is a window of its own to its page."""
    made = "".join(
        f'<iframe id="{html.escape(name)}" style="width:{width}px;height:{height}px;border:0;flex:none"'
        f' srcdoc="{html.escape(page)}"></iframe>'
        for name, width, page in pages
    )
    style = "margin:0;display:flex;flex-wrap:wrap;gap:8px"
    return f'<!doctype html><meta charset="utf-8"><body style="{style}">{made}</body>'


def measure(folder: Path, pages: Mapping[str, str], widths: Iterable[int], script: str) -> dict[str, Any]:
    """Run a script in each page at each width, and collect the values it gives, by "name/width".

    The script is the body of a function of `window` and `document`, those of the page.
    """
    collect = """<script>addEventListener("load", function () {
      var found = {}, measure = new Function("window", "document", atob(SCRIPT));
      document.querySelectorAll("iframe").forEach(function (frame) {
        WIDTHS.forEach(function (width) {
          frame.style.width = width + "px";
          found[frame.id + "/" + width] = measure(frame.contentWindow, frame.contentDocument);
        });
      });
      var text = ""; new TextEncoder().encode(JSON.stringify(found)).forEach(function (byte) {
        text += byte.toString(16).padStart(2, "0"); });
      document.body.innerHTML = "<pre>found:" + text + ":found</pre>";
    });</script>"""
    encoded = json.dumps(base64.b64encode(script.encode()).decode())
    collect = collect.replace("SCRIPT", encoded).replace("WIDTHS", json.dumps(list(widths)))
    page = frames([(name, SMALLEST, inside) for name, inside in pages.items()], 10) + collect
    dumped = browse(folder, page, "--dump-dom", "--window-size=1600,1200")
    match = re.search(r"found:([0-9a-f]*):found", dumped)
    assert match is not None, dumped[-2000:]
    found: dict[str, Any] = json.loads(bytes.fromhex(match[1]))
    return found
