"""Plain text: making it safe to show, and folding it for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# C0 and C1 controls move the cursor, recolour the screen or rename the window; the bidirectional
# embeddings, overrides and isolates can make text read other than it is (CVE-2021-42574).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\N{MATHEMATICAL LEFT ANGLE BRACKET}U+{code:04X}\N{MATHEMATICAL RIGHT ANGLE BRACKET}"


def visible(text: str) -> str:
    """`text` with every control character shown as a picture of itself; line feeds and tabs stay."""
    return _UNSAFE.sub(_picture, text)


def count(number: int, one: str, many: str = "") -> str:
    """ "1 item", "1,200 items"; `many` where more than one is not said with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def squeeze(text: str) -> str:
    """`text` with each run of white space made one space, and none at the ends."""
    return " ".join(text.split())


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛ʼ′`"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_UNIFY = _DASHES | _QUOTES


def unify(text: str) -> str:
    """`text` with one kind of dash, quotation mark and white space, for finding words in it."""
    if text.isascii():
        return squeeze(text.replace("`", "'"))
    return squeeze(unicodedata.normalize("NFKC", text.translate(_UNIFY)))


def _without_latin_marks(text: str) -> str:
    kept: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            if not latin:
                kept.append(char)
        else:
            latin = "LATIN" in unicodedata.name(char, "")
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


_ARTICLE = re.compile(r"(?:the|an?) ")
_LOOSE = re.compile(r"[^\w%$€£¥]+")
# The same for ASCII, which most texts are: letters small, apostrophes left out, other marks spaces. One table
# takes little more than half the time, and a deck's rules fold each text of it.
_ASCII = {code: _LOOSE.sub(" ", chr(code).lower()) for code in range(128)} | {ord("'"): None, ord("`"): None}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """What two answers must share to count as the same words.

    NFKC, case folded, marks dropped from Latin letters only (Hangul and kana keep theirs), every dash and
    quotation mark alike, punctuation as white space, and no leading article.
    """
    if text.isascii():
        words = squeeze(text.translate(_ASCII))
    else:
        plain = _without_latin_marks(unify(text).casefold())
        words = _LOOSE.sub(" ", plain.replace("'", "")).strip()
    article = _ARTICLE.match(words)
    return words[article.end() :] if article else words
