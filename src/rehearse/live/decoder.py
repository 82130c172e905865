"""Decoder: the pipeline's second thread. Speech segments to words to marks."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Scenario
from rehearse.domain.sound import Samples, SpeechSegment, seconds
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.live.afterwards import SecondHearing
from rehearse.live.ending import Ending
from rehearse.live.endpointing import Endpointer
from rehearse.live.engine_loading import EngineLoading
from rehearse.live.events import (
    CoverageChanged,
    DecodingBehind,
    FinalisingProgress,
    LiveEvent,
    MarksAwaited,
    OtherLanguage,
    PipelineFinished,
    PipelineReady,
    PipelineRefined,
    TranscriptChanged,
)
from rehearse.live.lit_rows import still_lit
from rehearse.live.open_utterance import OpenUtterance
from rehearse.live.protocols import Assessor
from rehearse.live.redecoding import Redecoder
from rehearse.live.transcript_builder import LIVE, TranscriptBuilder
from rehearse.speech.passages import WHOLE
from rehearse.speech.transcriber import Transcriber, Waiting, hear_passage

BEHIND = 20.0
"""Seconds of undecoded speech from which the person is told; one long utterance is no delay."""

TAIL = 0.2
"""Seconds of silence behind the voice from which an open segment is decoded as if it were closed."""

LONG = 0.6
"""Seconds from the stop after which names aren't looked for until the last words are heard again: the second decoding
that they take is a third of a second where the machine is busy, so that the marks came after up to two seconds."""


@dataclass(frozen=True, eq=False)
class _Closed:
    """A closed segment is to be decoded."""

    segment: SpeechSegment


@dataclass(frozen=True, eq=False)
class _Open:
    """The open segment is worth another look."""

    segment: SpeechSegment


@dataclass(frozen=True)
class _Heard:
    """A passage was heard again, or is over."""


_Work = _Closed | _Open | _Heard


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
        again: float = 0.0,
    ) -> None:
        self._load_transcriber = load_transcriber
        self._load_engine = load_engine
        self._scenario = scenario
        self._emit = emit
        self._cancelled = cancelled
        self._live = live
        self._again = again
        self.second_hearing = SecondHearing(cancelled)
        self._changed = threading.Condition()
        self._queue: deque[SpeechSegment] = deque()
        self._undecoded = 0.0
        self._ending: Ending | None = None
        self._endpointer: Endpointer | None = None
        self._transcript = TranscriptBuilder("")
        self._redecoder: Redecoder | None = None
        self._coverage: Coverage | None = None
        self._open_utterance = OpenUtterance()
        self._waited_for = False
        self._waited_since = 0.0
        self._shown = (0, "")
        self._told_language = False

    @property
    def backlog(self) -> float:
        """Seconds of closed segments not yet decoded."""
        return self._undecoded

    def listen_to(self, endpointer: Endpointer) -> None:
        """Whose open segment to decode ahead."""
        self._endpointer = endpointer

    def hear(self, endpointer: Endpointer, samples: Samples) -> list[SpeechSegment]:
        """Let the endpointer take samples in while the decoder doesn't look at their open segment."""
        with self._changed:
            segments = endpointer.hear(samples)
            self._changed.notify()
        return segments

    def put(self, segment: SpeechSegment) -> None:
        """One more segment, in order."""
        with self._changed:
            self._queue.append(segment)
            self._undecoded += segment.end - segment.start
            self._changed.notify()

    def finish(self, ending: Ending) -> None:
        """No more segments will come."""
        with self._changed:
            self._ending = ending
            self._changed.notify()

    def hurry(self) -> None:
        """The answer is over, and somebody waits for the marks: begin nothing that isn't needed for them."""
        self._waited_since = time.monotonic()
        self._waited_for = self._live

    def wake(self) -> None:
        """Notice that all is cancelled."""
        with self._changed:
            self._changed.notify_all()

    def run(self) -> None:
        """The thread's work, from loading the models to the final marks."""
        transcriber = self._load_transcriber()
        engine = EngineLoading(self._load_engine)
        self._transcript = TranscriptBuilder(
            transcriber.name, LIVE if self._live else WHOLE, memory=self._again if self._live else 0.0
        )
        self._redecoder = Redecoder(transcriber, hurry=self._is_waited_for, done=self.wake) if self._live else None
        self._emit(PipelineReady())
        try:
            self._follow(transcriber, engine)
            if not self._cancelled.is_set():
                self._end_passage(transcriber)
                finished = self._conclude(engine)
                self._refine(finished, transcriber, engine)
        finally:
            self._waited_for = True
            if self._redecoder is not None:
                self._redecoder.end()

    def _follow(self, transcriber: Transcriber, engine: EngineLoading) -> None:
        """Until the answer's last segment."""
        left: float | None = None
        while (work := self._next()) is not None:
            match work:
                case _Heard():
                    self._take_again(engine)
                case _Open(segment):
                    self._decode_ahead(segment, transcriber, engine)
                case _Closed(segment):
                    if self._ending is not None and left is None:
                        left = self._undecoded
                    self._take(segment, transcriber, engine)
                    self._undecoded = max(0.0, self._undecoded - (segment.end - segment.start))
                    if left is not None:
                        self._emit(FinalisingProgress(left - self._undecoded, left))

    def _next(self) -> "_Work | None":
        """What to do next; None at the end. Waits."""
        with self._changed:
            while not self._cancelled.is_set():
                if self._redecoder is not None and self._redecoder.ready:
                    return _Heard()
                if self._queue:
                    if self._undecoded >= BEHIND and self._live and self._ending is None:
                        self._emit(DecodingBehind(self._undecoded))
                    return _Closed(self._queue.popleft())
                if self._ending is not None and self._live:
                    self._transcript.close()  # nothing more belongs to it, so it is worth hearing however little is new
                self._hear_again()
                if self._ending is not None and not self._hearing_on():
                    return None
                ahead = self._worth_decoding()
                if ahead is not None:
                    return _Open(ahead)
                if self._live and self._passage_is_over():
                    return _Heard()
                self._changed.wait(0.5)
        return None

    def _worth_decoding(self) -> SpeechSegment | None:
        """The open segment, if another look at it is worth the work."""
        if not self._live or self._endpointer is None:
            return None
        segment = self._endpointer.open_segment
        if segment is None:
            return None
        if self._endpointer.open_is_complete:
            return segment if self._open_utterance.wants_whole(segment) else None
        return segment if not self._waited_for and self._open_utterance.wants_hypothesis(segment) else None

    def _decode_ahead(self, segment: SpeechSegment, transcriber: Transcriber, engine: EngineLoading) -> None:
        """Say what is known of the open utterance, and mark it as if it stayed that way."""
        if segment.end >= segment.speech_end + TAIL:
            self._open_utterance.add_whole(segment, self._transcribe(segment, transcriber))
        else:
            self._open_utterance.add_hypothesis(segment, transcriber.hypothesise(segment, self._transcript.before))
        self._show()
        provisional = self._open_utterance.provisional(self._transcript.whole, segment)
        # A quick model may know English only, and invents it where something else is spoken.
        if provisional is not None and not (self._transcript.before and self._transcript.before[-1].utterance.language):
            self._mark(provisional, engine)

    def _show(self) -> None:
        """Say what is written, if it isn't what was said last."""
        tentative = f"{self._transcript.text} {self._open_utterance.text}".strip()
        if not self._told_language and (foreign := self._transcript.whole.foreign):
            self._told_language = True
            self._emit(OtherLanguage(next(iter(foreign))))
        shown = (len(self._transcript.settled.utterances), tentative)
        if self._live and shown != self._shown:
            self._shown = shown
            self._emit(TranscriptChanged(self._transcript.settled, tentative))

    def _take(self, segment: SpeechSegment, transcriber: Transcriber, engine: EngineLoading) -> None:
        """Decode a closed segment, as the beginning of a new passage or the next of the open one."""
        if self._transcript.ends_before(segment):
            self._end_passage(transcriber)
        if not self._live:  # there is time enough when the passage is over
            self._transcript.add(segment, Utterance((), segment.speech_start, segment.speech_end))
            return
        known = self._open_utterance.decoded(segment)
        self._transcript.add(segment, known if known is not None else self._transcribe(segment, transcriber))
        self._open_utterance.close(segment)
        self._show()
        if self._ending is None or self._queue:
            self._mark(self._transcript.whole, engine)

    def _transcribe(self, segment: SpeechSegment, transcriber: Transcriber) -> Utterance:
        return transcriber.transcribe(segment, self._transcript.before, hurry=self._waiting)

    def _waiting(self) -> Waiting:
        """Whoever speaks on waits as well: the words are heard again, with all care, when the passage has grown."""
        long = self._waited_for and time.monotonic() - self._waited_since > LONG
        return Waiting.LONG if long else Waiting.SOMEBODY

    def _passage_is_over(self) -> bool:
        """It was silent for so long that whatever comes is another passage."""
        endpointer = self._endpointer
        return (
            self._transcript.open is not None
            and endpointer is not None
            and not endpointer.speaking
            and self._long_silence(endpointer)
        )

    def _long_silence(self, endpointer: Endpointer) -> bool:
        return endpointer.silence >= self._transcript.pause

    def _is_waited_for(self) -> bool:
        return self._waited_for or self._cancelled.is_set()

    def _hear_again(self) -> None:
        """Begin to hear the first passage as one that wasn't yet, if nobody waits for what is said now."""
        passage = self._transcript.unheard
        if self._redecoder is None or self._redecoder.busy or passage is None or self._waited_for:
            return
        if self._undecoded < BEHIND:
            if self._redecoder.is_worth(passage):
                self._redecoder.begin(passage)
        elif passage.over:
            passage.hear_as_one(None)  # there is no time for it
            self._transcript.settle()

    def _hearing_on(self) -> bool:
        """At the end: something is still to be heard as one, and nobody waits."""
        if self._redecoder is None or self._waited_for:
            return False
        return self._redecoder.busy or self._transcript.unheard is not None

    def _take_again(self, engine: EngineLoading) -> None:
        """What was heard again takes its place; a passage that is over stays as it is from then on."""
        if self._redecoder is not None and self._redecoder.ready:
            self._redecoder.take()
        if self._passage_is_over():
            self._transcript.close()
        self._transcript.settle()
        self._show()
        if not self._waited_for:
            self._mark(self._transcript.whole, engine)

    def _end_passage(self, transcriber: Transcriber) -> None:
        """The open passage is over. Of a file it is heard now, where there is all the time."""
        if not self._live and self._transcript.open is not None:
            self._transcript.open.hear_as_one(hear_passage(transcriber, self._transcript.open.segments))
        self._transcript.close()
        self._transcript.settle()

    def _mark(self, transcript: Transcript, loading: EngineLoading) -> None:
        if not loading.done:
            self._emit(MarksAwaited())
            return
        before, engine = self._coverage, loading.result()
        self._coverage = still_lit(engine.assess(transcript, self._scenario, final=False), before)
        if self._coverage != before:
            self._emit(CoverageChanged(self._coverage, self._coverage.newly_covered(before)))

    def _conclude(self, loading: EngineLoading) -> Transcript:
        ending = self._ending
        assert ending is not None
        assert self._endpointer is not None
        transcript = self._transcript.whole.with_duration(seconds(ending.frames)).with_absences(ending.absences)
        self.second_hearing.due = True
        self._emit(
            PipelineFinished(
                transcript,
                loading.result().assess(transcript, self._scenario, final=True),
                self._endpointer.spans,
                frames_delivered=ending.delivered,
                frames_recorded=ending.recorded,
                overflows=ending.overflows,
            )
        )
        return transcript

    def _refine(self, finished: Transcript, transcriber: Transcriber, loading: EngineLoading) -> None:
        """Hear again what there was no time for, and say so if the words are others."""
        if self._redecoder is None:
            return
        self._redecoder.end()
        for better in self.second_hearing.of(self._transcript, transcriber):
            transcript = better.with_duration(finished.duration).with_absences(finished.absences)
            if transcript != finished:
                finished = transcript
                coverage = loading.result().assess(transcript, self._scenario, final=True)
                self._emit(PipelineRefined(transcript, coverage))
