"""Slower and faster speech at the same pitch: FFmpeg's `atempo` (WSOLA), a block at a time."""

from collections.abc import Iterator

import numpy as np

from rehearse.domain.sound import Samples

BLOCK_SECONDS = 0.1


def stretched(samples: Samples, rate: int, start: int, speed: float) -> Iterator[tuple[Samples, float]]:
    """The samples from index `start` on, played `speed` times as fast.

    Yields:
        Samples at the same rate, and how many source samples each of them stands for.
    """
    step = max(1, round(BLOCK_SECONDS * rate))
    if speed == 1.0:
        for first in range(start, len(samples), step):
            yield samples[first : first + step], 1.0
        return
    from av import AudioFrame
    from av.error import BlockingIOError as Again
    from av.error import EOFError as End
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono")
    tempo = graph.add("atempo", f"{speed:g}")
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()

    def pulled() -> Iterator[Samples]:
        while True:
            try:
                frame = sink.pull()
                assert isinstance(frame, AudioFrame)
                yield frame.to_ndarray()[0].astype(np.float32)
            except (Again, End):
                return

    for first in range(start, len(samples), step):
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None, first : first + step], dtype=np.float32), format="flt", layout="mono"
        )
        frame.sample_rate = rate
        frame.pts = first - start
        source.push(frame)
        for out in pulled():
            yield out, speed
    source.push(None)
    for out in pulled():
        yield out, speed
