"""The colours of the timeline, for a light and a dark background.

Each has a contrast of 4.5 to 1 with its background at least, as WCAG 2.2 asks of text (1.4.3, level AA). The
picture paints its own background, so that it reads well whatever page it stands on.
"""

from __future__ import annotations

# Names of things to be drawn, with the colours of each in the light and in the dark.
PAPER = ("#ffffff", "#14181d")
LANE = ("#f4f6f8", "#1b2128")
INK = ("#1f2328", "#e6edf3")
RULE = ("#d0d7de", "#39424e")
AXIS = ("#57606a", "#9aa7b4")
TOPICS = (
    ("#b3261e", "#ff9d94"),
    ("#0b5fa5", "#7fb8f0"),
    ("#1b7a3d", "#7fd39a"),
    ("#7b3fa0", "#d0a6f0"),
    ("#8a5a00", "#e6b655"),
    ("#00707a", "#5fd0d8"),
    ("#b8155a", "#ff9cc4"),
    ("#4f5b66", "#b8c4cf"),
)
SHADES = len(TOPICS)

_FIXED = """text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:13px}
.year{font-weight:700;text-anchor:end}
.day,.name{font-weight:600}
.ring{stroke-width:2}
.bar{opacity:.75}
.axis{stroke-width:2}
.fold{stroke-width:2;stroke-dasharray:2 4}
"""


def css(lanes: int) -> str:
    """The style sheet of a picture with so many lanes."""
    return f"{_FIXED}{_shade(lanes, 0)}@media (prefers-color-scheme:dark){{\n{_shade(lanes, 1)}}}\n"


def _shade(lanes: int, shade: int) -> str:
    lines = [
        f".paper{{fill:{PAPER[shade]}}}",
        f".lane{{fill:{LANE[shade]}}}",
        f".year,.words,.key{{fill:{INK[shade]}}}",
        f".ring{{fill:{PAPER[shade]}}}",
        f".keyring{{stroke:{INK[shade]}}}",
        f".rule{{stroke:{RULE[shade]}}}",
        f".axis,.fold{{stroke:{AXIS[shade]}}}",
    ]
    for index in range(lanes):
        colour = TOPICS[index % SHADES][shade]
        lines.append(f".c{index},.f{index}{{fill:{colour}}}.s{index}{{stroke:{colour}}}")
    return "\n".join(lines) + "\n"
