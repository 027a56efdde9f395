"""What can be read of a damaged store, page by page, without SQLite, which gives up at the first bad page.

See https://www.sqlite.org/fileformat2.html: a leaf page of a table holds whole rows, and tells where they
are. So every row whose own page is sound is found, whatever happened to the rest of the file. The log never
deletes, so that no row found in this way was meant to be gone.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

from quizgen.store import rows
from quizgen.store.fields import FieldError, entry_from
from quizgen.store.review import Entry, moment

_MAGIC = b"SQLite format 3\0"
# The columns of the two tables, in the order in which every format so far has had them.
_LOG = ("n", *rows.LOG.split(", "))
_FLAG = tuple(rows.FLAG.split(", "))
# A page's kind -> its head's length, whether a cell begins with a child page, whether with a row's number.
_KINDS = {0x0D: (8, False, True), 0x0A: (8, False, False), 0x02: (12, True, False)}

Value = int | float | str | bytes | None


def salvage(data: bytes) -> Iterator[tuple[int, Entry]]:
    """Each entry that can be read in a store's bytes, with the number of its page, from 0.

    The same one may come more than once.
    """
    size = _page_size(data)
    for page in range(page_count(data)):
        for entry in _entries(data, page, size):
            yield page, entry


def page_count(data: bytes) -> int:
    """How many pages a store has; the last one may be cut off."""
    size = _page_size(data)
    return (len(data) + size - 1) // size


def _page_size(data: bytes) -> int:
    told = int.from_bytes(data[16:18])
    size = 65536 if told == 1 else told
    if data.startswith(_MAGIC) and size >= 512 and size & (size - 1) == 0:
        return size
    return 4096  # the beginning is lost: what SQLite takes where nobody tells it otherwise


def _entries(data: bytes, page: int, size: int) -> Iterator[Entry]:
    start = page * size
    head = start + (100 if page == 0 else 0)
    if len(data) - head < 8 or data[head] not in _KINDS:
        return
    length, child, numbered = _KINDS[data[head]]
    for place in range(int.from_bytes(data[head + 3 : head + 5])):
        pointer = head + length + 2 * place
        cell = start + int.from_bytes(data[pointer : pointer + 2]) + (4 if child else 0)
        try:
            values = _record(_payload(data, cell, size, numbered))
            entry = _entry(values, _LOG if numbered else _FLAG)
        except (IndexError, ValueError, OverflowError, RecursionError):
            continue  # no row, or none of ours, or damaged
        yield entry


def _payload(data: bytes, at: int, size: int, numbered: bool) -> bytes:
    """A cell's record, gathered from the pages that a long one runs over."""
    length, at = _varint(data, at)
    if numbered:
        _, at = _varint(data, at)
    if length > len(data):
        raise ValueError("longer than the file")
    most = size - 35 if numbered else (size - 12) * 64 // 255 - 23
    if length <= most:
        return data[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    local = least + (length - least) % (size - 4)
    local = local if local <= most else least
    found = data[at : at + local]
    following = int.from_bytes(data[at + local : at + local + 4])
    while following and len(found) < length:
        start = (following - 1) * size
        following = int.from_bytes(data[start : start + 4])
        part = data[start + 4 : start + 4 + min(size - 4, length - len(found))]
        if not part:
            break  # the rest is lost, and with it the row
        found += part
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(8):
        byte = data[at + place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place + 1
    return number << 8 | data[at + 8], at + 9


def _record(payload: bytes) -> list[Value]:
    length, at = _varint(payload, 0)
    if not 0 < length <= 64 or length > len(payload):
        raise ValueError("no head of a row of ours")
    kinds = []
    while at < length:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    return values


_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}  # a serial type -> the bytes of its number


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """The value of a serial type, and where it ends. Raises ValueError."""
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind in (10, 11):
        raise ValueError("SQLite keeps these for itself")
    length = _NUMBERS[kind] if kind < 12 else (kind - 12) // 2
    part = payload[at : at + length]
    if len(part) < length:
        raise ValueError("the row is cut off")
    end = at + length
    if kind == 7:
        return float(struct.unpack(">d", part)[0]), end
    if kind < 12:
        return int.from_bytes(part, signed=True), end
    return part.decode("utf-8") if kind % 2 else part, end


def _entry(values: list[Value], columns: tuple[str, ...]) -> Entry:
    fields: dict[str, object] = dict(zip(columns, values, strict=True))
    at, facts = fields["at"], fields.get("facts")
    if not isinstance(at, int):
        raise FieldError("at", "no time", "")
    fields["at"] = moment(at).isoformat()
    if isinstance(facts, str):
        fields["facts"] = json.loads(facts)
    if columns is _FLAG:
        return entry_from({"kind": "flag", **fields})
    del fields["n"]
    kept = {name: value for name, value in fields.items() if value is not None}
    if fields["kind"] == "review":
        kept.setdefault("seconds", None)
    return entry_from(kept)
