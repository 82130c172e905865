"""Sound files with something missing."""

import wave
from pathlib import Path

import numpy as np


def damaged(path: Path) -> Path:
    """A second of floats, one of which is no number."""
    sound = np.full(16_000, 0.01, np.float32)
    sound[8_000] = np.nan
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 4, 16_000, 0, "NONE", ""))
        file.writeframes(sound.tobytes())
    content = bytearray(path.read_bytes())
    content[20:22] = (3).to_bytes(2, "little")  # the format of floats
    path.write_bytes(content)
    return path
