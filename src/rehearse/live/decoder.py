"""Decoder: the pipeline's second thread. Speech segments to words to marks."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Scenario
from rehearse.domain.sound import Samples, SpeechSegment, seconds
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.live.ears import Ears
from rehearse.live.events import (
    CoverageChanged,
    DecodingBehind,
    FinalisingProgress,
    LiveEvent,
    PipelineFinished,
    PipelineReady,
    TranscriptChanged,
)
from rehearse.live.parts import Assessor
from rehearse.speech.transcriber import Spoken, Transcriber

BEHIND = 4.0
"""Seconds of undecoded speech from which the person is told."""

CONTEXT = 8
"""Utterances given to the transcriber as context; it takes as many as it can use."""

SKETCH_EVERY = 0.7
"""Seconds of new sound in an open utterance that are worth another hypothesis."""


@dataclass(frozen=True)
class _Ending:
    frames: int
    delivered: int
    recorded: int
    overflows: int


class Decoder:
    """Decodes segments in order; where none waits, the one that is still open."""

    def __init__(
        self,
        *,
        load_transcriber: Callable[[], Transcriber],
        load_engine: Callable[[], Assessor],
        scenario: Scenario,
        emit: Callable[[LiveEvent], None],
        cancelled: threading.Event,
        live: bool,
    ) -> None:
        self._load_transcriber = load_transcriber
        self._load_engine = load_engine
        self._scenario = scenario
        self._emit = emit
        self._cancelled = cancelled
        self._live = live
        self._changed = threading.Condition()
        self._queue: deque[SpeechSegment] = deque()
        self._undecoded = 0.0
        self._ending: _Ending | None = None
        self._ears: Ears | None = None
        self._transcript = Transcript()
        self._spoken: deque[Spoken] = deque(maxlen=CONTEXT)
        self._coverage: Coverage | None = None
        self._sketched: tuple[float, float] = (-1.0, -1.0)
        self._ahead: tuple[tuple[float, float], Utterance] | None = None

    @property
    def backlog(self) -> float:
        """Seconds of closed segments not yet decoded."""
        return self._undecoded

    def listen_to(self, ears: Ears) -> None:
        """Whose open segment to decode ahead."""
        self._ears = ears

    def hear(self, ears: Ears, samples: Samples) -> list[SpeechSegment]:
        """Let the ears take samples in while the decoder doesn't look at their open segment."""
        with self._changed:
            segments = ears.hear(samples)
            self._changed.notify()
        return segments

    def put(self, segment: SpeechSegment) -> None:
        """One more segment, in order."""
        with self._changed:
            self._queue.append(segment)
            self._undecoded += segment.end - segment.start
            self._changed.notify()

    def finish(self, *, frames: int, delivered: int, recorded: int, overflows: int) -> None:
        """No more segments will come."""
        with self._changed:
            self._ending = _Ending(frames, delivered, recorded, overflows)
            self._changed.notify()

    def wake(self) -> None:
        """Notice that all is cancelled."""
        with self._changed:
            self._changed.notify_all()

    def run(self) -> None:
        """The thread's work, from loading the models to the final marks."""
        transcriber = self._load_transcriber()
        engine = self._load_engine()
        self._transcript = Transcript(model=transcriber.name)
        self._emit(PipelineReady())
        left: float | None = None
        while not self._cancelled.is_set():
            work = self._next()
            if work is None:
                break
            segment, is_open = work
            if is_open:
                self._decode_ahead(segment, transcriber)
                continue
            if self._ending is not None and left is None:
                left = self._undecoded
            utterance = self._decode(segment, transcriber)
            self._spoken.append(Spoken(segment, utterance))
            self._commit(utterance, engine)
            self._undecoded = max(0.0, self._undecoded - (segment.end - segment.start))
            if left is not None:
                self._emit(FinalisingProgress(left - self._undecoded, left))
        if not self._cancelled.is_set():
            self._conclude(engine)

    def _next(self) -> tuple[SpeechSegment, bool] | None:
        """What to decode next, and whether it is still open; None at the end. Waits."""
        with self._changed:
            while not self._cancelled.is_set():
                if self._queue:
                    if self._undecoded >= BEHIND and self._live and self._ending is None:
                        self._emit(DecodingBehind(self._undecoded))
                    return self._queue.popleft(), False
                if self._ending is not None:
                    return None
                ahead = self._worth_decoding()
                if ahead is not None:
                    return ahead, True
                self._changed.wait(0.5)
        return None

    def _worth_decoding(self) -> SpeechSegment | None:
        if not self._live or self._ears is None:
            return None
        segment = self._ears.open_segment
        if segment is None:
            return None
        key = (segment.start, segment.end)
        if self._ears.open_is_complete:
            return segment if self._ahead is None or self._ahead[0] != key else None
        start, end = self._sketched
        grown = segment.end - (end if start == segment.start else segment.start)
        return segment if grown >= SKETCH_EVERY else None

    def _decode_ahead(self, segment: SpeechSegment, transcriber: Transcriber) -> None:
        key = (segment.start, segment.end)
        self._sketched = key
        assert self._ears is not None
        utterance = transcriber.transcribe(segment, tuple(self._spoken))
        self._ahead = (key, utterance)
        self._emit(TranscriptChanged(self._transcript, utterance.text))

    def _decode(self, segment: SpeechSegment, transcriber: Transcriber) -> Utterance:
        if self._ahead is not None and self._ahead[0] == (segment.start, segment.end):
            return self._ahead[1]
        return transcriber.transcribe(segment, tuple(self._spoken))

    def _commit(self, utterance: Utterance, engine: Assessor) -> None:
        self._transcript = self._transcript.with_utterance(utterance)
        if not self._live:
            return
        self._emit(TranscriptChanged(self._transcript))
        self._mark(engine)

    def _mark(self, engine: Assessor) -> None:
        before = self._coverage
        self._coverage = engine.assess(self._transcript, self._scenario, final=False)
        if self._coverage != before:
            self._emit(CoverageChanged(self._coverage, self._coverage.newly_covered(before)))

    def _conclude(self, engine: Assessor) -> None:
        ending = self._ending
        assert ending is not None
        assert self._ears is not None
        transcript = self._transcript.with_duration(seconds(ending.frames))
        coverage = engine.assess(transcript, self._scenario, final=True)
        self._emit(
            PipelineFinished(
                transcript,
                coverage,
                self._ears.spans,
                frames_delivered=ending.delivered,
                frames_recorded=ending.recorded,
                overflows=ending.overflows,
            )
        )
