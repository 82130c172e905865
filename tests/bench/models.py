"""The models to compare with: their folders, and plain faster-whisper on them."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.domain.sound import Samples
from rehearse.errors import ModelError
from rehearse.speech.models import AUTO, find_model, load_live_transcriber, load_transcriber
from rehearse.speech.transcriber import Transcriber


def model_folder(name: str, cache: Path) -> Path | None:
    """A model's folder; None if it isn't installed."""
    try:
        return find_model(name, models=cache, cache=cache).folder
    except ModelError:
        return None


def our_transcriber(name: str, cache: Path, guide: Guide | None = None, scenario: str | None = None) -> Transcriber:
    """Ours, as the app loads it; with a guide's terms in mind or without."""
    load = load_live_transcriber if name == AUTO else load_transcriber
    return load(
        name,
        models=cache,
        cache=cache,
        guide=guide,
        scenario=guide.scenario(scenario) if guide and scenario else None,
    )


@dataclass(frozen=True)
class Heard:
    """A transcript, and what it took."""

    text: str
    seconds: float


class Plain:
    """faster-whisper as one would use it first: the whole recording, beam 5."""

    def __init__(self, folder: Path) -> None:
        from faster_whisper import WhisperModel

        self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)

    def transcribe(self, sound: Samples, *, hotwords: str | None = None, word_times: bool = False) -> Heard:
        """The words of a recording."""
        begun = time.perf_counter()
        segments, _ = self._model.transcribe(
            sound, beam_size=5, language="en", hotwords=hotwords, word_timestamps=word_times
        )
        text = " ".join(segment.text.strip() for segment in segments)
        return Heard(text, time.perf_counter() - begun)
