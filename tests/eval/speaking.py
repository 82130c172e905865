"""Answers spoken by the synthesiser and heard by Whisper, as a rehearsal would hear them."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rehearse.coverage.engine import CoverageEngine
from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide
from rehearse.live.whole_answer import transcribe_samples
from rehearse.speech.models import load_transcriber
from rehearse.speech.voice import InterviewerVoice
from tests.eval.data import Labelled


def heard(
    guide: Guide, engine: CoverageEngine, labels: Sequence[Labelled], cache: Path, *, model: str = "tiny.en"
) -> Iterator[tuple[str, Coverage]]:
    """The marks of each answer after speech and recognition."""
    voice = InterviewerVoice(cache)
    for number, answer in enumerate(labels):
        print(f"\rspeaking and hearing {number + 1} of {len(labels)} ", end="", file=sys.stderr, flush=True)
        scenario = guide.scenario(answer.scenario)
        transcriber = load_transcriber(model, models=cache, cache=cache, guide=guide, scenario=scenario)
        sound = voice.synthesise(answer.text, seed=number)
        yield answer.id, transcribe_samples(sound, transcriber, engine, scenario).coverage
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
