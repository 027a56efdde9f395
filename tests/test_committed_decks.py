"""The decks that stand built in `decks/`, for whoever has no Python, are what their recipes build.

`QUIZGEN_REWRITE_DECKS=1 pytest tests/test_committed_decks.py` builds them anew. The locks beside the recipes
must be up to date before (`quizgen build DECK --lock`), because they date the notes.
"""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import tomllib
import zipfile
import zlib
from pathlib import Path

import pytest

from quizgen.cli.building import built

ROOT = Path(__file__).parent.parent
DECKS = ROOT / "decks"
NAMES = sorted(path.stem for path in DECKS.glob("*.yaml") if "." not in path.stem)

# What the zlib that packed the committed decks makes of a sample. Another implementation of deflate (zlib-ng)
# packs the same text into other bytes, and then only what is unpacked can be compared.
SAMPLE = b"".join(hashlib.sha256(b"%d" % (number % 97)).hexdigest().encode() for number in range(3000))
PACKED_BY = "37d61eb6ae8a0950c047fbf8284f1c40c6a4094df0e9e5165f50b455b80964ab"
HERE = hashlib.sha256(zlib.compress(SAMPLE, 6)).hexdigest()


def difference(committed: bytes, data: bytes, zlib_here: str) -> str | None:
    """In what a committed deck differs from the built one; None where another zlib alone explains it."""
    if committed == data:
        return None
    if _unpacked(committed) != _unpacked(data):
        return "it holds other contents"
    return "it holds the same contents, packed otherwise" if zlib_here == PACKED_BY else None


def _unpacked(data: bytes) -> list[tuple[str, tuple[int, ...], int, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [
            (member.filename, member.date_time, member.compress_type, package.read(member))
            for member in package.infolist()
        ]


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_deck_is_what_its_recipe_builds(name: str) -> None:
    """Byte by byte, where this zlib packs as the one that packed it; else by the bytes that it unpacks to."""
    path = DECKS / f"{name}.apkg"
    data = built(name).package
    if os.environ.get("QUIZGEN_REWRITE_DECKS"):
        path.write_bytes(data)
    if not path.exists():
        pytest.skip(f"{path.name} is not committed")
    assert difference(path.read_bytes(), data, HERE) is None, (
        f"QUIZGEN_REWRITE_DECKS=1 pytest {Path(__file__).name} builds {path.name} anew "
        f"(this is zlib {zlib.ZLIB_RUNTIME_VERSION}, SQLite {sqlite3.sqlite_version})"
    )


def _package(text: bytes, level: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        package.writestr(zipfile.ZipInfo("collection.anki2"), text, zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()


def test_another_zlib_excuses_other_packing_and_nothing_else() -> None:
    """The same contents packed otherwise pass on another zlib alone; other contents pass nowhere."""
    one, packed, other = _package(SAMPLE, 6), _package(SAMPLE, 1), _package(SAMPLE + b"!", 6)
    assert packed != one
    assert difference(one, one, PACKED_BY) is None
    assert difference(packed, one, "another") is None
    assert difference(packed, one, PACKED_BY) == "it holds the same contents, packed otherwise"
    assert difference(other, one, "another") == "it holds other contents"


def test_built_decks_stay_out_of_the_wheel() -> None:
    """Whoever installs quizgen builds the decks, and need not download them too."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "*.apkg" in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
