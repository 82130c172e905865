"""A whole answer at once, through the same chain as a live one: for `rehearse score` and for files."""

import threading
from collections import deque
from collections.abc import Callable

from rehearse.domain.guide import Scenario
from rehearse.domain.sound import Samples, samples, seconds
from rehearse.domain.transcript import Transcript
from rehearse.errors import Cancelled
from rehearse.live.decoder import CONTEXT
from rehearse.live.ears import Ears
from rehearse.live.events import PipelineFinished
from rehearse.live.parts import Assessor
from rehearse.speech.transcriber import Spoken, Transcriber
from rehearse.speech.vad import SpeechDetector


def transcribe_samples(
    sound: Samples,
    transcriber: Transcriber,
    engine: Assessor,
    scenario: Scenario,
    *,
    progress: Callable[[float, float], object] | None = None,
    cancelled: threading.Event | None = None,
    detector: SpeechDetector | None = None,
) -> PipelineFinished:
    """Transcribe and mark an answer; returns when it is done. The words are those of a live pipeline.

    Args:
        sound: the answer.
        transcriber: loaded.
        engine: loaded.
        scenario: what the answer is marked against.
        progress: called with seconds done and seconds in all.
        cancelled: set to give up; noticed between two utterances.
        detector: of voices, Silero by default.

    Raises:
        Cancelled: given up.
    """
    total = seconds(len(sound))
    ears = Ears(detector or _silero())
    spoken: deque[Spoken] = deque(maxlen=CONTEXT)
    transcript = Transcript(model=transcriber.name)
    step = samples(10.0)
    for at in range(0, len(sound) + step, step):
        segments = ears.hear(sound[at : at + step]) if at < len(sound) else ears.finish()
        for segment in segments:
            if cancelled is not None and cancelled.is_set():
                raise Cancelled("Transcription was stopped")
            utterance = transcriber.transcribe(segment, tuple(spoken))
            spoken.append(Spoken(segment, utterance))
            transcript = transcript.with_utterance(utterance)
            if progress:
                progress(min(segment.end, total), total)
    transcript = transcript.with_duration(total)
    coverage = engine.assess(transcript, scenario, final=True)
    if progress:
        progress(total, total)
    return PipelineFinished(transcript, coverage, ears.spans, len(sound), len(sound), 0)


def _silero() -> SpeechDetector:
    from rehearse.speech.vad import StreamingVad

    return StreamingVad()
