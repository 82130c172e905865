"""One rehearsal: a pipeline, and the answer that is kept of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from rehearse.audio.recording import RecordingWriter
from rehearse.claims import Claim, claim
from rehearse.delivery import measure
from rehearse.domain.answer import LEAST_AWAY, MICROPHONE_AWAY, OVERFLOWS, SOUND_LOST, Answer, AnswerStatus
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.rehearsal import Plan
from rehearse.domain.sound import Samples, seconds
from rehearse.errors import DiskFullError, RehearseError
from rehearse.faults import save_details
from rehearse.history.answers import AnswerStore
from rehearse.live.afterwards import SecondHearing
from rehearse.live.events import (
    AnswerKept,
    KeepingRecovered,
    KeepingTrouble,
    LiveEvent,
    PipelineFailed,
    PipelineFinished,
    PipelineRefined,
)
from rehearse.live.pipeline import LivePipeline, broken_off
from rehearse.live.protocols import Recorder

BuildPipeline = Callable[[Callable[[LiveEvent], object], Callable[[Path], Recorder]], LivePipeline]
"""Makes the pipeline, given where its events go and how its recording is opened."""

LEAST_MISSING = {MICROPHONE_AWAY: LEAST_AWAY, SOUND_LOST: 0.05}
"""Seconds of missing sound that are worth a word. Lost ones are lacking amid speech: less than that is no syllable."""


class Rehearsal:
    """Runs one plan. The answer's row exists from the first sample on, so that nothing said can get lost.

    Events are those of the pipeline, and `AnswerKept` once the answer is marked and in the store.
    """

    def __init__(
        self,
        plan: Plan,
        build: BuildPipeline,
        store: AnswerStore,
        emit: Callable[[LiveEvent], object],
        *,
        settings: Mapping[str, str | int | float | bool | None],
        keep_audio: bool = True,
        answer: Answer | None = None,
        claimed: Claim | None = None,
        kept: Callable[[Answer], object] = lambda _: None,
        refined: Callable[[Answer], object] = lambda _: None,
    ) -> None:
        """Nothing is opened yet.

        Args:
            plan: what is rehearsed.
            build: makes the pipeline.
            store: where the answer is kept.
            emit: where events go, from the pipeline's threads.
            settings: what the answer was made with, kept beside it.
            keep_audio: False deletes the recording once the answer is marked.
            answer: the answer that was cut off and is transcribed now; None begins a new one.
            claimed: the claim to its recording, released when all is over.
            kept: told of the answer once it is marked and in the store; mustn't raise.
            refined: told of it again where its last words were heard better a moment later; mustn't raise.
        """
        self.plan = plan
        self.answer = answer
        self.paused = False
        self._store = store
        self._emit = emit
        self._settings = dict(settings)
        self._keep_audio = keep_audio
        self._kept = kept
        self._refined = refined
        self._recovering = answer is not None
        self._created_at: datetime | None = None
        self._claim = claimed
        self._recorder: RecordingWriter | None = None
        self._no_room: RehearseError | None = None
        self._ended = False
        self._saving = Lock()
        self._unsaved: PipelineFinished | None = None
        """Marked, and not kept yet because the disk is full."""
        self._pipeline = build(self._pass_on, self._open_recording)
        self._pipeline.when_ended(self._threads_ended)

    def open(self) -> None:
        """Open the source and load the models; returns at once."""
        self._pipeline.open()

    def start(self, now: datetime | None = None, *, from_now: bool = False) -> None:
        """The answer's clock starts; `now` is its date (UTC). `from_now` leaves out what was heard just before."""
        self._created_at = now or datetime.now(UTC)
        self._pipeline.start(from_now=from_now)

    def start_on_voice(self) -> None:
        """The answer's clock starts where the next voice begins."""
        self._pipeline.start_on_voice()

    def pause(self) -> None:
        """What is said now isn't part of the answer."""
        self.paused = True
        self._pipeline.pause()

    def resume(self) -> None:
        """Go on."""
        self.paused = False
        self._pipeline.resume()

    def finish(self) -> None:
        """Stop listening and mark; returns at once."""
        self._pipeline.finish()

    def discard(self) -> str | None:
        """Give up and put what was recorded into the trash; the id to bring it back with, or None."""
        self._pipeline.cancel()
        self._pipeline.join(2.0)
        if self.answer is None or self._recovering:
            return None
        self._give_up()
        self._store.discard(self.answer.id)
        return self.answer.id

    def abandon(self) -> None:
        """Give up at once and leave what was recorded as an answer that was cut off."""
        self._pipeline.cancel()
        self._give_up()

    @property
    def second_hearing(self) -> SecondHearing:
        """What is heard again after the marks."""
        return self._pipeline.second_hearing

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the threads; False if `timeout` seconds weren't enough."""
        return self._pipeline.join(timeout)

    @property
    def unsaved(self) -> bool:
        """It is over and marked, and there is no room to keep it: see `save_again`."""
        return self._unsaved is not None

    @property
    def begun(self) -> bool:
        """The answer's clock has started."""
        return self._pipeline.begun

    @property
    def pauses(self) -> tuple[float, ...]:
        """Seconds of the speaker's pauses in the answer so far."""
        return self._pipeline.pauses

    @property
    def level(self) -> float:
        """Peak of late, dBFS."""
        return self._pipeline.level.peak

    @property
    def elapsed(self) -> float:
        """Seconds of the answer."""
        return self._pipeline.elapsed

    @property
    def backlog(self) -> float:
        """Seconds of speech waiting to be decoded."""
        return self._pipeline.backlog

    @property
    def silence(self) -> float:
        """Seconds since the last voice."""
        return self._pipeline.silence

    def _open_recording(self, _: Path) -> Recorder:
        if self._recovering:
            return CountingRecorder()
        if self.answer is None:
            self.answer = self._store.draft(
                guide_id=self.plan.guide_id,
                scenario_id=self.plan.scenario.id,
                question=self.plan.question,
                source=self.plan.source,
                mode=self.plan.mode,
                settings=self._settings,
                now=self._created_at or datetime.now(UTC),
                follow_up_of=self.plan.follow_up_of,
                follow_up_section=self.plan.follow_up_section,
                series_id=self.plan.series_id,
            )
        assert self.answer.recording is not None
        # The sound is claimed before the row can be seen: nobody must take it for an answer that was cut off.
        recorder = RecordingWriter(self.answer.recording, on_trouble=self._tell_of_room)
        self._claim = claim(self.answer.recording)
        try:
            self._store.save(self.answer)
        except DiskFullError as error:
            self._tell_of_room(error)  # the row comes with the marks
        except Exception:
            recorder.close()
            self.answer.recording.unlink(missing_ok=True)
            raise
        self._recorder = recorder
        return recorder

    def _tell_of_room(self, error: RehearseError | None) -> None:
        self._no_room = error
        self._emit(KeepingRecovered() if error is None else KeepingTrouble(error))

    def _release(self) -> None:
        """Nobody works on the recording any more."""
        if self._claim is not None:
            self._claim.release()

    def _threads_ended(self) -> None:
        self._ended = True
        if self._unsaved is None:
            self._release()

    def _pass_on(self, event: LiveEvent) -> None:
        if isinstance(event, PipelineRefined):
            self._refine(event)
            return
        if not isinstance(event, PipelineFinished):
            self._emit(event)
            return
        self._unsaved = event
        self.save_again()

    def save_again(self) -> bool:
        """Keep the marked answer; where the disk is full, it stays in memory to be kept by a later call.

        Tells of it by `AnswerKept`, `KeepingTrouble` or `PipelineFailed`; returns whether nothing is left to keep.
        """
        with self._saving:
            event = self._unsaved
            if event is None:
                return True
            try:
                if self._recorder is not None:
                    self._recorder.close()
                    if self._recorder.held:
                        self._tell_of_room(self._no_room)
                        return False
                kept = self._keep(event)
            except DiskFullError as error:
                self._emit(KeepingTrouble(error))
                return False
            except Exception as error:  # noqa: BLE001 - the pipeline is over by now, and would say nothing of it
                self._emit(PipelineFailed(broken_off(error)))
            else:
                self._emit(event)
                self._emit(AnswerKept(kept, event.frames_delivered, event.frames_recorded, event.overflows))
            self._unsaved = None
            self._release()  # nobody writes into it any more
            return True

    def _refine(self, event: PipelineRefined) -> None:
        """Keep the better words, unless the person has worked on the answer or deleted it meanwhile."""
        with self._saving:
            if self._unsaved is not None:
                self._unsaved = replace(self._unsaved, transcript=event.transcript, coverage=event.coverage)
                return
            if self.answer is None:
                return
            coverage = follow_up_marks(event.coverage, self.plan.follow_up_section)
            delivery = measure(event.transcript, self.answer.speech, coverage)
            better = self._store.refine(self.answer, event.transcript, coverage, delivery)
            if better is None:
                return
            self.answer = better
        self._refined(self.answer)

    def _give_up(self) -> None:
        """There is nothing left to keep."""
        self._unsaved = None
        if self._ended:
            self._release()

    def _keep(self, finished: PipelineFinished) -> Answer:
        assert self.answer is not None
        coverage = follow_up_marks(finished.coverage, self.plan.follow_up_section)
        answer = replace(
            self.answer,
            status=AnswerStatus.FINISHED,
            transcript=finished.transcript,
            coverage=coverage,
            delivery=measure(finished.transcript, finished.speech, coverage),
            speech=finished.speech,
            settings={**self.answer.settings, **self._missing(finished)},
        )
        self._store.complete(answer)
        self.answer = answer
        try:
            if not self._keep_audio:
                answer = self._without_audio(answer)
            self._kept(answer)
        except Exception as error:  # noqa: BLE001 - the answer is kept and will be shown; this is for the log
            save_details(error)
        return answer

    def _without_audio(self, answer: Answer) -> Answer:
        """Delete its recording, after the words are kept: whatever breaks off in between, one of the two is there."""
        if answer.recording is not None:
            self._release()  # some systems delete no file that is open
            answer.recording.unlink(missing_ok=True)
            self.answer = answer = replace(answer, recording=None)
            self._store.save(answer)
        return answer

    def _missing(self, finished: PipelineFinished) -> dict[str, float]:
        """What isn't in the recording: the microphone was away, or the machine too busy to listen."""
        lost = seconds(max(0, finished.frames_delivered - finished.frames_recorded))
        found = {MICROPHONE_AWAY: round(self._pipeline.away, 1), SOUND_LOST: round(lost, 2)}
        missing = {name: length for name, length in found.items() if length >= LEAST_MISSING[name]}
        return {**missing, OVERFLOWS: finished.overflows} if finished.overflows else missing


class CountingRecorder:
    """Stands in for the writer while a recording that exists already is transcribed: it must not be touched."""

    def __init__(self) -> None:
        self.frames = 0

    def append(self, samples: Samples) -> None:
        """Count."""
        self.frames += len(samples)

    def close(self) -> None:
        """Nothing to close."""
