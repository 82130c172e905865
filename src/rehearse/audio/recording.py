"""A recording on disk: 16-bit, 16 kHz, mono WAV, readable at any moment, also after a crash."""

import errno
import os
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import DiskFullError, StoreError
from rehearse.private import make_private_folder

HEADER_BYTES = 44
FULL_SCALE = 32768
"""1.0 in 16 bits, as FFmpeg and libsndfile have it."""

MOST_HELD = 20 * 60
"""Seconds that are held in memory while the disk is full: 37 MiB."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}

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

    What `append` has returned from survives the end of the program at any moment, not that of the whole machine, which
    may lose the last seconds. On a full disk alone it is held in memory, up to `MOST_HELD`, and written as soon as
    there is room.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], float] = time.monotonic,
        on_trouble: Callable[[StoreError | None], object] = lambda _: None,
    ) -> None:
        """Create the file and its folder.

        Args:
            path: the new file.
            now: seconds of a clock that never goes back.
            on_trouble: told once when the disk is full, and None once all is written; mustn't raise.

        Raises:
            StoreError: it can't be created, or is there already: a recording is never written over.
        """
        self.path = path
        self._frames = 0
        self._written = 0
        self._held: deque[bytes] = deque()
        self._full = False
        self._now = now
        self._on_trouble = on_trouble
        self._header_at = now()
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            make_private_folder(path.parent)
            self._file = os.fdopen(os.open(path, flags, 0o600), "wb", buffering=0)
            with self._room_or_held():
                self._write(header(0), at=0)
        except OSError as error:
            raise self._failed(error) from error

    @property
    def frames(self) -> int:
        """Samples taken, those still held in memory included."""
        return self._frames

    @property
    def held(self) -> float:
        """Seconds that are in memory alone, because the disk is full."""
        return sum(map(len, self._held)) / (2 * SAMPLE_RATE)

    def append(self, samples: Samples) -> None:
        """Write more.

        Raises:
            StoreError: the disk refuses, or is full for longer than can be held. What was written before stays
                readable, and a later call writes on from there.
        """
        pcm = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
        self._held.append(pcm.tobytes())
        try:
            with self._room_or_held():
                self._write_held()
                if self._now() - self._header_at > HEADER_EVERY:
                    self._write_header()
        except OSError as error:
            self._held.pop()
            raise self._failed(error) from error
        if self.held > MOST_HELD:
            self._held.pop()
            raise self._failed(OSError(errno.ENOSPC, f"the disk is full, and {MOST_HELD // 60} minutes are held"))
        self._frames += len(pcm)

    def _write_held(self) -> None:
        while self._held:
            self._write(self._held[0], at=HEADER_BYTES + 2 * self._written)
            self._written += len(self._held.popleft()) // 2

    @contextmanager
    def _room_or_held(self) -> Iterator[None]:
        """Let a full disk pass, and tell of it when it begins and ends; other errors come through."""
        full: OSError | None = None
        try:
            yield
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            full = error
        if (full is not None) != self._full:
            self._full = full is not None
            self._on_trouble(None if full is None else self._failed(full))

    def _write(self, data: bytes, *, at: int) -> None:
        """All of `data`: a disk that is about to be full takes a part and says so only by the count."""
        self._file.seek(at)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _write_header(self) -> None:
        self._header_at = self._now()
        self._write(header(self._written), at=0)

    def close(self) -> None:
        """Write what is held and complete the header; may be called again.

        While the disk is full the file stays open, and `held` tells how much is missing. Raises StoreError if the disk
        refuses otherwise.
        """
        if self._file.closed:
            return
        try:
            with self._room_or_held():
                self._write_held()
            if not self._held:
                with self._file, self._room_or_held():
                    self._file.truncate(HEADER_BYTES + 2 * self._written)
                    self._write_header()
        except OSError as error:
            self._file.close()
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> StoreError:
        if error.errno in _NO_ROOM:
            return DiskFullError(
                f"The recording {self.path} can't be written",
                why=error.strerror or "the disk is full",
                next_step="Free some disk space; what was recorded before is kept.",
            )
        return StoreError(
            f"The recording {self.path} can't be written",
            why=error.strerror or str(error),
            next_step="See that it can be written to; what was recorded before is kept.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
