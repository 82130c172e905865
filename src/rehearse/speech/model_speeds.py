"""How fast speech models are on this machine: measured once, remembered, said in words."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rehearse.domain.sound import EndedBy, Samples, SpeechSegment, seconds
from rehearse.private import write_private
from rehearse.reading import read_text
from rehearse.speech.transcriber import Transcriber

LIVE_LIMIT = 0.4
"""Real-time factor up to which a model keeps up: an open utterance is decoded more than once."""

_REMEMBERED = "model-speeds.json"


def keeps_up(real_time_factor: float) -> bool:
    """A model this fast can be used while speaking."""
    return real_time_factor <= LIVE_LIMIT


def said_speed(real_time_factor: float | None) -> str:
    """The speed in words; None is a model that wasn't measured."""
    if real_time_factor is None:
        return "speed not measured yet"
    times = 1 / max(real_time_factor, 1e-6)
    if keeps_up(real_time_factor):
        return f"keeps up with you: yes, {times:.0f} times faster than speech"
    return f"keeps up with you: no ({times:.1f} times real time), decodes after the answer"


def measured_speeds(cache: Path | None) -> dict[str, float]:
    """Real-time factors by model name, as far as they were measured."""
    if cache is None:
        return {}
    try:
        known = json.loads(read_text(cache / _REMEMBERED))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {name: float(value) for name, value in known.items() if isinstance(value, int | float)}


def measure_speed(
    transcriber: Transcriber, speech: Samples, *, cache: Path | None, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Decode some speech; remember and return the real-time factor (decoding time by audio time).

    Args:
        transcriber: of the model to measure.
        speech: ten seconds or so, no more than twenty.
        cache: folder that remembers it; None remembers nothing.
        clock: seconds that only go forward.
    """
    length = seconds(len(speech))
    segment = SpeechSegment(speech, 0.0, length, 0.0, length, EndedBy.PAUSE)
    transcriber.hypothesise(segment)  # the first run pays for warming up
    begun = clock()
    transcriber.transcribe(segment)
    factor = (clock() - begun) / length
    if cache is not None:
        _remember(cache, {**measured_speeds(cache), transcriber.name: round(factor, 4)})
    return factor


def _remember(cache: Path, speeds: dict[str, float]) -> None:
    """Best effort: where nothing can be written, it is measured again next time."""
    with suppress(OSError):
        write_private(cache / _REMEMBERED, json.dumps(speeds))
