"""Slower and faster speech at the same pitch: FFmpeg's `atempo` (WSOLA), a block at a time."""

import math
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from rehearse.domain.sound import Samples

BLOCK_SECONDS = 0.1

SLOWEST, FASTEST = 0.5, 2.0
"""What `atempo` does in one step without skipping samples (FFmpeg filters, atempo)."""


def stretched(samples: Samples, rate: int, start: int, speed: float) -> Iterator[Samples]:
    """The samples from index `start` on, played `speed` times as fast, in blocks of about `BLOCK_SECONDS`.

    A sample of the result stands for `speed` samples of the source; WSOLA shifts its fragments by up to a quarter of
    a tenth of a second to either side of that.
    """
    step = max(1, round(BLOCK_SECONDS * rate))
    blocks = (samples[first : first + step] for first in range(start, len(samples), step))
    if speed == 1.0:
        yield from blocks
        return
    if start >= len(samples):
        return
    lead = _swallowed(rate)
    before = samples[max(0, start - lead) : start]
    led = chain([np.concatenate([np.zeros(lead - len(before), np.float32), before])], blocks)
    graph, source, sink = _tempo(rate, speed)
    from av import AudioFrame

    at = 0
    for block in led:
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(block[None], dtype=np.float32), format="flt", layout="mono"
        )
        frame.sample_rate = rate
        frame.pts = at
        at += len(block)
        source.push(frame)
        yield from _pulled(sink)
    source.push(None)
    yield from _pulled(sink)
    del graph  # not before: what was pulled last came out of it


def _swallowed(rate: int) -> int:
    """Samples that the filter leaves out at its beginning: half its window, which is a power of two.

    Of at least a 24th of a second (FFmpeg, af_atempo.c, `yae_reset`).
    """
    return 1 << (math.ceil(math.log2(rate / 24)) - 1)


def _tempo(rate: int, speed: float) -> tuple[Any, Any, Any]:
    """A filter graph and both its ends, which don't keep it alive: hold on to it while they are used."""
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono")
    tempo = graph.add("atempo", f"{speed:g}")
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    return graph, source, sink


def _pulled(sink: Any) -> Iterator[Samples]:
    from av.error import BlockingIOError as WantsMoreError
    from av.error import EOFError as AtEndError

    while True:
        try:
            frame = sink.pull()
        except (WantsMoreError, AtEndError):
            return
        yield frame.to_ndarray()[0].astype(np.float32)
