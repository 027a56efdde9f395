"""The one place that turns plain text into HTML for Anki."""

from __future__ import annotations

import re

from quizgen.base.text import visible

# Beside HTML's own marks, Anki gives a meaning to braces (template fields, cloze), to square brackets
# ([sound:], [latex], [anki:]) and, through MathJax, to backslashes (\(, \[).
_ESCAPES = {char: f"&#{ord(char)};" for char in "\"'{}[]\\"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
# Most text needs nothing done, and one look says so: printable ASCII without any of the above.
_harmless = re.compile(r"[ !#$%()*+,\-./0-9:;=?@A-Z^_`a-z|~]*").fullmatch

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_EAST_ASIAN = re.compile(f"[{_HANGUL}{_KANA}{_HAN}]+")
# genanki looks from each mark to the end of the line: in a longer text that would take minutes.
_MARKED_UP_TO = 20_000
_HAS_HANGUL = re.compile(f"[{_HANGUL}]")
_HAS_KANA = re.compile(f"[{_KANA}]")


def escape(plain: str) -> str:
    """`plain` so that it shows as the text it is, in an element or in a quoted attribute."""
    if _harmless(plain):
        return plain
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], visible(plain))


def text(plain: str) -> str:
    """`plain` as HTML: escaped, lines kept, and Korean and Japanese words marked with their language.

    The mark lets a browser pick the national shape of a Han character and a reader aloud its voice. Han
    characters by themselves can be either, and get none.
    """
    if _harmless(plain):
        return plain
    html = escape(plain).replace("\n", "<br>")
    if html.isascii() or len(html) > _MARKED_UP_TO:
        return html
    return _EAST_ASIAN.sub(_with_language, html)


def _with_language(match: re.Match[str]) -> str:
    run = match.group()
    if _HAS_HANGUL.search(run):
        return f'<span lang="ko">{run}</span>'
    if _HAS_KANA.search(run):
        return f'<span lang="ja">{run}</span>'
    return run


def inline(plain: str) -> str:
    """`plain` within a line, its direction of writing kept from mixing with its neighbours'.

    ASCII has but one direction, and is left without the mark.
    """
    if _harmless(plain):
        return plain
    return f"<bdi>{text(plain)}</bdi>"


def block(plain: str, css_class: str) -> str:
    """`plain` as a block of its own, written in the direction of its first letter."""
    return f'<div class="{css_class}" dir="auto">{text(plain)}</div>'


def link(address: str, label: str) -> str:
    """`label` as a link, or label and address as text where the address is not one of the web."""
    if address.lower().startswith(("https://", "http://")):
        return f'<a href="{escape(address)}">{inline(label)}</a>'
    return f"{inline(label)} ({inline(address)})"
