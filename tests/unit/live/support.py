"""A run of a rehearsal with real threads and a real store, for the tests of this folder and of others."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import Source
from rehearse.domain.rehearsal import Plan, plan_for
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.errors import DeviceError
from rehearse.history.answers import AnswerStore
from rehearse.live.dropouts import Dropouts
from rehearse.live.events import (
    AnswerKept,
    LiveEvent,
    PipelineFailed,
)
from rehearse.live.pipeline import LivePipeline
from rehearse.live.rehearsal import Rehearsal
from rehearse.speech.transcriber import Transcriber
from tests.fakes import KeywordAssessor, LoudnessDetector, ScriptedTranscriber, small_guide, sound

GUIDE = small_guide()
PLAN = plan_for(GUIDE, GUIDE.scenarios[0], Source.FILE)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = ("our goal was fewer wrong orders", "the steps were simple enough for me and everybody else")


SOUND = sound(0.5, 3, 1, 4, 1)


class EndlessSource(SamplesSource):
    """Goes on until it is closed, and says when it has brought a second."""

    def __init__(self) -> None:
        super().__init__(sound(0.2, 0.3))
        self.second = threading.Event()
        self._brought = 0

    def read(self, timeout: float) -> AudioBlock | None:
        if self.ended:
            return None
        self._brought += 1600
        if self._brought >= SAMPLE_RATE:
            self.second.set()
            threading.Event().wait(0.001)
        return AudioBlock(np.full(1600, 0.3, np.float32), self._brought - 1600)

    @property
    def ended(self) -> bool:
        return self._closed


class VanishingSource(SamplesSource):
    """Its microphone is away for some seconds in the middle, while its clock goes on: `Run` lets that be the wall's."""

    def __init__(self, samples: Samples, *, at: float, seconds: float) -> None:
        super().__init__(samples)
        self.time = 0.0
        self._gone_at, self._back_at = at, at + seconds

    def read(self, timeout: float) -> AudioBlock | None:
        self.time += 0.1
        gone = self._gone_at <= self.time < self._back_at
        self.trouble = DeviceError("The microphone has stopped") if gone else None
        return None if gone else super().read(timeout)


class Run:
    """A rehearsal and what it reported."""

    def __init__(self, store: AnswerStore, source: Any = None, *, plan: Plan = PLAN, **parts: Any) -> None:
        self.events: list[LiveEvent] = []
        self.over = threading.Event()
        self.source: Any = source or SamplesSource(SOUND)
        load: Callable[[], Transcriber] = parts.pop("load", lambda: ScriptedTranscriber(TEXTS))
        engine: Callable[[], Any] = parts.pop("engine", lambda: KeywordAssessor(GUIDE))
        self.rehearsal = Rehearsal(
            plan,
            lambda emit, open_recording: LivePipeline(
                self.source,
                load_transcriber=load,
                load_engine=engine,
                scenario=plan.scenario,
                recording=Path(),
                emit=emit,
                listen_early=False,
                load_detector=LoudnessDetector,
                open_recording=open_recording,
            ),
            store,
            self.note,
            settings={"model": "scripted"},
            **parts,
        )
        if isinstance(self.source, VanishingSource):
            self.rehearsal._pipeline._listener._dropouts = Dropouts(lambda: self.source.time)

    def note(self, event: LiveEvent) -> None:
        self.events.append(event)
        if isinstance(event, AnswerKept | PipelineFailed):
            self.over.set()

    def begin(self) -> "Run":
        self.rehearsal.open()
        self.rehearsal.start(NOW)
        return self

    def to_the_end(self) -> LiveEvent:
        self.begin()
        assert self.over.wait(30)
        assert self.rehearsal.join(30)
        return self.events[-1]
