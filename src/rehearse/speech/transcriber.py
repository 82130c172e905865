"""Transcriber: a speech segment in, an utterance of timed words out."""

from pathlib import Path
from typing import Any, Protocol

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance, Word


class Transcriber(Protocol):
    """Turns speech into words. Called from one thread at a time."""

    @property
    def name(self) -> str:
        """Name of its model, kept with the transcript."""

    def transcribe(self, segment: SpeechSegment) -> Utterance:
        """The words of a closed segment, as well as it can; times are seconds of the answer."""

    def sketch(self, segment: SpeechSegment) -> Utterance:
        """A quick hypothesis for a segment that is still open."""


class WhisperTranscriber:
    """Whisper through faster-whisper, int8 on the CPU."""

    def __init__(self, folder: Path, *, name: str, threads: int = 2) -> None:
        from faster_whisper import WhisperModel

        self._name = name
        self._model: Any = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._name

    def transcribe(self, segment: SpeechSegment) -> Utterance:
        """Beam search with word times."""
        return self._decode(segment, beam_size=5)

    def sketch(self, segment: SpeechSegment) -> Utterance:
        """Greedy decoding."""
        return self._decode(segment, beam_size=1)

    def _decode(self, segment: SpeechSegment, beam_size: int) -> Utterance:
        segments, _ = self._model.transcribe(
            segment.samples,
            language="en",
            beam_size=beam_size,
            word_timestamps=True,
            condition_on_previous_text=False,
            temperature=0.0,
        )
        words = tuple(
            Word(
                word.word.strip(),
                float(segment.start + word.start),
                float(segment.start + word.end),
                float(word.probability),
            )
            for found in segments
            for word in found.words
        )
        return Utterance(words, segment.speech_start, segment.speech_end)
