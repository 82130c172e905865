"""Replay: how far the word that is lit is from the word that is heard, through PortAudio and a virtual loudspeaker."""

import time

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.playback import Player
from rehearse.domain.sound import SAMPLE_RATE, Samples
from tests.bench.tables import note, show_table, verdict
from tests.e2e.virtual_microphone import NoVirtualMicrophoneError, Played, VirtualMicrophone

SPEEDS = (0.75, 1.0, 1.5, 2.0)
EVERY = 0.5
"""Seconds between two beeps."""
LIMIT = 50.0
"""Milliseconds."""


def run(*, quick: bool = False, full: bool = False) -> None:
    """Print the table."""
    try:
        with VirtualMicrophone() as machine:
            rows = [_row(machine, speed, 6.0 if quick else 60.0 if full else 20.0) for speed in SPEEDS]
    except NoVirtualMicrophoneError as error:
        note(f"Replay isn't measured: {error}.")
        return
    show_table(
        "Replay: position shown against sound heard (a virtual loudspeaker)",
        ["speed", "median", "drift", "farthest", f"under {LIMIT:.0f} ms"],
        rows,
    )


def _row(machine: VirtualMicrophone, speed: float, seconds: float) -> list[str]:
    sound = beeps(seconds)
    player = Player(sound)
    player.speed = speed
    moments: list[tuple[int, float]] = []
    with machine.recording() as played:
        player.play()
        while not player.finished:
            moments.append((played.frames, player.position))
            time.sleep(0.05)
        time.sleep(0.3)
    player.close()
    errors = 1000 * _errors(played, moments, seconds)
    middle = float(np.median(errors))
    drift = float(np.percentile(np.abs(errors - middle), 95))
    farthest = float(np.abs(errors).max())
    return [
        f"{speed:g}×",
        f"{middle:+.0f} ms",
        f"{drift:.0f} ms",
        f"{farthest:.0f} ms",
        verdict(farthest, LIMIT),
    ]


def beeps(seconds: float) -> Samples:
    """Twenty milliseconds of 1 kHz every half second."""
    sound = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    length = round(0.02 * SAMPLE_RATE)
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(length) / SAMPLE_RATE)
    for start in np.arange(EVERY, seconds - EVERY, EVERY):
        at = round(start * SAMPLE_RATE)
        sound[at : at + length] = tone
    return sound


def _errors(played: Played, moments: list[tuple[int, float]], seconds: float) -> NDArray[np.float64]:
    """Position shown minus position heard, in seconds, wherever both are known."""
    loud = np.flatnonzero(np.abs(played.samples) > 0.1)
    onsets = loud[np.insert(np.diff(loud) > 0.1 * SAMPLE_RATE, 0, True)]
    beeped = np.arange(EVERY, seconds - EVERY, EVERY)[: len(onsets)]
    onsets = onsets[: len(beeped)]
    known = [(frames, position) for frames, position in moments if onsets[0] <= frames <= onsets[-1]]
    heard = np.interp([frames for frames, _ in known], onsets, beeped)
    return np.asarray(np.array([position for _, position in known]) - heard, np.float64)
