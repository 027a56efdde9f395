"""The page's style. Text has a contrast of 4.5 to 1 with its background, marks that say something one of 3 to
1 (WCAG 2.2, 1.4.3 and 1.4.11); a test reckons them."""

from __future__ import annotations

# Names, and their colours in the light and in the dark.
COLOURS = {
    "paper": ("#ffffff", "#14181d"),
    "ink": ("#1f2328", "#e6edf3"),
    "quiet": ("#57606a", "#9aa7b4"),
    "rule": ("#d0d7de", "#39424e"),
    "link": ("#0b5fa5", "#7fb8f0"),
    "mark": ("#0b5fa5", "#7fb8f0"),
    "known": ("#1b7a3d", "#7fd39a"),
    "learning": ("#b06f00", "#e6b655"),
    "unseen": ("#e4e8ec", "#2a323b"),
    "d0": ("#e4e8ec", "#2a323b"),
    "d1": ("#9fc3e4", "#274a6b"),
    "d2": ("#5b97cc", "#3d74a6"),
    "d3": ("#2a74b5", "#5f9fd6"),
    "d4": ("#0b4a82", "#a5d0f7"),
}


def _shade(shade: int) -> str:
    return "".join(f"--{name}:{colours[shade]};" for name, colours in COLOURS.items())


_FILLS = "".join(
    f".{name}{{fill:var(--{name})}}" for name in ("known", "learning", "unseen", "d0", "d1", "d2", "d3", "d4")
)

CSS = f""":root{{color-scheme:light dark;{_shade(0)}}}
@media (prefers-color-scheme:dark){{:root{{{_shade(1)}}}}}
body{{margin:0;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}}
main{{max-width:64rem;margin:0 auto;padding:1rem}}
h1{{font-size:1.5rem;line-height:1.25}}
h2{{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--rule)}}
a{{color:var(--link);overflow-wrap:anywhere}}
p{{max-width:44rem;margin:.5rem 0}}
.plots{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.5rem}}
figure{{margin:1rem 0;max-width:34rem}}
figure svg{{width:100%;height:auto;display:block}}
figcaption{{color:var(--quiet);font-size:.9rem}}
svg text{{font-size:11px;fill:var(--quiet)}}
.bar{{fill:var(--mark)}}
.range{{stroke:var(--mark);stroke-width:2}}
.rule{{stroke:var(--rule);stroke-width:1}}
.same{{stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:4 4}}
{_FILLS}
.wide{{overflow-x:auto}}
table{{border-collapse:collapse;font-variant-numeric:tabular-nums}}
caption{{text-align:left;color:var(--quiet);font-size:.9rem;padding:.25rem 0}}
th,td{{padding:.2rem .75rem .2rem 0;text-align:right;vertical-align:baseline}}
th[scope=row],thead th:first-child{{text-align:left;font-weight:normal}}
thead th{{white-space:nowrap}}
tbody tr{{border-top:1px solid var(--rule)}}
td svg{{width:6rem;height:.7rem;display:block}}
details{{margin:.5rem 0}}
summary{{cursor:pointer;color:var(--link)}}
li{{margin:1rem 0}}
li p{{margin:.15rem 0}}
@media print{{details{{display:none}}}}
"""
