"""LivePipeline: owns the listener and the decoder of one answer; methods down, events up."""

import threading
from collections.abc import Callable
from pathlib import Path

from rehearse.domain.guide import Scenario
from rehearse.domain.sound import seconds
from rehearse.errors import RehearseError
from rehearse.faults import explained
from rehearse.live.afterwards import SecondHearing
from rehearse.live.decoder import Decoder
from rehearse.live.events import LiveEvent, PipelineFailed, PipelineFinished, PipelineRefined
from rehearse.live.listener import Listener
from rehearse.live.own_voice import OwnVoice
from rehearse.live.protocols import Assessor, AudioSource, Level, Recorder
from rehearse.speech.transcriber import Transcriber
from rehearse.speech.vad import SpeechDetector


class LivePipeline:
    """One answer from sound to marks, on two threads of its own.

    Life: `open()`, then `start()`, any number of `pause()` and `resume()`, then `finish()` or `cancel()`, and
    `join()`. None of them waits, except `join`. A source that ends by itself finishes the pipeline.

    Events come from either thread, never two at a time, and `emit` must return soon without calling back. The last
    event is `PipelineFinished`, which `PipelineRefined` may follow, or `PipelineFailed`; after `cancel()` has returned
    there are none.
    """

    def __init__(
        self,
        source: AudioSource,
        *,
        load_transcriber: Callable[[], Transcriber],
        load_engine: Callable[[], Assessor],
        scenario: Scenario,
        recording: Path | None,
        emit: Callable[[LiveEvent], object],
        live: bool = True,
        again: float = 0.0,
        listen_early: bool = True,
        load_detector: Callable[[], SpeechDetector] | None = None,
        own_voice: OwnVoice | None = None,
        open_recording: Callable[[Path], Recorder] | None = None,
    ) -> None:
        """Nothing is opened or loaded yet.

        Args:
            source: not yet open.
            load_transcriber: called once, in the decoder's thread.
            load_engine: called once, in the decoder's thread.
            scenario: what the answer is marked against.
            recording: file to write, or None to keep no sound.
            emit: where the events go.
            live: False for a model that can't keep up: no text before the answer is over.
            again: seconds of sound up to which all of a live answer is heard again after its marks, as a file is.
            listen_early: the source is read from `open()` on, so that a first word begun before `start()` isn't
                lost. False for sources that hold still until `start()`: files, the demo.
            load_detector: the voice-activity detector, Silero by default.
            own_voice: the interviewer's, which is left out of the answer; None where there is none.
            open_recording: makes the recording's writer.
        """
        self._emit_lock = threading.RLock()
        self._emit = emit
        self._cancelled = threading.Event()
        self._over = False
        self._ended: Callable[[], object] = lambda: None
        self._decoder = Decoder(
            load_transcriber=load_transcriber,
            load_engine=load_engine,
            scenario=scenario,
            emit=self._send,
            cancelled=self._cancelled,
            live=live,
            again=again,
        )
        self._listener = Listener(
            source,
            decoder=self._decoder,
            recording=recording,
            emit=self._send,
            cancelled=self._cancelled,
            listen_early=listen_early,
            load_detector=load_detector or _silero,
            own_voice=own_voice,
            open_recording=open_recording or _wave_file,
        )
        self._left = threading.Semaphore(1)
        """Of two threads all but the last to end."""
        self._threads = [
            threading.Thread(target=self._guarded, args=(self._listener.run,), name="rehearse-listener"),
            threading.Thread(target=self._guarded, args=(self._decoder.run,), name="rehearse-decoder"),
        ]

    def when_ended(self, call: Callable[[], object]) -> None:
        """Call this, once, when both threads have done their work; to be said before `open()`. Mustn't raise."""
        self._ended = call

    def open(self) -> None:
        """Open the source and load the models; sound is metered and kept as a short pre-roll."""
        for thread in self._threads:
            thread.start()

    def start(self, *, from_now: bool = False) -> None:
        """The answer begins: its clock is zero. `from_now` leaves out the first word begun before."""
        self._listener.start(from_now=from_now)

    def start_on_voice(self) -> None:
        """The answer begins, clock and all, where the next voice begins."""
        self._listener.start_on_voice()

    def pause(self) -> None:
        """Stop the answer's clock; what is said now isn't part of it."""
        self._listener.pause()

    def resume(self) -> None:
        """Go on."""
        self._listener.resume()

    def finish(self) -> None:
        """The answer is over: decode the rest, mark it, emit `PipelineFinished`."""
        self._decoder.hurry()
        self._listener.finish()

    def cancel(self) -> None:
        """Give up; nothing more is emitted. What was recorded stays on disk."""
        with self._emit_lock:
            self._cancelled.set()
        self._listener.wake()
        self._decoder.wake()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for both threads to end; False if `timeout` seconds weren't enough."""
        import time

        deadline = None if timeout is None else time.monotonic() + timeout
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    @property
    def level(self) -> Level:
        """Loudness of late; also before the answer begins."""
        return self._listener.level

    @property
    def away(self) -> float:
        """Seconds in which the microphone brought nothing while the answer went on."""
        return self._listener.away

    @property
    def elapsed(self) -> float:
        """Seconds of the answer so far, by its samples."""
        return seconds(self._listener.frames)

    @property
    def begun(self) -> bool:
        """The answer has begun."""
        return self._listener.begun

    @property
    def pauses(self) -> tuple[float, ...]:
        """Seconds of the speaker's pauses in the answer so far."""
        return self._listener.pauses

    @property
    def backlog(self) -> float:
        """Seconds of finished speech that wait to be decoded."""
        return self._decoder.backlog

    @property
    def second_hearing(self) -> SecondHearing:
        """What is heard again after the marks."""
        return self._decoder.second_hearing

    @property
    def speaking(self) -> bool:
        """Somebody is speaking."""
        return self._listener.speaking

    @property
    def silence(self) -> float:
        """Seconds of the answer since the last voice, or since it began."""
        return self._listener.silence

    def _send(self, event: LiveEvent) -> None:
        with self._emit_lock:
            if self._cancelled.is_set() or (self._over and not isinstance(event, PipelineRefined)):
                return
            self._over = self._over or isinstance(event, PipelineFinished | PipelineFailed)
            self._emit(event)

    def _guarded(self, run: Callable[[], None]) -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - the thread's last line of defence
            self._fail(broken_off(error))

        finally:
            if not self._left.acquire(blocking=False):
                self._ended()

    def _fail(self, error: RehearseError) -> None:
        self._send(PipelineFailed(error))
        self.cancel()


def broken_off(error: Exception) -> RehearseError:
    """What to say of a rehearsal that didn't come to its end."""
    return explained(
        error,
        "The rehearsal broke off because of a fault in the program",
        next_step="What was recorded is kept: u on the home screen transcribes it.",
    )


def _silero() -> SpeechDetector:
    from rehearse.speech.vad import StreamingVad

    return StreamingVad()


def _wave_file(path: Path) -> Recorder:
    from rehearse.audio.recording import RecordingWriter

    return RecordingWriter(path)
