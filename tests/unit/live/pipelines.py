"""A pipeline with real threads and what it reported, for the tests of this folder."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rehearse.domain.sound import AudioBlock, Samples
from rehearse.errors import RehearseError
from rehearse.live.events import (
    LiveEvent,
    PipelineFailed,
    PipelineFinished,
)
from rehearse.live.pipeline import LivePipeline
from rehearse.speech.transcriber import Transcriber
from tests.fakes import KeywordAssessor, LoudnessDetector, ScriptedTranscriber, small_guide, sound

E = TypeVar("E", bound=LiveEvent)

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
TEXTS = ("our goal was fewer wrong orders", "the steps were simple enough for me", "the lesson was to ask")


ANSWER = sound(0.5, 3, 1, 4, 1, 2, 1)


class Run:
    """A pipeline and what it reported."""

    def __init__(
        self,
        source: object,
        *,
        load: Callable[[], Transcriber] = lambda: ScriptedTranscriber(TEXTS),
        recording: Path | None = None,
        live: bool = True,
        early: bool = False,
    ) -> None:
        self.events: list[LiveEvent] = []
        self.over = threading.Event()
        self.pipeline = LivePipeline(
            source,  # type: ignore[arg-type]
            load_transcriber=load,
            load_engine=lambda: KeywordAssessor(GUIDE),
            scenario=SCENARIO,
            recording=recording,
            emit=self.note,
            live=live,
            listen_early=early,
            load_detector=LoudnessDetector,
        )

    def note(self, event: LiveEvent) -> None:
        self.events.append(event)
        if isinstance(event, PipelineFinished | PipelineFailed):
            self.over.set()

    def to_the_end(self) -> LiveEvent:
        self.pipeline.open()
        self.pipeline.start()
        return self.wait()

    def wait(self) -> LiveEvent:
        assert self.over.wait(30)
        assert self.pipeline.join(30)
        return next(event for event in self.events if isinstance(event, PipelineFinished | PipelineFailed))

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]


class HandFed:
    """A source that delivers what the test hands it, one block at a time, and waits until it was taken."""

    overflows = 0

    def __init__(self) -> None:
        self.trouble: RehearseError | None = None
        self.ended = False
        self.frames_delivered = 0
        self.closed = False
        self._blocks: list[AudioBlock] = []
        self._asked = 0
        self._changed = threading.Condition()

    def open(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def read(self, timeout: float) -> AudioBlock | None:
        with self._changed:
            self._asked += 1
            self._changed.notify_all()
            if not self._blocks:
                self._changed.wait(timeout)
            return self._blocks.pop(0) if self._blocks else None

    def feed(self, samples: Samples) -> None:
        """Deliver; returns when the reader has come back for more after the last block."""
        self.deliver(samples)
        self.wait_until_taken()

    def deliver(self, samples: Samples) -> None:
        """Deliver in blocks of 0.1 s."""
        for at in range(0, len(samples), 1600):
            block = AudioBlock(samples[at : at + 1600], self.frames_delivered)
            self.frames_delivered += len(block.samples)
            with self._changed:
                self._blocks.append(block)
                self._changed.notify_all()

    def wait_until_taken(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: not self._blocks, 30)
            asked = self._asked
            assert self._changed.wait_for(lambda: self._asked > asked + 1, 30)
