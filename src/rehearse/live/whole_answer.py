"""A whole answer at once, through the same chain as a live one: for `rehearse score` and for files."""

import threading
from collections.abc import Callable, Sequence

from rehearse.domain.guide import Scenario
from rehearse.domain.sound import Samples, SpeechSegment, samples, seconds
from rehearse.domain.transcript import Transcript
from rehearse.errors import Cancelled
from rehearse.live.endpointing import Endpointer
from rehearse.live.events import PipelineFinished
from rehearse.live.protocols import Assessor
from rehearse.speech.passages import goes_on
from rehearse.speech.transcriber import Transcriber, hear_passage
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
    """Transcribe and mark an answer; returns when it is done.

    Passages are heard whole, for which a live pipeline has less time.

    Args:
        sound: the answer.
        transcriber: loaded.
        engine: loaded.
        scenario: what the answer is marked against.
        progress: called with seconds done and seconds in all.
        cancelled: set to give up; noticed between two passages.
        detector: of voices, Silero by default.

    Raises:
        Cancelled: given up.
    """
    total = seconds(len(sound))
    endpointer = Endpointer(detector or _silero())
    transcript = Transcript(model=transcriber.name)
    step = samples(10.0)
    passage: list[SpeechSegment] = []
    for at in range(0, len(sound) + step, step):
        over = at >= len(sound)
        for segment in endpointer.finish() if over else endpointer.hear(sound[at : at + step]):
            if not goes_on(passage, segment):
                transcript = _with_passage(transcript, passage, transcriber, cancelled)
                if progress:
                    progress(min(passage[-1].end, total), total)
                passage = []
            passage.append(segment)
    transcript = _with_passage(transcript, passage, transcriber, cancelled)
    transcript = transcript.with_duration(total)
    coverage = engine.assess(transcript, scenario, final=True)
    if progress:
        progress(total, total)
    return PipelineFinished(transcript, coverage, endpointer.spans, len(sound), len(sound), 0)


def _with_passage(
    transcript: Transcript,
    passage: Sequence[SpeechSegment],
    transcriber: Transcriber,
    cancelled: threading.Event | None,
) -> Transcript:
    """Heard as one, or segment by segment where that makes no sense."""
    if cancelled is not None and cancelled.is_set():
        raise Cancelled("Transcription was stopped")
    for utterance in hear_passage(transcriber, passage):
        transcript = transcript.with_utterance(utterance)
    return transcript


def _silero() -> SpeechDetector:
    from rehearse.speech.vad import StreamingVad

    return StreamingVad()
