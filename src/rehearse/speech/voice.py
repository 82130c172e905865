"""The interviewer's voice: text to samples, sentence by sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import ModelError
from rehearse.memory import return_freed_memory
from rehearse.weights import check_weights, install_command

VOICE_RATE = 24_000
"""Hz, of the synthesiser."""

CANDIDATE_SPEED = 0.72
"""For whole answers: by itself the voice speaks some 240 words a minute; people speak 130 to 190."""
VOICE_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""Of `hibari.onnx` in hibari-tts 0.2.1."""

_TAPS = 16
"""Zero crossings of the resampling filter on either side."""


class InterviewerVoice:
    """Speaks English with the voice that comes inside hibari-tts; some fifty times faster than speech."""

    def __init__(self, cache: Path | None = None) -> None:
        """Nothing is loaded before the first word; `cache` is the folder that remembers checked weights."""
        self._cache = cache
        self._voice: Any = None

    def rest(self) -> None:
        """Let go of the model and its dictionaries, some 150 MB; the next word loads them again in half a second."""
        self._voice = None
        return_freed_memory()

    def check(self) -> None:
        """Make sure of the weights; raises ModelError if they are missing or altered."""
        check_weights(voice_path(), VOICE_SHA256, self._cache, again=install_command("hibari-tts==0.2.1"))

    def stream(self, text: str, *, speed: float = 1.0, seed: int = 0) -> Iterator[NDArray[np.float32]]:
        """Samples at `VOICE_RATE`, one array a sentence, each as soon as it is ready; raises ModelError."""
        if self._voice is None:
            self.check()
            from hibari import Hibari

            self._voice = Hibari(model=str(voice_path()))
        for sentence in self._voice.stream(text, speed, seed):
            yield np.asarray(sentence, dtype=np.float32)

    def synthesise(self, text: str, *, speed: float = 1.0, pause: float = 0.25, seed: int = 0) -> Samples:
        """The whole text at 16 kHz, `pause` seconds of silence around and between sentences."""
        silence = np.zeros(round(pause * SAMPLE_RATE), np.float32)
        parts = [silence]
        for sentence in self.stream(text, speed=speed, seed=seed):
            parts += [to_sample_rate(sentence), silence]
        return np.concatenate(parts)


def voice_path() -> Path:
    """The default voice's weights.

    Raises:
        ModelError: hibari-tts isn't installed.
    """
    from importlib.util import find_spec

    found = find_spec("hibari")
    if found is None or found.origin is None:
        raise ModelError(
            "The interviewer's voice is missing", next_step=f"Install it: {install_command('hibari-tts==0.2.1')}"
        )
    return Path(found.origin).parent / "assets" / "hibari.onnx"


def to_sample_rate(sound: NDArray[np.float32]) -> Samples:
    """From 24 kHz to 16 kHz: up by two, a windowed sinc below 8 kHz, down by three."""
    if not len(sound):
        return np.zeros(0, np.float32)
    raised = np.zeros(len(sound) * 2, np.float32)
    raised[::2] = sound
    offsets = np.arange(-3 * _TAPS, 3 * _TAPS + 1)
    cutoff = 0.94 / 3  # of the raised rate's Nyquist frequency: a little below 8 kHz
    kernel = 2 * cutoff * np.sinc(offsets * cutoff) * np.hamming(len(offsets))
    return np.convolve(raised, kernel.astype(np.float32), mode="same")[::3].astype(np.float32)
