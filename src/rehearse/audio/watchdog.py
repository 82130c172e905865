"""Notices a microphone that has stopped or delivers only silence. PortAudio reports neither."""

from rehearse.errors import DeviceError

STALLED_SECONDS = 1.5
"""Without a callback for so long the device is gone or hangs: with a source unloaded, the stream stays active."""

SILENT_SECONDS = 3.0
"""Pure zeros for so long aren't a quiet room, whose noise is never exactly zero, but a muted or blocked input."""

GATED_SECONDS = 4.0
"""The same, once it has delivered sound: noise suppression turns the silence between words into zeros, so it is said
with the doubt that it deserves. An unplugged microphone may also go on as another one that hears nothing."""

FIRST_BLOCK_SECONDS = 5.0
"""Patience with a device that was just opened: the first samples took up to 2.1 s to come."""


class Watchdog:
    """Judges by the time of the last callback and by the samples themselves; times are passed in."""

    def __init__(self, opened_at: float) -> None:
        """Args: opened_at: seconds of the clock that the other times are of."""
        self._last_at = opened_at
        self._any = False
        self._zeros = 0.0
        self._sounded = False
        self._gone = False
        self._waiting = False

    def reopened(self, at: float) -> None:
        """The stream was closed and another one opened: it has stopped until that one brings something."""
        self._last_at = at
        self._any = False
        self._gone = False
        self._waiting = True
        self._zeros = 0.0

    def callback_came(self, at: float) -> None:
        """Samples came; called in PortAudio's thread."""
        self._last_at = at
        self._any = True
        self._waiting = False

    def stream_ended(self) -> None:
        """PortAudio gave the stream up; called in its thread."""
        self._gone = True

    def heard(self, seconds: float, *, silent: bool) -> None:
        """So many seconds of sound were read; `silent` if every sample was zero."""
        self._zeros = self._zeros + seconds if silent else 0.0
        self._sounded = self._sounded or not silent

    def stopped(self, now: float) -> bool:
        """Nothing comes any more, and nothing will: the stream was given up, or had its time."""
        return self._gone or now - self._last_at > (STALLED_SECONDS if self._any else FIRST_BLOCK_SECONDS)

    def trouble(self, now: float) -> DeviceError | None:
        """The verdict now; None once sound comes again."""
        if self._gone or self._waiting:
            return DeviceError(
                "The microphone has stopped",
                why="it was unplugged, or the sound system has ended",
                next_step="Plug it in again; what was said so far is kept.",
            )
        if self.stopped(now):
            return DeviceError(
                "The microphone has stopped" if self._any else "The microphone doesn't start",
                why="no sound comes from it",
                next_step="See that it is plugged in, or choose another one in the settings.",
            )
        if self._sounded and self._zeros >= GATED_SECONDS:
            return DeviceError(
                "The microphone delivers only silence",
                why="it is muted or unplugged, or noise suppression leaves nothing of a quiet room",
                next_step="If you aren't speaking just now, ignore this; otherwise unmute it or plug it in.",
            )
        if not self._sounded and self._zeros >= SILENT_SECONDS:
            return DeviceError(
                "The microphone delivers only silence",
                why="it is muted, or this terminal isn't allowed to use it",
                next_step="Unmute it, or choose another one in the settings.",
            )
        return None
