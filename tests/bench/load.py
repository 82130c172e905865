"""While both cores transcribe: key press to repaint, lost sound, and the memory of it all."""

import json
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from rehearse.domain.sound import Samples, samples
from rehearse.speech.shipped import TINY
from tests.bench.corpus import long_answer, voices
from tests.bench.models import model_folder
from tests.bench.startup import resize
from tests.bench.tables import note, progress, show_table, verdict
from tests.e2e.virtual_microphone import NoVirtualMicrophoneError, VirtualMicrophone

PANEL = b"Coverage"
"""On the screen again when the panel is."""

MEGABYTES, WITH_BOTH = 600, 800
"""Wanted at most, with `tiny.en` and with both models."""


def run(cache: Path, models: Sequence[str], *, quick: bool = False, full: bool = False) -> None:
    """Print the tables."""
    minutes = 10.0 if full else 0.5 if quick else 2.0
    progress("load: reading the guide for the first time")
    cache.mkdir(parents=True, exist_ok=True)
    home = tempfile.mkdtemp(prefix="rehearse-fit-")  # a new one: elsewhere the weights may be there already
    fitting = _peak(
        f"import os\nos.environ['REHEARSE_HOME'] = {home!r}\n"
        "from rehearse.services.equipment import Equipment\nfrom rehearse.settings import Settings, find_places\n"
        "equipment = Equipment(find_places(), Settings())\n"
        "equipment.engine(equipment.library.load('model-deployment'))\n"
    )
    sound = long_answer(voices()["hibari"], 60 * minutes)
    with ExitStack() as closing:
        try:
            microphone: VirtualMicrophone | None = closing.enter_context(VirtualMicrophone())
        except NoVirtualMicrophoneError as error:
            note(f"No virtual microphone ({error}); the app hears the samples directly.")
            microphone = None
        for name in models:
            progress(f"load: {name}, {minutes:g} min")
            waits, facts = drive(cache, sound, microphone, name)
            progress(f"load: {name}, first start")
            first = _first_start(cache, sound[: samples(30)], microphone, name)
            progress()
            _print(name, minutes, waits, facts, first, microphone is not None)
            _print_memory(name, cache, sound[: samples(180)], float(facts["peak"]), fitting)


def _first_start(cache: Path, sound: Samples, microphone: VirtualMicrophone | None, model: str) -> float:
    """Peak memory in MB where somebody answers while the guide is still being read for the first time."""
    with tempfile.TemporaryDirectory(prefix="rehearse-first-") as home:
        return drive(cache, sound, microphone, model, home=home)[1]["peak"]


def drive(
    cache: Path, sound: Samples, microphone: VirtualMicrophone | None, model: str, *, home: str | None = None
) -> tuple[list[float], dict[str, float]]:
    """Rehearse in a terminal and press keys all the while; milliseconds from key to repaint, and what was kept.

    Args:
        cache: folder for what the bench writes.
        sound: what is said.
        microphone: that hears it; without one the app is given the samples.
        model: of the settings.
        home: a new folder for the app, whose guides nobody has read yet.
    """
    report = cache / f"driven-{time.time_ns()}.jsonl"
    report.touch()
    heard = cache / "driven.npy"
    np.save(heard, sound)
    length = len(sound) / 16_000
    parent, child = pty.openpty()
    resize(child)
    command = [sys.executable, "-m", "tests.bench.driven_app", str(report), "" if microphone else str(heard)]
    app = subprocess.Popen(
        [*command, str(length), model, *(["--unread"] if home else [])],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**os.environ, "TERM": "xterm-256color", **({"REHEARSE_HOME": home} if home else {})},
        start_new_session=True,
    )
    os.close(child)
    try:
        _read_until(parent, lambda _: _told(report, "ready") is not None, 120)
        speaking = microphone.speak(sound, wait=False) if microphone else None
        os.write(parent, b"\r")
        _read_for(parent, 1.0)
        waits = []
        ends = time.perf_counter() + length
        while time.perf_counter() < ends:
            os.write(parent, b"c")
            _read_for(parent, 0.25)
            begun = time.perf_counter()
            os.write(parent, b"c")
            _read_until(parent, lambda seen: PANEL in seen, 10)
            waits.append((time.perf_counter() - begun) * 1000)
            _read_for(parent, 0.25)
        if speaking:
            speaking.wait(30)
        os.write(parent, b"\r")
        _read_until(parent, lambda _: _told(report, "peak") is not None, 120)
        return waits, _told(report, "peak") or {}
    finally:
        app.kill()
        app.wait(10)
        os.close(parent)


def _told(report: Path, key: str) -> dict[str, float] | None:
    for line in report.read_text(encoding="utf-8").splitlines():
        facts: dict[str, float] = json.loads(line)
        if key in facts:
            return facts
    return None


def _read_for(terminal: int, seconds: float) -> None:
    ends = time.perf_counter() + seconds
    while (left := ends - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)


def _read_until(terminal: int, true: Callable[[bytes], bool], seconds: float) -> None:
    seen = b""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        if select.select([terminal], [], [], 0.05)[0]:
            seen = seen[-200_000:] + os.read(terminal, 65536)
        if true(seen):
            return
    raise TimeoutError(f"it didn't happen within {seconds:g} s; the terminal was sent {seen[-300:]!r}")


def _print(name: str, minutes: float, waits: list[float], facts: dict[str, float], first: float, real: bool) -> None:
    ordered = sorted(waits)
    late = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    lost = facts["delivered"] - facts["recorded"]
    megabytes = MEGABYTES if name == TINY else WITH_BOTH
    through = "a virtual microphone" if real else "a source"
    show_table(
        f"`{name}`: the app while transcribing, {minutes:g} min through {through}",
        ["", "measured", "target", "met"],
        [
            [f"key to repaint, median of {len(waits)}", f"{statistics.median(waits):.0f} ms", "", ""],
            ["key to repaint, 99th percentile", f"{late:.0f} ms", "50 ms", verdict(late, 50)],
            ["samples delivered", f"{facts['delivered']:.0f}", "", ""],
            ["samples not recorded", f"{lost:.0f}", "0", verdict(abs(lost), 0)],
            ["overflows", f"{facts['overflows']:.0f}", "0", verdict(facts["overflows"], 0)],
            ["words written down", f"{facts['words']:.0f}", "", ""],
            ["peak memory of the app", f"{facts['peak']:.0f} MB", f"{megabytes} MB", verdict(facts["peak"], megabytes)],
            ["the same on the first start", f"{first:.0f} MB", f"{megabytes} MB", verdict(first, megabytes)],
        ],
    )


def _print_memory(name: str, cache: Path, sound: Samples, ours: float, fitting: float) -> None:
    folder = model_folder(name, cache)
    np.save(cache / "memory.npy", sound)
    code = "import sys, numpy, pathlib\nfrom tests.bench.models import Plain\n"
    code += "Plain(pathlib.Path(sys.argv[1])).transcribe(numpy.load(sys.argv[2]))\n"
    alone = _peak(code, str(folder), str(cache / "memory.npy"))
    note(
        f"Peak memory with `{name}`: the whole app {ours:.0f} MB; plain faster-whisper alone, on "
        f"{len(sound) / 960_000:.1f} min at once, {alone:.0f} MB. "
        f"Fitting the marks to the guide, once after each change: {fitting:.0f} MB."
    )


def _peak(code: str, *arguments: str) -> float:
    """Most memory that some code takes in a process of its own, in MB."""
    told = "from tests.bench.memory import peak\nprint(peak())"
    done = subprocess.run([sys.executable, "-c", code + told, *arguments], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
