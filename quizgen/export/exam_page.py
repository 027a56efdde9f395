"""An exam's result as one self-contained page to hand in: no script, nothing to load, good on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizgen.export.html import block, escape, inline, link, text

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.score { font-size: 1.6rem; font-weight: 600; margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
tr > * { border-bottom: 1px solid #8886; }
td.number, th.number { text-align: right; white-space: nowrap; }
article { border-top: 1px solid #8886; padding: .8rem 0; break-inside: avoid; }
article > div { margin: .3rem 0; } .stem { font-weight: 600; }
.right b { color: light-dark(#0a6b2d, #7fd99a); } .wrong b { color: light-dark(#a3121f, #ff9a9a); }
.quiet, footer { font-size: .9rem; opacity: .8; }
"""
_MARKS = {"right": "Right", "nearly": "Not right: nearly", "wrong": "Not right", "unreadable": "Not right"}


def exam_page(result: Mapping[str, Any]) -> str:
    """The page, from the document that the JSON file holds (`quizgen-exam/1`)."""
    return "\n".join(_page(result)) + "\n"


def _page(result: Mapping[str, Any]) -> Iterator[str]:
    deck, score = result["deck"], result["score"]
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Nothing may be loaded or run, whatever a deck's text holds.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>Exam: {escape(deck['name'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>Exam: {inline(deck['name'])}</h1>"
    yield f'<p class="score">{score["right"]} of {score["asked"]} right, {_percent(score["share"])}</p>'
    yield (
        "<p>With 95 % confidence, the share of all such questions that would be answered right is "
        f"{_interval(score)} (Wilson's interval).</p>"
    )
    allowed = f", {result['minutes_allowed']} minutes allowed" if result["minutes_allowed"] else ""
    yield (
        f'<p class="quiet">Begun {_time(result["begun"])}, ended {_time(result["ended"])}{allowed}. '
        f"{result['answered']} of {score['asked']} answered. Deck revision {escape(deck['revision'])}.</p>"
    )
    yield from _topics(result["topics"])
    yield "<h2>Answers</h2>"
    for answer in result["answers"]:
        yield from _answer(answer)
    if result["unanswered"]:
        yield "<h2>Not answered</h2>\n<ul>"
        yield from (f"<li>{inline(one['question'])}</li>" for one in result["unanswered"])
        yield "</ul>"
    yield "<footer>Made by quizgen.</footer>\n</body>\n</html>"


def _topics(topics: list[Mapping[str, Any]]) -> Iterator[str]:
    yield '<h2>By topic</h2>\n<table>\n<tr><th>Topic</th><th class="number">Right</th>'
    yield '<th class="number">95 % interval</th></tr>'
    for one in topics:
        yield (
            f'<tr><td>{inline(one["topic"])}</td><td class="number">{one["right"]} of {one["asked"]}</td>'
            f'<td class="number">{_interval(one)}</td></tr>'
        )
    yield "</table>"


def _answer(answer: Mapping[str, Any]) -> Iterator[str]:
    right = answer["mark"] == "right"
    yield f'<article class="{"right" if right else "wrong"}">'
    yield f'<div class="quiet">{answer["number"]}. {inline(answer["topic"])}</div>'
    yield block(answer["question"], "stem")
    for number, prompt in enumerate(answer["prompts"], 1):
        yield f"<div>{number}. {inline(prompt)}</div>"
    if answer["options"]:
        named = (f"{chr(97 + place)}) {inline(option)}" for place, option in enumerate(answer["options"]))
        yield f'<div class="quiet">{" &emsp; ".join(named)}</div>'
    yield f"<div><b>{_MARKS[answer['mark']]}.</b> Answered: {inline(answer['response'] or 'nothing')}</div>"
    if not right:
        yield f"<div>Right answer: {inline(answer['right_answer'])}</div>"
        yield f"<div>{text(answer['explanation'])}</div>"
        for source in answer["sources"]:
            yield f'<div class="quiet">Source: {link(source["link"], source["citation"])}</div>'
    yield "</article>"


def _percent(share: float | None) -> str:
    return "no question" if share is None else f"{100 * share:.0f} %"


def _interval(score: Mapping[str, Any]) -> str:
    low, high = score["interval_95"]
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def _time(iso: str) -> str:
    """A time in UTC to the minute: "2026-11-22 09:00 UTC"."""
    return escape(f"{iso[:10]} {iso[11:16]} UTC")
