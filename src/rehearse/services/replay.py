"""The replay of an answer: its player, opened when it is first asked for, and the word that is heard just now."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.audio.playback import Player
    from rehearse.domain.answer import Answer
    from rehearse.domain.transcript import Transcript

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


def can_be_heard(answer: Answer) -> bool:
    """Its recording was kept, and is still there."""
    return answer.recording is not None and answer.recording.is_file()


class Replay:
    """What the keys of a replay do. Reading a recording takes its time, so most answers are looked at without."""

    def __init__(self, transcript: Transcript, open_player: Callable[[], object]) -> None:
        """`open_player` returns at once; whoever has opened it then calls `opened`, or never where nothing is kept."""
        self.player: Player | None = None
        self.follow(transcript)
        self._open_player = open_player
        self._wanted: float | None = None
        self._waiting = False
        """It plays once the player is there."""
        self._put_down = False
        self._had_sound = False
        self._left_at: float | None = None
        self._speed = 1.0

    def follow(self, transcript: Transcript) -> None:
        """These are the words from now on."""
        self._duration = transcript.duration
        self._starts = [word.start for word in transcript.words]

    def play(self, position: float | None = None) -> None:
        """Play from a second on, or from where it stands; where the loudspeaker was lost, on a new one if there is."""
        if self.player is not None and self._had_sound and self.player.silent:
            self.put_down()
        if self.player is None:
            self._wanted, self._waiting = self._left_at if position is None else position, True
            self._open_player()
            return
        if position is not None:
            self.player.seek(max(0.0, position))
        self.player.play()

    def opened(self, player: Player) -> None:
        """The player is there: play what was asked for last, unless something else is looked at meanwhile."""
        if self._put_down and not self._waiting:
            player.close()
            return
        self.player, self._put_down, self._had_sound = player, False, not player.silent
        if self._speed != player.speed:
            player.speed = self._speed
        if self._waiting:
            self.play(self._wanted)

    def toggle(self) -> None:
        """Play or pause; from the beginning where the end was heard."""
        if self.player is not None and self.player.playing:
            self.player.pause()
        elif self.player is not None and self.player.finished:
            self.play(0.0)
        else:
            self.play()

    def jump(self, by: int) -> None:
        """Seconds back or on."""
        if self.player is None:
            self.play(max(0.0, (self._left_at or 0.0) + by))
        else:
            self.player.seek(min(self._duration, max(0.0, self.player.position + by)))

    def change_speed(self, by: int) -> bool:
        """That many steps slower or faster, at the same pitch; False where nothing was played yet."""
        player = self.player
        if player is None:
            return False
        here = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - player.speed))
        player.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, here + by))]
        return True

    def pause(self) -> None:
        """Something else is looked at."""
        self._waiting = False
        if self.player is not None:
            self.player.pause()

    def put_down(self) -> None:
        """A microphone is wanted, and one plugged in late is found only while no loudspeaker is open: give it back.

        What plays next opens it again, where it stood.
        """
        self._waiting, self._put_down = False, True
        player, self.player = self.player, None
        if player is not None:
            self._left_at, self._speed = player.position, player.speed
            player.close()

    def close(self) -> None:
        """Give the loudspeaker back."""
        if self.player is not None:
            self.player.close()

    @property
    def word(self) -> int | None:
        """Index of the word that is heard, or was heard last; None before the first."""
        player = self.player
        if player is None:
            return None
        position = player.position
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 and (player.playing or position > 0) else None
