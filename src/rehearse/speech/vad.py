"""StreamingVad: 512 samples in, the probability that someone speaks out."""

from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rehearse.domain.sound import Samples
from rehearse.errors import ModelError

WINDOW = 512
"""Samples of one window: 32 ms at 16 kHz, what Silero VAD is trained on."""

_CONTEXT = 64
"""Samples of the window before that the network wants to see again."""

_WEIGHTS = "silero_vad_v6.onnx"
"""Comes inside the pinned faster-whisper; its name carries a version."""


class SpeechDetector(Protocol):
    """Hears whether a window holds a voice. Keeps state from window to window."""

    def probability(self, window: Samples) -> float:
        """Speech probability (0..1) of the next `WINDOW` samples."""

    def reset(self) -> None:
        """Forget what came before: the next window isn't a continuation."""


class StreamingVad:
    """Silero VAD v6, window by window, state carried over; 0.1 ms a window.

    faster-whisper's own wrapper keeps no state between calls, so that windows given one at a time lose half the
    speech. This class gives the whole-file probabilities exactly.

    Raises:
        ModelError: the weights are missing or don't load.
    """

    def __init__(self) -> None:
        self._session = _open_session(_weights_path())
        self.reset()

    def reset(self) -> None:
        """Forget what came before."""
        self._hidden: NDArray[np.float32] = np.zeros((1, 1, 128), np.float32)
        self._cell: NDArray[np.float32] = np.zeros((1, 1, 128), np.float32)
        self._context: NDArray[np.float32] = np.zeros(_CONTEXT, np.float32)

    def probability(self, window: Samples) -> float:
        """Speech probability (0..1) of the next 512 samples (32 ms at 16 kHz)."""
        feed = {"input": np.concatenate([self._context, window])[None], "h": self._hidden, "c": self._cell}
        output, self._hidden, self._cell = self._session.run(None, feed)
        self._context = window[-_CONTEXT:].copy()
        return float(output.item())


def _weights_path() -> Path:
    from importlib.util import find_spec

    found = find_spec("faster_whisper")  # its location alone: importing it takes half a second
    if found is None or found.origin is None:
        raise ModelError("The voice detector is missing", next_step="Reinstall rehearse: its packages are incomplete.")
    return Path(found.origin).parent / "assets" / _WEIGHTS


def _open_session(weights: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            "The voice detector doesn't load",
            why=(str(error).splitlines() or [""])[0],
            next_step="Reinstall faster-whisper 1.2.1.",
        ) from error
