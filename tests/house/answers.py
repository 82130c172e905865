"""Answers in the home of the commands."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import main
from rehearse.domain.answer import Answer, Mode, Source
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.answers import begun_answer
from tests.unit.history.support import marks, spoken


def begin_answer(store: AnswerStore, source: Source) -> Answer:
    """An answer of long ago to the first guide's first scenario, just begun."""
    return begun_answer(
        store,
        guide_id="model-deployment",
        scenario_id="beginner",
        question="?",
        source=source,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2024, 3, 1, tzinfo=UTC),
    )


def keep(guide_id: str, scenario_id: str) -> Answer:
    """An answer that is kept: it met the goal, and was vague."""
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    begun = begun_answer(
        store,
        guide_id=guide_id,
        scenario_id=scenario_id,
        question="Why?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2025, 3, 1, tzinfo=UTC),
    )
    return store.complete(replace(begun, transcript=spoken("We sold pears."), coverage=marks("goal", made="vague")))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command of the history prints as JSON."""
    capsys.readouterr()
    assert main(["history", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def lost_database(home: Path, number: int) -> list[Path]:
    """So many recordings, and no database that knows of them."""
    recordings = find_places().create().recordings
    paths = [recordings / f"20250301T1000000000{at:02}-abcdef.wav" for at in range(number)]
    for path in paths:
        with RecordingWriter(path) as writer:
            writer.append(np.zeros(1600, np.float32))
    return paths
