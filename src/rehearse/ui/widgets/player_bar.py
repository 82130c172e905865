"""Where the replay stands, and the keys that move it, visible without help."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from rehearse.domain.rehearsal import clock_text
from rehearse.ui.widgets.recording_bar import time_bar

if TYPE_CHECKING:
    from rehearse.audio.playback import Player

SHORT_KEYS = "  space , . - +"
LEAST_BAR = 6
"""Cells of the bar; with fewer, the keys stand without words."""


class PlayerBar(Static):
    """One row."""

    position = reactive(0.0)
    playing = reactive(False)
    speed = reactive(1.0)
    silent = reactive(False)
    """No loudspeaker, or none any more: the words are lit without sound."""

    def __init__(self, duration: float, *, available: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._duration = duration
        self._available = available

    def follow(self, player: "Player") -> None:
        """Show where a player is, and whether it is heard."""
        self.playing, self.position, self.speed = player.playing, player.position, player.speed
        self.silent = player.silent

    def last(self, seconds: float) -> None:
        """The sound is so long."""
        self._duration = seconds
        self.refresh()

    def render(self) -> Content:
        if not self._available:
            return Content.styled("no recording to replay", "dim")
        keys = "  space play  , . ±5 s  - + speed"
        state = "▶" if self.playing else "⏸"
        note = " (no loudspeaker)" if self.silent else ""
        times = f"{state} {clock_text(self.position)}/{clock_text(self._duration)} {self.speed:g}×{note} "
        if self.size.width - len(times) - len(keys) < LEAST_BAR:
            keys = SHORT_KEYS
        width = max(6, self.size.width - len(times) - len(keys))
        share = self.position / self._duration if self._duration else 0
        done, rest = time_bar(share, width)
        return Content.assemble((times, "bold"), (done, "$accent"), (rest, "dim"), (keys, "dim"))
