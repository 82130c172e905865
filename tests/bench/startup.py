"""From the start of the process to the first frame, beside an empty Textual app."""

import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from tests.bench.tables import note, show_table, verdict

HEAVY = ("faster_whisper", "ctranslate2", "onnxruntime", "sounddevice", "av", "hibari", "tokenizers", "pydantic")
EMPTY = "from textual.app import App\nApp().run()"
OURS = "import sys\nsys.argv = ['rehearse']\nfrom rehearse.cli import main\nmain()"
TARGET = 1.5


FRAME = b"\x1b[1;1H\x1b["
"""What a frame begins with: its first line, in colour."""

SCENARIO = b"MLOps"
"""In the home screen's list."""


def run(*, quick: bool = False, full: bool = False) -> None:
    """Print the table."""
    runs = 3 if quick else 21 if full else 11
    kinds = {
        "an empty Textual app, first frame": (EMPTY, FRAME),
        "rehearse, first frame": (OURS, FRAME),
        "rehearse, scenarios listed": (OURS, SCENARIO),
    }
    timings: dict[str, list[float]] = {name: [] for name in kinds}
    with tempfile.TemporaryDirectory() as home:
        for number in range(runs + 1):  # the first writes bytecode and the new home
            for name, (code, shown) in kinds.items():
                seconds = until_shown(code, shown, home)
                if number:
                    timings[name].append(seconds)
    empty, *ours = timings.values()
    ratios = ["1.00", *(f"{statistics.median(a / b for a, b in zip(one, empty, strict=True)):.2f}" for one in ours)]
    show_table(
        f"From process start, {runs} interleaved runs",
        ["", "median", "best", "worst", "median ratio"],
        [
            [name, *(f"{value * 1000:.0f} ms" for value in (statistics.median(taken), min(taken), max(taken))), ratio]
            for (name, taken), ratio in zip(timings.items(), ratios, strict=True)
        ],
    )
    note(
        f"First frame {ratios[1]} times that of the empty app (at most {TARGET}: {verdict(float(ratios[1]), TARGET)}). "
        f"Model and sound libraries imported by then: {', '.join(loaded_early()) or 'none'}."
    )


def until_shown(code: str, shown: bytes, home: str) -> float:
    """Seconds until an app that runs in a terminal of its own shows something."""
    parent, child = pty.openpty()
    resize(child)
    environment = {**os.environ, "REHEARSE_HOME": home, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=child, stdout=child, stderr=child, env=environment, start_new_session=True
    )
    os.close(child)
    try:
        return _wait_for(parent, shown) - begun
    finally:
        process.kill()
        process.wait(10)
        os.close(parent)


def resize(terminal: int) -> None:
    """80 columns, 24 lines."""
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))


def _wait_for(terminal: int, shown: bytes) -> float:
    """The time at which the terminal was sent these bytes."""
    seen = b""
    deadline = time.perf_counter() + 30
    while time.perf_counter() < deadline:
        if select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 65536)
            if shown in seen:
                return time.perf_counter()
    raise TimeoutError(f"{shown!r} was never shown; the terminal was sent {seen[-200:]!r}")


def loaded_early() -> Sequence[str]:
    """Libraries of models and sound that the home screen has loaded."""
    code = "import rehearse.cli.app, rehearse.ui.app, rehearse.ui.screens.home.home, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return sorted({name.split(".")[0] for name in done.stdout.split()} & set(HEAVY))
