"""Which source of the sound server a stream of ours hears. PortAudio doesn't know.

Where PulseAudio or PipeWire loses a microphone, it hands the stream over to what is left: another microphone, or the
monitor of a loudspeaker, which brings what the computer plays. `pactl`, which comes with both, says what happens.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import DeviceError

PATIENCE = 2.0
"""Seconds for an answer of `pactl`'s."""
AGAIN_SECONDS = 1.0
"""Until the sound server is listened to again once it has ended."""


@dataclass(frozen=True)
class Source:
    """What a stream hears."""

    name: str
    """As the sound server calls it."""
    description: str = ""
    """As people do."""
    monitor: bool = False
    """It brings what the computer plays."""
    muted: bool = False


def heard_source() -> Source | None:
    """What this process's stream hears; None where it isn't known."""
    if not _server_runs():
        return None
    outputs, sources = _told("source-outputs"), _told("sources")
    own = [part for part in _parts(outputs) if f'application.process.id = "{os.getpid()}"' in part]
    index = _field(own[-1], "Source") if own else ""
    heard = next((part for part in _parts(sources) if index and part.startswith(f"#{index}\n")), "")
    name = _field(heard, "Name")
    if not name:
        return None
    monitor = _field(heard, "Monitor of Sink") not in ("", "n/a")
    return Source(name, _field(heard, "Description"), monitor, _field(heard, "Mute") == "yes")


def _server_runs() -> bool:
    """Asked first, for `pactl` would start one."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    there = "PULSE_SERVER" in os.environ or (folder is not None and (Path(folder) / "pulse" / "native").exists())
    return there and shutil.which("pactl") is not None


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _told(what: str) -> str:
    try:
        done = subprocess.run(
            ["pactl", "list", what], capture_output=True, timeout=PATIENCE, check=False, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")


def _parts(listed: str) -> list[str]:
    """One for each thing listed, from its number on."""
    return re.split(r"^Source(?: Output)? (?=#)", listed, flags=re.MULTILINE)[1:]


def _field(part: str, name: str) -> str:
    found = re.search(rf"^\t{name}: (.*)$", part, re.MULTILINE)
    return found[1].strip() if found else ""


class RouteWatch:
    """Knows what the stream hears, from `look` on at once and then whenever the sound server changes something."""

    def __init__(self, wanted: str | None, look: Callable[[], Source | None] = heard_source) -> None:
        """Nothing is looked at yet.

        Args:
            wanted: the device as it was chosen; who chooses a monitor by its name gets it.
            look: what the stream hears now.
        """
        self._asked_for_monitor = "monitor" in f"{wanted or ''} {os.environ.get('PULSE_SOURCE', '')}".casefold()
        self._look = look
        self._first: Source | None = None
        self._now: Source | None = None
        self._closing = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Look now; what is found first is the microphone that was chosen."""
        found = self._look()
        self._now = found
        if self._first is None and found is not None and not self.unasked:
            self._first = found
        # A busy server may not have answered in time.
        if self._thread is None and not self._closing.is_set() and (found is not None or _server_runs()):
            self._thread = threading.Thread(target=self._follow, name="rehearse-route", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """No more."""
        self._closing.set()
        child = self._child
        if child is not None:
            child.terminate()

    @property
    def unasked(self) -> bool:
        """It hears a monitor, and nobody asked for one: nothing of that may become part of an answer."""
        return self._now is not None and self._now.monitor and not self._asked_for_monitor

    @property
    def trouble(self) -> DeviceError | None:
        """What is wrong with what the stream hears, if anything."""
        now, first = self._now, self._first
        if now is None:
            return None
        if self.unasked:
            return DeviceError(
                "The microphone is gone" if first else "There is no microphone",
                why="the sound system hands over what the computer plays instead, which isn't recorded",
                next_step="Plug it in, or choose one in the system's sound settings; the answer then goes on.",
            )
        if now.muted:
            return DeviceError(
                "The microphone is muted",
                why="the system's sound settings say so",
                next_step="Unmute it; the answer goes on.",
            )
        if first is not None and now.name != first.name:
            return DeviceError(
                f"Another microphone is heard now: {now.description or now.name}",
                why="the sound system has changed it",
                next_step="The answer goes on with it; plug the first one in again, or choose in the sound settings.",
            )
        return None

    def _follow(self) -> None:
        """The thread: look again at each change, until closed. A server that ends is waited for."""
        while not self._closing.is_set():
            try:
                self._child = subprocess.Popen(
                    ["pactl", "subscribe"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
                )
            except OSError:
                return
            with self._child as child:
                if self._closing.is_set():  # `close` may have come before there was a child to end
                    child.terminate()
                assert child.stdout is not None
                if self._now is None:
                    self.look()
                for line in child.stdout:
                    if b" on source" in line and not self._closing.is_set():
                        self.look()
            self._closing.wait(AGAIN_SECONDS)
