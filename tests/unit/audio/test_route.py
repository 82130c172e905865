"""What a stream hears, as the sound server says."""

import os
import subprocess

import pytest

from rehearse.audio import route
from rehearse.audio.route import RouteWatch, Source, heard_source

MIC = Source("alsa_input.usb", "USB Microphone")
OTHER = Source("alsa_input.pci", "Built-in Microphone")
MONITOR = Source("speaker.monitor", "Monitor of Speaker", monitor=True)

OUTPUTS = """\
Source Output #4
\tDriver: protocol-native.c
\tSource: 1
\tCorked: no
\tProperties:
\t\tapplication.process.id = "1"

Source Output #7
\tDriver: protocol-native.c
\tSource: {source}
\tProperties:
\t\tapplication.name = "ALSA plug-in [python]"
\t\tapplication.process.id = "{own}"
"""
SOURCES = """\
Source #1
\tState: RUNNING
\tName: speaker.monitor
\tDescription: Monitor of Speaker
\tMute: no
\tMonitor of Sink: speaker
\tProperties:
\t\tdevice.description = "Monitor of Speaker"

Source #12
\tState: RUNNING
\tName: alsa_input.usb
\tDescription: USB Microphone
\tMute: yes
\tMonitor of Sink: n/a
"""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (1, Source("speaker.monitor", "Monitor of Speaker", monitor=True)),
        (12, Source("alsa_input.usb", "USB Microphone", muted=True)),
        (2, None),
    ],
)
def test_the_stream_of_this_process(monkeypatch: pytest.MonkeyPatch, source: int, found: Source | None) -> None:
    told = {"source-outputs": OUTPUTS.format(source=source, own=os.getpid()), "sources": SOURCES}
    monkeypatch.setattr(route, "_server_runs", lambda: True)
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, told[command[-1]].encode())
    )
    assert heard_source() == found


def test_where_no_server_runs_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("asked"))
    assert heard_source() is None


class Server:
    """What the stream hears is set by the test; nothing follows by itself."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, first: Source | None, wanted: str | None = None) -> None:
        monkeypatch.setattr(RouteWatch, "_follow", lambda _: None)
        self.source = first
        self.watch = RouteWatch(wanted, lambda: self.source)
        self.watch.look()

    def hands_over(self, source: Source | None) -> tuple[bool, str]:
        self.source = source
        self.watch.look()
        trouble = self.watch.trouble
        return self.watch.unasked, trouble.what if trouble else ""


class Subscribed:
    """A `pactl subscribe` that says nothing, and after which the watch is closed."""

    def __init__(self, watch: RouteWatch) -> None:
        self._watch = watch
        self.stdout: list[bytes] = []

    def __enter__(self) -> "Subscribed":
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.close()

    def terminate(self) -> None:
        """It has ended."""


@pytest.mark.parametrize("runs", [True, False])
def test_where_the_server_does_not_answer_at_first_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, runs: bool
) -> None:
    monkeypatch.setattr(route, "_server_runs", lambda: runs)
    answers = [None, MIC]
    watch = RouteWatch(None, lambda: answers.pop(0))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: Subscribed(watch))
    watch.look()
    if watch._thread is not None:
        watch._thread.join(10)
    assert (watch._first, watch._now) == ((MIC, MIC) if runs else (None, None))


def test_what_is_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(monkeypatch, MIC)
    assert server.hands_over(MIC) == (False, "")
    assert server.hands_over(MONITOR) == (True, "The microphone is gone")
    assert server.hands_over(OTHER) == (False, "Another microphone is heard now: Built-in Microphone")
    assert server.hands_over(Source(MIC.name, muted=True)) == (False, "The microphone is muted")
    assert server.hands_over(None) == (False, "")
    assert server.hands_over(MIC) == (False, "")


def test_a_monitor_from_the_outset(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(monkeypatch, MONITOR)
    assert server.hands_over(MONITOR) == (True, "There is no microphone")
    assert server.hands_over(MIC) == (False, ""), "the first one that isn't a monitor is the one meant"


def test_who_asks_for_a_monitor_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Server(monkeypatch, MONITOR, "Monitor of Speaker").hands_over(MONITOR) == (False, "")
    monkeypatch.setenv("PULSE_SOURCE", "speaker.monitor")
    assert Server(monkeypatch, MONITOR).hands_over(MONITOR) == (False, "")
