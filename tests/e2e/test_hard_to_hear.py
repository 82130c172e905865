"""A voice below the noise around it is let in; noise without a voice isn't."""

import numpy as np

from rehearse.domain.sound import Samples
from rehearse.live.endpointing import Endpointer
from rehearse.speech.segmenter import SegmenterSettings
from rehearse.speech.vad import StreamingVad
from rehearse.speech.voice import InterviewerVoice

SENTENCES = (
    "We packed it in a box and sent it to the warehouse. Every night it looked at the orders of the day before. "
    "When too many were wrong, somebody got a message and had a look."
)


def voiced(sound: Samples, settings: SegmenterSettings | None = None) -> float:
    """Seconds let in."""
    endpointer = Endpointer(StreamingVad(), settings)
    endpointer.hear(sound)
    endpointer.finish()
    return sum(span.end - span.start for span in endpointer.spans)


def test_a_voice_in_noise_is_let_in_where_the_detector_is_never_sure() -> None:
    clean = InterviewerVoice().synthesise(SENTENCES, speed=0.72)
    speech = float(np.sqrt(np.mean(clean[np.abs(clean) > 0.006] ** 2)))
    noise = np.random.default_rng(1).normal(0.0, speech * 10 ** (14 / 20), len(clean))
    mixed = clean + noise
    scale = 0.5 / np.max(np.abs(mixed))
    length = voiced(clean)
    sure_only = SegmenterSettings(doubtful=2.0)
    assert voiced((mixed * scale).astype(np.float32), sure_only) < 0.7 * length
    assert voiced((mixed * scale).astype(np.float32)) > 0.85 * length
    assert voiced((noise * scale).astype(np.float32)) == 0
