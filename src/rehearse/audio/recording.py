"""A recording on disk: 16-bit, 16 kHz, mono WAV, readable at any moment, also after a crash."""

import errno
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import StoreError

HEADER_BYTES = 44
FULL_SCALE = 32768
"""1.0 in 16 bits, as FFmpeg and libsndfile have it."""

HEADER_EVERY = 1.0
"""Seconds between rewrites of the header; a reader that finds an older one takes the file's length instead."""


def header(frames: int) -> bytes:
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
    """Appends samples to a new file, readable by its owner alone.

    Nothing is buffered here: what `append` has returned from survives the end of the program at any moment. Not that
    of the whole machine, which may lose the last seconds.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        """Create the file and its folder.

        Raises:
            StoreError: it can't be created, or is there already: a recording is never written over.
        """
        self.path = path
        self._frames = 0
        self._now = now
        self._header_at = now()
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.fdopen(os.open(path, flags, 0o600), "wb", buffering=0)
            self._write(header(0), at=0)
        except OSError as error:
            raise self._failed(error) from error

    @property
    def frames(self) -> int:
        """Samples written."""
        return self._frames

    def append(self, samples: Samples) -> None:
        """Write more.

        Raises:
            StoreError: the disk refuses. What was written before stays readable, and a later call writes on from there.
        """
        pcm = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
        try:
            self._write(pcm.tobytes(), at=HEADER_BYTES + 2 * self._frames)
            self._frames += len(pcm)
            if self._now() - self._header_at > HEADER_EVERY:
                self._write_header()
        except OSError as error:
            raise self._failed(error) from error

    def _write(self, data: bytes, *, at: int) -> None:
        """All of `data`: a disk that is about to be full takes a part and says so only by the count."""
        self._file.seek(at)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _write_header(self) -> None:
        self._header_at = self._now()
        self._write(header(self._frames), at=0)

    def close(self) -> None:
        """Complete the header; may be called twice. Raises StoreError if the disk refuses."""
        if self._file.closed:
            return
        try:
            with self._file:
                self._file.truncate(HEADER_BYTES + 2 * self._frames)
                self._write_header()
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> StoreError:
        step = (
            "Free some disk space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "See that it can be written to"
        )
        return StoreError(
            f"The recording {self.path} can't be written",
            why=error.strerror or str(error),
            next_step=f"{step}; what was recorded before is kept.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
