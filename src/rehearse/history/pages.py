"""Records found page by page in a SQLite file whose tables can't be found any more.

The format is that of sqlite.org/fileformat2.html; its names are used here. Nothing is believed that doesn't fit: a cell
counts only if its record's header and length agree.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DEFAULT_PAGE = 4096
"""Bytes; what SQLite makes unless told otherwise, and so all our stores."""

_MAGIC = b"SQLite format 3\x00"
_WAL_MAGICS = (0x377F0682, 0x377F0683)
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR, _TABLE_INTERIOR = 13, 10, 2, 5
_CELLS_AT = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INTERIOR: 12}
"""Where the cell pointers begin, by the kind of page."""

_NUMBER_BYTES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_MOST_COLUMNS = 100
_DAMAGED_CHARACTERS = 8

Value = None | int | float | str | bytes


class Found(NamedTuple):
    """A record in a leaf of some table or index."""

    rowid: int | None
    """None in an index and in a table without row keys."""
    values: tuple[Value, ...]


class PageFile:
    """A database file and its write-ahead log as pages, the newest committed version of each; read once."""

    def __init__(self, database: Path) -> None:
        """Raises OSError if the file can't be read; without its log it is taken as it is."""
        raw = database.read_bytes()
        size = int.from_bytes(raw[16:18], "big")
        self.size = size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else DEFAULT_PAGE
        cut = range(0, len(raw), self.size)
        self.pages = {number: raw[at : at + self.size].ljust(self.size, b"\0") for number, at in enumerate(cut, 1)}
        log = database.with_name(database.name + "-wal")
        if log.exists():
            self.pages |= _logged(log.read_bytes(), self.size)

    def records(self) -> Iterator[Found]:
        """Every record of a page that is in use."""
        free = self._free()
        for number, page in sorted(self.pages.items()):
            if number not in free:
                yield from self._records_of(number, page)

    def _records_of(self, number: int, page: bytes) -> Iterator[Found]:
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind == _TABLE_INTERIOR:
            return
        # A page whose kind is unreadable may be any: what doesn't fit yields nothing.
        for assumed in (kind,) if kind in _CELLS_AT else (_TABLE_LEAF, _INDEX_LEAF):
            begin = start + _CELLS_AT[assumed]
            count = min(int.from_bytes(page[start + 3 : start + 5], "big"), (self.size - begin) // 2)
            for index in range(count):
                at = int.from_bytes(page[begin + 2 * index : begin + 2 * index + 2], "big")
                if begin <= at < self.size - 3:
                    found = self._cell(page, at, assumed)
                    if found is not None:
                        yield found

    def _cell(self, page: bytes, at: int, kind: int) -> Found | None:
        if kind == _INDEX_INTERIOR:
            at += 4  # the page of the smaller entries
        length, at = _varint(page, at)
        rowid = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        if not 2 <= length <= self.size * len(self.pages):
            return None
        values = _decoded(self._payload(page, at, length, kind), length)
        return None if values is None else Found(rowid, values)

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """A cell's bytes, those on overflow pages included; fewer than `length` where the chain is broken."""
        most = self.size - 35 if kind == _TABLE_LEAF else (self.size - 12) * 64 // 255 - 23
        if length <= most:
            return page[at : at + length]
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        parts, there = [page[at : at + local]], local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        seen: set[int] = set()
        while there < length and following in self.pages and following not in seen:
            seen.add(following)
            more = self.pages[following]
            parts.append(more[4 : 4 + length - there])
            there += len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)

    def _free(self) -> set[int]:
        """Pages that hold nothing any more, what was deleted at most; none where the first page can't be read."""
        first = self.pages.get(1, b"")
        free: set[int] = set()
        trunk = int.from_bytes(first[32:36], "big") if first.startswith(_MAGIC) else 0
        while trunk in self.pages and trunk not in free:
            free.add(trunk)
            page = self.pages[trunk]
            count = min(int.from_bytes(page[4:8], "big"), self.size // 4 - 2)
            free |= {int.from_bytes(page[8 + 4 * index : 12 + 4 * index], "big") for index in range(count)}
            trunk = int.from_bytes(page[:4], "big")
        return free


def _logged(log: bytes, size: int) -> dict[int, bytes]:
    """The pages that a write-ahead log holds, up to its last commit."""
    if int.from_bytes(log[:4], "big") not in _WAL_MAGICS or int.from_bytes(log[8:12], "big") != size:
        return {}
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(32, len(log) - size - 23, size + 24):
        if log[at + 8 : at + 16] != log[16:24]:  # the salts: what comes behind is of an older round
            break
        waiting[int.from_bytes(log[at : at + 4], "big")] = log[at + 24 : at + 24 + size]
        if int.from_bytes(log[at + 4 : at + 8], "big"):
            committed |= waiting
            waiting = {}
    return committed


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer and the place behind it; reads zeros behind the end."""
    value = 0
    for index in range(9):
        byte = data[at + index] if at + index < len(data) else 0
        if index == 8:
            value = value << 8 | byte
            return value - (1 << 64) if value >> 63 else value, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    raise AssertionError


def _decoded(payload: bytes, length: int) -> tuple[Value, ...] | None:
    """The columns of a record of `length` bytes, cut off where the payload ends; None if it isn't a record."""
    header, at = _varint(payload, 0)
    if not at < header <= min(length, len(payload)):
        return None
    kinds: list[int] = []
    while at < header and len(kinds) <= _MOST_COLUMNS:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    sizes = [_NUMBER_BYTES.get(kind, (kind - 12) // 2 if kind >= 12 else -1) for kind in kinds]
    if at != header or min(sizes, default=-1) < 0 or header + sum(sizes) != length:
        return None
    values: list[Value] = []
    for kind, size in zip(kinds, sizes, strict=True):
        values.append(_value(kind, payload[at : at + size]))
        at += size
    return tuple(values)


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", raw)[0]) if len(raw) == 8 else None
    if kind < 7:
        return int.from_bytes(raw, "big", signed=True)
    return _text(raw) if kind % 2 else raw


def _text(raw: bytes) -> str:
    """Text with single damaged bytes marked, and cut off where whole stretches are damaged."""
    text = raw.decode("utf-8", "replace")
    return text if text.count("\ufffd") <= _DAMAGED_CHARACTERS else text.partition("\ufffd")[0]
