"""A recording on disk: 16-bit, 16 kHz, mono WAV, readable at any moment, also after a crash."""

import os
import struct
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError, StoreError

HEADER_BYTES = 44
HEADER_EVERY = 1.0
"""Seconds between rewrites of the header; a reader that finds an older one takes the file's length instead."""


def _header(frames: int) -> bytes:
    """RIFF/WAVE header for `frames` samples (Microsoft, Multimedia Programming Interface 1.0, 1991)."""
    size = frames * 2
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + size,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        SAMPLE_RATE,
        SAMPLE_RATE * 2,
        2,
        16,
        b"data",
        size,
    )


class RecordingWriter:
    """Appends samples to a new file, readable by its owner alone."""

    def __init__(self, path: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        """Create the file.

        Raises:
            StoreError: it can't be created.
        """
        self.path = path
        self._frames = 0
        self._now = now
        self._header_at = now()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb", buffering=0)
            self._file.write(_header(0))
        except OSError as error:
            raise self._failed(error) from error

    @property
    def frames(self) -> int:
        """Samples written."""
        return self._frames

    def append(self, samples: Samples) -> None:
        """Write more; raises StoreError where the disk refuses. What was written before stays readable."""
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).round().astype("<i2")
        try:
            self._file.write(pcm.tobytes())
            self._frames += len(pcm)
            if self._now() - self._header_at > HEADER_EVERY:
                self._write_header()
        except OSError as error:
            raise self._failed(error) from error

    def _write_header(self) -> None:
        self._header_at = self._now()
        self._file.seek(0)
        self._file.write(_header(self._frames))
        self._file.seek(0, os.SEEK_END)

    def close(self) -> None:
        """Complete the header; may be called twice."""
        if not self._file.closed:
            try:
                self._write_header()
                self._file.close()
            except OSError as error:
                raise self._failed(error) from error

    def _failed(self, error: OSError) -> StoreError:
        return StoreError(
            f"The recording {self.path.name} can't be written",
            why=error.strerror or str(error),
            next_step="Free disk space; what was recorded before is safe.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_recording(path: Path) -> Samples:
    """A recording's samples, whatever its header says: a crash leaves an old one.

    Raises:
        AudioFileError: missing, or not one of our recordings and not readable otherwise either.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AudioFileError(
            f"The recording {path.name} can't be read",
            why=error.strerror or str(error),
            next_step="The transcript is kept.",
        ) from error
    if raw[:36] != _header(0)[:4] + raw[4:8] + _header(0)[8:36]:
        from rehearse.audio.files import load_audio

        return load_audio(path)
    data = raw[HEADER_BYTES : HEADER_BYTES + (len(raw) - HEADER_BYTES) // 2 * 2]
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32767)
