"""Decoding: a container's first sound track as pieces of 16 kHz mono, on its own time line, as far as it is whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.channels import Downmixer
from rehearse.audio.junk import SKIPPED, UNTIMED, Gaps, Junk
from rehearse.domain.sound import SAMPLE_RATE, Samples, samples, seconds

_GAP = 0.1
"""Seconds by which a time stamp must be late to mean that sound is missing: codecs and rounding account for less."""

LEAST_RATE, MOST_RATE = 1_000, 1_000_000
"""Hz. A header may state anything, and a lower rate makes a small file very long."""

_PLANES = 7
"""Planes of a frame that PyAV reads rightly."""

_LONGEST_GAP = 600.0
"""Seconds; time stamps that leap further are damaged themselves."""

_BEYOND = 1e5
"""Greatest sample that can be one: some programs write 16-bit values as floats."""

_LOUDEST = 8.0
"""Greatest sample of a file whose full scale is 1; sound that was overdriven has less."""


@dataclass
class Damage:
    """What a file lacks; counts up while it is decoded."""

    missing: float = 0.0
    """Seconds without sound on its time line: damaged, or left out."""
    at_start: float = 0.0
    """Seconds before its sound begins, not part of `missing`."""
    invalid: int = 0
    """Samples that were no numbers, or none that sound can have."""
    breaks_off: bool = False
    """The file ends within a piece of sound, and doesn't say how long it should be."""


def decoded(container: Any, damage: Damage) -> Iterator[Samples]:
    """Pieces of sound; what is missing between them is silence.

    Args:
        container: of PyAV, open, with a sound track.
        damage: takes down what is missing.

    Raises:
        av.error.FFmpegError: nothing of it can be decoded, or the container itself breaks off.
        ValueError: it states a sampling rate that no sound has.
    """
    stream = container.streams.audio[0]
    zero = (container.start_time or 0) / 1_000_000
    track, junk = _Track(damage), Junk()
    untimed = container.format.name in UNTIMED
    gaps = Gaps(container.name) if container.format.name == SKIPPED else None
    broken: Exception | None = None
    for packet, frame in _frames(container, stream, lambda packet: junk.skipped(gaps.before(packet) if gaps else 0)):
        if isinstance(frame, Exception):
            broken = frame
            if packet is not None and untimed:
                junk.refused(packet)
            continue
        at = None if frame.pts is None else float(frame.pts * (frame.time_base or stream.time_base)) - zero
        yield from track.silence_before(None if at is None else at + junk.lasted)
        yield from track.pieces(frame)
        junk.decoded(packet, frame)
    yield from track.rest()
    damage.breaks_off = gaps is not None and gaps.breaks_off
    if broken is not None and not track.begun:
        raise broken


def _frames(container: Any, stream: Any, met: Callable[[Any], object]) -> Iterator[tuple[Any, Any]]:
    """Packets with their frames, and errors in the place of those that can't be decoded; the next time stamp tells
    what is missing. `met` is told of every packet before.
    """
    from av.error import FFmpegError

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except FFmpegError as error:  # the rest of the file is no container any more
            yield None, error
            return
        if packet is None:
            return
        met(packet)
        try:
            for frame in packet.decode():
                yield packet, frame
        except FFmpegError as error:
            yield packet, error


class _Track:
    """Joins frames whose rate or channels may change on the way, as in MP3 files that were joined."""

    def __init__(self, damage: Damage) -> None:
        self._damage = damage
        self._resampler: Any = None
        self._kind: tuple[str, str, int] | None = None
        self._downmixer = Downmixer()
        self._given = 0
        self._pending = 0.0
        self._large_scale = False
        """Its floats are 16-bit values."""

    @property
    def begun(self) -> bool:
        """Some sound was decoded."""
        return self._kind is not None

    def silence_before(self, at: float | None) -> Iterator[Samples]:
        """What is missing before a frame that stands at `at` seconds."""
        if at is None:
            return
        late = at - seconds(self._given) - self._pending
        if not _GAP < late <= _LONGEST_GAP:
            return
        yield from self._flushed()
        if self.begun:
            self._damage.missing += late
        else:
            self._damage.at_start = late
        silence = np.zeros(samples(at) - self._given, np.float32)
        self._given += len(silence)
        yield silence

    def pieces(self, frame: Any) -> Iterator[Samples]:
        """A frame at 16 kHz; the resampler holds some of it back."""
        from av.audio.resampler import AudioResampler

        if not LEAST_RATE <= frame.sample_rate <= MOST_RATE:  # some formats state it anew in every frame
            raise ValueError(f"its sampling rate of {frame.sample_rate} Hz isn't one of sound")
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self._flushed()
            self._kind = kind
        if self._resampler is None:
            # FFmpeg's own downmix of float sound adds 3 dB, so the channels are kept and joined here. They come
            # interleaved: PyAV reads planes beyond the seventh from where there is no memory.
            self._resampler = AudioResampler(format="flt", layout=frame.layout.name, rate=SAMPLE_RATE)
        self._pending += frame.samples / frame.sample_rate
        for out in self._resampler.resample(self._valid(frame)):
            yield self._taken(out)

    def rest(self) -> Iterator[Samples]:
        """What was held back."""
        yield from self._flushed()

    def _flushed(self) -> Iterator[Samples]:
        if self._resampler is not None:
            for out in self._resampler.resample(None):
                yield self._taken(out)
            self._resampler = None  # flushed, it takes nothing more
        self._pending = 0.0

    def _taken(self, out: Any) -> Samples:
        piece = self._downmixer.push(out.to_ndarray().reshape(out.samples, -1))
        self._given += len(piece)
        self._pending -= seconds(len(piece))
        return piece

    def _valid(self, frame: Any) -> Any:
        """The frame without what can be no sound: one sample that is no number would silence the resampler for good,
        and a single one that is far too loud would leave all else too quiet to be heard.
        """
        frame.pts = None
        if not frame.format.name.startswith(("flt", "dbl")) or (frame.format.is_planar and len(frame.planes) > _PLANES):
            return frame
        values: NDArray[Any] = frame.to_ndarray()
        loudness = np.abs(values)
        wrong = ~(loudness <= _BEYOND)
        if not self._large_scale and (loud := ~wrong & (loudness > _LOUDEST)).any():
            self._large_scale = bool(np.median(loudness[~wrong & (loudness > 0)]) > 1)
            if not self._large_scale:
                wrong |= loud
        if not wrong.any():
            return frame
        import av

        self._damage.invalid += int(wrong.sum())
        mended = av.AudioFrame.from_ndarray(
            np.where(wrong, 0, values), format=frame.format.name, layout=frame.layout.name
        )
        mended.sample_rate = frame.sample_rate
        return mended
