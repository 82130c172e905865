"""Decoder: the pipeline's second thread. Speech segments to words to marks."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.guide import Scenario
from rehearse.domain.sound import Samples, SpeechSegment, seconds
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.live.ears import Ears
from rehearse.live.events import (
    CoverageChanged,
    DecodingBehind,
    FinalisingProgress,
    LiveEvent,
    MarksAwaited,
    PipelineFinished,
    PipelineReady,
    TranscriptChanged,
)
from rehearse.live.fitting import Fitting
from rehearse.live.parts import Assessor
from rehearse.live.sketchbook import Sketchbook
from rehearse.speech.transcriber import Spoken, Transcriber

BEHIND = 20.0
"""Seconds of undecoded speech from which the person is told; one long utterance is no delay."""

CONTEXT = 8
"""Utterances given to the transcriber as context; it takes as many as it can use."""


TAIL = 0.2
"""Seconds of silence behind the voice from which an open segment is decoded as if it were closed."""


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
        self._sketches = Sketchbook()
        self._waited_for = False
        self._tentative = ""

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

    def hurry(self) -> None:
        """The answer is over, and somebody waits for the marks: begin nothing that isn't needed for them."""
        self._waited_for = self._live

    def wake(self) -> None:
        """Notice that all is cancelled."""
        with self._changed:
            self._changed.notify_all()

    def run(self) -> None:
        """The thread's work, from loading the models to the final marks."""
        transcriber = self._load_transcriber()
        engine = Fitting(self._load_engine)
        self._transcript = Transcript(model=transcriber.name)
        self._emit(PipelineReady())
        left: float | None = None
        while not self._cancelled.is_set():
            work = self._next()
            if work is None:
                break
            segment, is_open = work
            if is_open:
                self._decode_ahead(segment, transcriber, engine)
                continue
            if self._ending is not None and left is None:
                left = self._undecoded
            self._commit(segment, self._decode(segment, transcriber), engine)
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
        """The open segment, if another look at it is worth the work."""
        if not self._live or self._ears is None:
            return None
        segment = self._ears.open_segment
        if segment is None:
            return None
        if self._ears.open_is_complete:
            return segment if self._sketches.wants_whole(segment) else None
        return segment if not self._waited_for and self._sketches.wants_sketch(segment) else None

    def _decode_ahead(self, segment: SpeechSegment, transcriber: Transcriber, engine: Fitting) -> None:
        """Say what is known of the open utterance, and mark it as if it stayed that way."""
        if segment.end >= segment.speech_end + TAIL:
            self._sketches.add_whole(segment, self._transcribe(segment, transcriber))
        else:
            self._sketches.add_sketch(segment, transcriber.sketch(segment, tuple(self._spoken)))
        if self._sketches.text != self._tentative:
            self._tentative = self._sketches.text
            self._emit(TranscriptChanged(self._transcript, self._tentative))
        provisional = self._sketches.provisional(self._transcript, segment)
        if provisional is not None:
            self._mark(provisional, engine)

    def _decode(self, segment: SpeechSegment, transcriber: Transcriber) -> Utterance:
        ahead = self._sketches.decoded(segment)
        if ahead is not None:
            return ahead
        return self._transcribe(segment, transcriber)

    def _transcribe(self, segment: SpeechSegment, transcriber: Transcriber) -> Utterance:
        return transcriber.transcribe(segment, tuple(self._spoken), hurry=lambda: self._waited_for)

    def _commit(self, segment: SpeechSegment, utterance: Utterance, engine: Fitting) -> None:
        self._spoken.append(Spoken(segment, utterance))
        self._transcript = self._transcript.with_utterance(utterance)
        self._tentative = ""
        if self._live:
            self._emit(TranscriptChanged(self._transcript))
            if self._ending is None or self._queue:
                self._mark(self._transcript, engine)

    def _mark(self, transcript: Transcript, fitting: Fitting) -> None:
        if not fitting.done:
            self._emit(MarksAwaited())
            return
        before, engine = self._coverage, fitting.result()
        self._coverage = still_lit(engine.assess(transcript, self._scenario, final=False), before)
        if self._coverage != before:
            self._emit(CoverageChanged(self._coverage, self._coverage.newly_covered(before)))

    def _conclude(self, fitting: Fitting) -> None:
        engine = fitting.result()
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


def still_lit(coverage: Coverage, before: Coverage | None) -> Coverage:
    """The marks, where each section stands at least as well as a moment ago: nothing goes dark while speaking."""
    if before is None:
        return coverage
    known = {mark.section_id: mark for mark in before.sections}
    return replace(
        coverage,
        sections=tuple(_better(mark, known.get(mark.section_id, mark)) for mark in coverage.sections),
    )


_BRIGHTNESS = (SectionState.THIN, SectionState.COVERED)


def _better(now: SectionMark, before: SectionMark) -> SectionMark:
    bright = [_BRIGHTNESS.index(mark.state) if mark.state in _BRIGHTNESS else -1 for mark in (now, before)]
    return now if bright[0] >= bright[1] else before
