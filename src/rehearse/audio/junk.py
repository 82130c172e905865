"""Junk: bytes in an MP3 or AAC file that are no sound, and how long what stood there must have been."""

from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

UNTIMED = frozenset({"mp3", "aac"})
"""FFmpeg's names of formats that are frames in a row: their time stamps only count the frames that were found."""

SKIPPED = "aac"
"""The one of them in which FFmpeg leaves out what is no frame without a word, and counts on as if it weren't there."""

_HEADER = 7
"""Bytes that begin a frame of AAC (ADTS, ISO 13818-7). The first three, of which sort it is, are the same in all of a
file; its length is thirteen bits behind them."""

_TAG = b"ID3"
"""Begins a tag (ID3v2), as inside a file that was joined from several; ten bytes, the last four its length."""


class Junk:
    """Counts packets that can't be decoded, at the rate of bytes of those that can."""

    def __init__(self) -> None:
        self.lasted = 0.0
        """Seconds of sound that stood where the junk is, beyond those that the time stamps count."""
        self._bytes = 0
        self._seconds = 0.0
        self._tag_ends = -1

    def decoded(self, packet: Any, frame: Any) -> None:
        """A frame of sound came out of a packet."""
        self._bytes += packet.size
        self._seconds += frame.samples / frame.sample_rate

    def refused(self, packet: Any) -> None:
        """A packet is no sound: damaged, unless it is a tag."""
        if length := _tag_length(bytes(packet)[:10]):
            self._tag_ends = packet.pos + length
        if self._bytes and packet.pos >= self._tag_ends:
            counted = float(packet.duration * packet.time_base) if packet.duration else 0.0
            self.lasted += max(0.0, packet.size / self._bytes * self._seconds - counted)

    def skipped(self, count: int) -> None:
        """So many bytes between two packets are no frame."""
        if self._bytes:
            self.lasted += count / self._bytes * self._seconds


class Gaps:
    """What lies between the packets of a file in which FFmpeg skips what is no frame.

    The packets' own places don't tell: they are counted on. So each is looked for in the file, where it is expected.
    """

    def __init__(self, name: str) -> None:
        """`name` is FFmpeg's of the file."""
        with Path(name.removeprefix("file:")).open("rb") as file:
            self._content = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._at: int | None = None
        """Where the last packet ends."""
        self._begin = 0
        self._sort = b""

    def before(self, packet: Any) -> int:
        """Bytes that were skipped before a packet, beyond tags; those before the first aren't counted."""
        content = bytes(packet)
        expected = self._at or 0
        found = self._content.find(content, expected)
        if not content or found < 0:
            return 0
        first, self._begin, self._at = self._at is None, found, found + len(content)
        if first:
            self._sort = content[:3]
        gap = found - expected
        return 0 if first else max(0, gap - _tag_length(self._content[expected : expected + 10]))

    @property
    def breaks_off(self) -> bool:
        """The file ends within a frame, that of the last packet or one that is too short to have become a packet."""
        return any(self._is_cut(self._content[at:]) for at in (self._begin, self._at or 0))

    def _is_cut(self, piece: bytes) -> bool:
        if len(piece) < _HEADER:
            return piece != b"" and piece[:3] == self._sort[: len(piece)]
        return piece.startswith(self._sort) and _frame_length(piece) > len(piece)


def _frame_length(header: bytes) -> int:
    return (header[3] & 0b11) << 11 | header[4] << 3 | header[5] >> 5


def _tag_length(content: bytes) -> int:
    """Bytes of the tag that begins with these ten, 0 if they are no tag's."""
    if not content.startswith(_TAG) or len(content) < 10:
        return 0
    length = 0
    for seven_bits in content[6:]:
        length = length << 7 | seven_bits & 0x7F
    return len(content) + length
