"""A pipeline with real threads and what it reported, for the tests of this folder."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rehearse.live.events import (
    LiveEvent,
    PipelineFailed,
    PipelineFinished,
)
from rehearse.live.pipeline import LivePipeline
from rehearse.live.protocols import AudioSource
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
        source: AudioSource,
        *,
        load: Callable[[], Transcriber] = lambda: ScriptedTranscriber(TEXTS),
        recording: Path | None = None,
        live: bool = True,
        early: bool = False,
    ) -> None:
        self.events: list[LiveEvent] = []
        self.over = threading.Event()
        self.pipeline = LivePipeline(
            source,
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
