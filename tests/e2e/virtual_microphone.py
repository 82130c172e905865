"""A microphone and a loudspeaker that exist in software only: PulseAudio in a runtime directory of its own.

What is spoken into it is what PortAudio's default input hears; what the app plays can be recorded. The daemon runs as
a child, is stopped by its process id, and never touches the sound of the machine it runs on.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.sound import SAMPLE_RATE, Samples

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
START_SECONDS = 15.0
_ALSA = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n"
"""Makes PulseAudio the default of PortAudio, whatever sound cards the machine has."""


class NoVirtualMicrophoneError(Exception):
    """It can't be had on this machine; the text says why."""


class VirtualMicrophone:
    """PulseAudio with a source `mic` that hears the sink `voice`, and a sink `speaker` for what the app plays.

    Inside the `with` block the environment of this process points there, so that children inherit it, and PortAudio
    is made to look for devices again.
    """

    def __init__(self) -> None:
        self.folder = Path()
        self.environment: dict[str, str] = {}
        """What another program needs in its environment to hear it."""
        self._before: dict[str, str | None] = {}
        self._daemon: subprocess.Popen[bytes] | None = None
        self._children: list[subprocess.Popen[bytes]] = []
        self._spoken = 0

    # -- life --------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise NoVirtualMicrophoneError(f"not installed: {', '.join(missing)}")
        self.folder = Path(tempfile.mkdtemp(prefix="rehearse-pulse-"))
        alsa = self.folder / "asound.conf"
        alsa.write_text(_ALSA)
        self.environment = {
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "ALSA_CONFIG_PATH": str(alsa),
        }
        self._before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        with (self.folder / "log").open("wb") as log:
            self._daemon = subprocess.Popen(
                [
                    *("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "-n"),
                    f"--load=module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native",
                    "--load=module-null-sink sink_name=speaker",
                    "--load=module-null-sink sink_name=voice",
                ],
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(self.folder)},
            )
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
            if self._daemon.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / "log").read_text(errors="replace").strip().splitlines()
                raise NoVirtualMicrophoneError(f"pulseaudio doesn't start: {said[-1] if said else 'no word from it'}")
            time.sleep(0.05)
        self._control("set-default-sink", "speaker")
        self.plug_in()
        _look_again()

    def stop(self) -> None:
        """End what was started here, and point the environment back."""
        for child in (*self._children, self._daemon):
            if child is not None and child.poll() is None:
                child.terminate()
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        self._daemon = None
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._before = {}
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)
            _look_again()

    def _control(self, *command: str) -> str:
        done = subprocess.run(["pactl", *command], capture_output=True, check=False, text=True, timeout=10)
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    # -- the microphone ----------------------------------------------------------------------------------------------

    def speak(self, sound: Samples | Path, *, wait: bool = True) -> "subprocess.Popen[bytes]":
        """Say a file, or samples at 16 kHz; with `wait` until the last sample has been said."""
        path = sound if isinstance(sound, Path) else self._written(sound)
        speaking = self._child(["paplay", "--device=voice", str(path)])
        if wait and speaking.wait(300):
            raise RuntimeError(f"paplay ended with status {speaking.returncode}")
        return speaking

    def _written(self, sound: Samples) -> Path:
        self._spoken += 1
        path = self.folder / f"spoken-{self._spoken}.wav"
        with RecordingWriter(path) as writer:
            writer.append(sound)
        return path

    @contextmanager
    def room(self, dbfs: float = -70.0) -> Iterator[None]:
        """Faint noise, as of any real room; without it a silent virtual microphone delivers pure zeros."""
        amplitude = 10 ** (dbfs / 20)
        noise = np.random.default_rng(7).normal(0.0, amplitude, 600 * SAMPLE_RATE).astype(np.float32)
        playing = self.speak(noise, wait=False)
        wait_until(lambda: "spoken" in self._control("list", "sink-inputs"), "the room is heard")
        try:
            yield
        finally:
            playing.terminate()
            playing.wait(5)

    @contextmanager
    def echo(self, share: float) -> Iterator[None]:
        """The microphone hears the loudspeaker, `share` times as loud and some 30 ms later."""
        module = self._control(
            *("load-module", "module-loopback", "source=speaker.monitor", "sink=voice", "latency_msec=30"),
            "sink_input_properties=media.name=echo",
        ).strip()
        for one in self._control("list", "short", "sink-inputs").splitlines():
            if "loopback" in one:
                self._control("set-sink-input-volume", one.split()[0], str(round(65_536 * share ** (1 / 3))))
        try:
            yield
        finally:
            self._control("unload-module", module)

    def mute(self, *, muted: bool = True) -> None:
        """Deliver pure zeros, or sound again."""
        self._control("set-source-mute", "mic", "1" if muted else "0")

    def unplug(self) -> None:
        """Take the microphone away, as if its plug were pulled."""
        for line in self._control("list", "short", "modules").splitlines():
            if "source_name=mic" in line:
                self._control("unload-module", line.split()[0])

    def plug_in(self, *, rate: int = 44_100) -> None:
        """Make it the default input again, at `rate` Hz."""
        if "source_name=mic" not in self._control("list", "short", "modules"):
            self._control(
                "load-module", "module-remap-source", "source_name=mic", "master=voice.monitor", f"rate={rate}"
            )
        self._control("set-default-source", "mic")

    def take_away(self, *, taken: bool = True) -> None:
        """Let another program have it for itself, or give it back: the sound server lets go of it."""
        self._control("suspend-source", "mic", "1" if taken else "0")

    def crash(self) -> None:
        """Let the sound server die without a word, and its clients with it."""
        assert self._daemon is not None
        self._daemon.kill()
        self._daemon.wait()
        (self.folder / "native").unlink(missing_ok=True)

    def restart(self) -> None:
        """Start the sound server again after a crash."""
        self._start()

    def play(self, sound: Samples) -> "subprocess.Popen[bytes]":
        """Play samples at 16 kHz through the loudspeaker, as another program of the computer would."""
        return self._child(["paplay", "--device=speaker", str(self._written(sound))])

    # -- the loudspeaker ---------------------------------------------------------------------------------------------

    @contextmanager
    def recording(self) -> Iterator["Played"]:
        """Record what is played; `Played.samples` holds it once the block has ended.

        Recording with little latency makes the loudspeaker's own latency small as well.
        """
        path = self.folder / f"played-{len(self._children)}.raw"
        with path.open("wb") as out:
            recorder = self._child(
                [
                    *("parec", "--device=speaker.monitor", "--raw", "--format=s16le", "--latency-msec=10"),
                    *(f"--rate={SAMPLE_RATE}", "--channels=1"),
                ],
                stdout=out,
            )
            wait_until(lambda: path.stat().st_size > 0, "the recorder records")
            played = Played(path)
            try:
                yield played
            finally:
                recorder.terminate()
                recorder.wait(5)
        whole = path.stat().st_size // 2 * 2
        played.samples = np.frombuffer(path.read_bytes()[:whole], "<i2").astype(np.float32) / np.float32(32768)

    def _child(self, command: list[str], stdout: int | BinaryIO = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
        self._children.append(child)
        return child


class Played:
    """What came out of the loudspeaker, 16 kHz mono."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.samples: Samples = np.zeros(0, np.float32)

    @property
    def frames(self) -> int:
        """Samples recorded so far."""
        return self._path.stat().st_size // 2


def wait_until(condition: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Poll until `condition` holds; raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        time.sleep(0.02)


def _look_again() -> None:
    """PortAudio lists its devices once, when it is first used."""
    from rehearse.audio.devices import refresh
    from rehearse.errors import DeviceError

    try:
        refresh()
    except DeviceError as error:
        raise NoVirtualMicrophoneError(str(error)) from error
