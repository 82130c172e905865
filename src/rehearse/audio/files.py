"""Sound files of any kind that FFmpeg reads, through PyAV."""

import threading
from pathlib import Path

import numpy as np

from rehearse.audio.samples import downmix
from rehearse.domain.sound import SAMPLE_RATE, Samples, seconds
from rehearse.errors import AudioFileError, Cancelled

LONGEST = 2 * 3600
"""Seconds; a longer file is surely not an answer, and would fill the memory."""

_NEXT = "Give a sound file such as .wav, .mp3, .m4a or .flac."


def load_audio(path: Path, *, cancelled: threading.Event | None = None) -> Samples:
    """A file's sound as 16 kHz mono float32.

    Raises:
        AudioFileError: missing, unreadable, without sound, or too long.
        Cancelled: `cancelled` was set.
    """
    if not path.exists():
        raise AudioFileError(f"There is no file {path}", next_step="Check the path.")
    if path.is_dir():
        raise AudioFileError(f"{path} is a folder", next_step=_NEXT)
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise AudioFileError(f"{path.name} holds no sound", next_step=_NEXT)
            samples = _decode(container, path, cancelled)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise AudioFileError(f"Can't read {path.name} as sound", why=_reason(error), next_step=_NEXT) from error
    if not len(samples):
        raise AudioFileError(f"{path.name} holds no sound", why="the file is empty", next_step=_NEXT)
    return samples


def _decode(container: object, path: Path, cancelled: threading.Event | None) -> Samples:
    from av.audio.resampler import AudioResampler

    # FFmpeg's own downmix of float sound adds 3 dB, so the channels are kept and averaged here.
    resampler = AudioResampler(format="fltp", rate=SAMPLE_RATE)
    parts: list[Samples] = []
    length = 0
    for frame in container.decode(audio=0):  # type: ignore[attr-defined]
        if cancelled is not None and cancelled.is_set():
            raise Cancelled(f"Reading {path.name} was called off")
        frame.pts = None
        for out in resampler.resample(frame):
            parts.append(downmix(out.to_ndarray().T))
            length += len(parts[-1])
        if seconds(length) > LONGEST:
            raise AudioFileError(f"{path.name} is longer than two hours", next_step="Cut out the answer first.")
    parts.extend(downmix(out.to_ndarray().T) for out in resampler.resample(None))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
