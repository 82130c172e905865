"""Marks answers that aren't rehearsed now and aren't kept: for the shell and for benchmarks."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.audio.files import load_audio
from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError
from rehearse.live.whole_answer import transcribe_samples
from rehearse.services.studio import Studio


class Scorer:
    """Marks text and sound files one after the other, with the same engine and the same chain as a rehearsal."""

    def __init__(self, studio: Studio) -> None:
        """Models are loaded with the first answer that needs them."""
        self.studio = studio

    def text(self, guide: Guide, scenario: Scenario, text: str) -> Answer:
        """Mark a text; raises InputError if it is empty."""
        transcript = want_words(text)
        answer = self._blank(guide, scenario, Source.TYPED)
        coverage = self.studio.equipment.engine(guide).assess(transcript, scenario, final=True)
        return _finished(answer, transcript=transcript, coverage=coverage)

    def sound(
        self,
        guide: Guide,
        scenario: Scenario,
        path: Path,
        progress: Callable[[float, float], object] | None = None,
        remark: Callable[[str], object] | None = None,
    ) -> Answer:
        """Mark a sound file; `remark` is told what of it is missing. Raises AudioFileError or ModelError."""
        heard = transcribe_samples(
            load_audio(path, remark=remark),
            self.studio.equipment.transcriber(guide, scenario, live=False),
            self.studio.equipment.engine(guide),
            scenario,
            progress=progress,
        )
        return _finished(
            self._blank(guide, scenario, Source.FILE),
            transcript=heard.transcript,
            coverage=heard.coverage,
            speech=heard.speech,
            delivery=measure(heard.transcript, heard.speech, heard.coverage),
        )

    def _blank(self, guide: Guide, scenario: Scenario, source: Source) -> Answer:
        return Answer("", guide.id, scenario.id, scenario.question, datetime.now(UTC), source, Mode.COACHED)


def want_words(text: str) -> Transcript:
    """A typed answer's transcript; raises InputError if it is empty."""
    transcript = Transcript.typed(text)
    if not transcript.words:
        raise InputError("The answer is empty", next_step="Give at least a few sentences.")
    return transcript


def _finished(answer: Answer, **parts: Any) -> Answer:
    from dataclasses import replace

    return replace(answer, status=AnswerStatus.FINISHED, **parts)
