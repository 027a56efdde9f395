"""The exporters. To add one, write its module and name it in `EXPORTERS`; nothing else needs to know.

An exporter is a pure function from a bank to the bytes of a file: the same bank gives the same bytes. Each
is imported only when it is called, so that nobody waits for a library that they don't use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizgen.items.item import Bank


def _apkg(bank: Bank) -> bytes:
    from quizgen.export.anki_file import apkg

    return apkg(bank)


def _json(bank: Bank) -> bytes:
    from quizgen.export.json_bank import bank_json

    return bank_json(bank)


def _deck_page(bank: Bank) -> bytes:
    from quizgen.export.deck_page import deck_page

    return deck_page(bank)


EXPORTERS: Mapping[str, Callable[[Bank], bytes]] = {
    "apkg": _apkg,
    "deck-page": _deck_page,
    "json": _json,
}
