"""Junk: bytes in an MP3 file that are no sound, and how long what stood there must have been."""

from typing import Any

UNTIMED = "mp3"
"""FFmpeg's name of a format that is frames in a row: its time stamps only count the frames that were found."""

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
        content = bytes(packet)[:10]
        if content.startswith(_TAG) and len(content) == 10:
            length = 0
            for seven_bits in content[6:]:
                length = length << 7 | seven_bits & 0x7F
            self._tag_ends = packet.pos + len(content) + length
        if self._bytes and packet.pos >= self._tag_ends:
            counted = float(packet.duration * packet.time_base) if packet.duration else 0.0
            self.lasted += max(0.0, packet.size / self._bytes * self._seconds - counted)
