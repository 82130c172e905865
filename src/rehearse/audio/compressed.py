"""Sound made small for a web page: MP3, which every browser plays, or WAV where there is no encoder."""

import base64
import io
from typing import Any

import numpy as np

from rehearse.audio.recording import FULL_SCALE, header
from rehearse.domain.sound import SAMPLE_RATE, Samples

BIT_RATE = 32_000
"""Bits a second: 240 kB a minute. Speech at 16 kHz stays clear."""


def data_uri(sound: Samples) -> str:
    """The sound as a `data:` URI (RFC 2397)."""
    try:
        kind, data = "audio/mpeg", _mp3(sound)
    except (OSError, ValueError):  # PyAV's errors are these; some builds of FFmpeg have no such encoder
        kind, data = "audio/wav", _wav(sound)
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _pcm(sound: Samples) -> Any:
    return np.clip(np.rint(sound * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")


def _mp3(sound: Samples) -> bytes:
    """Raises OSError or ValueError: it can't be encoded."""
    import av

    made = io.BytesIO()
    with av.open(made, "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(_pcm(sound)[None], format="s16p", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        stream.codec_context.format = "s16p"
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return made.getvalue()


def _wav(sound: Samples) -> bytes:
    return header(len(sound)) + bytes(_pcm(sound).tobytes())
