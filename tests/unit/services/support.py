"""A studio of fakes, without any screen, and sound for it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.audio.recording import RecordingWriter
from rehearse.audio.sources import SamplesSource
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from tests.fakes import ScriptedTranscriber, ask_from, mark_by_keyword, small_guide

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
TEXT = (
    "So the goal was fewer wrong orders in the kitchen, which cost us money every day. "
    "Then the steps were simple, I packed it in a box and it ran every night."
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def studio_at(home: Path, **settings: Any) -> Studio:
    """Everything real but the microphone, the speech model, the guide and the engine."""
    studio = Studio(
        Equipment(
            Places(home),
            Settings(**{"voice": False, **settings}),
            make_source=lambda _: SamplesSource(np.zeros(16_000, np.float32)),
            load_transcriber=lambda: ScriptedTranscriber([TEXT]),
        )
    )
    ask_from(studio.equipment, GUIDE)
    mark_by_keyword(studio.equipment, GUIDE)
    return studio


def wave(path: Path, seconds: float = 1.0) -> Path:
    with RecordingWriter(path) as writer:
        writer.append(np.full(round(seconds * 16_000), 0.01, np.float32))
    return path
