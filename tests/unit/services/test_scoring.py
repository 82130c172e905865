"""Marks for the shell: not kept, the same chain."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import AnswerStatus, Source
from rehearse.errors import AudioFileError, InputError
from rehearse.services.equipment import Equipment
from rehearse.services.scoring import Scorer
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from tests.fakes import ScriptedTranscriber, mark_by_keyword, small_guide

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]


@pytest.fixture
def scorer(own_home: Path) -> Scorer:
    studio = Studio(
        Equipment(Places(own_home), Settings(), load_transcriber=lambda: ScriptedTranscriber(["never said"]))
    )
    mark_by_keyword(studio.equipment, GUIDE)
    return Scorer(studio)


def test_text(scorer: Scorer, own_home: Path) -> None:
    answer = scorer.text(GUIDE, SCENARIO, "The goal was to ask, and the steps were many, and so on and so on.")
    assert (answer.status, answer.source, answer.id) == (AnswerStatus.FINISHED, Source.TYPED, "")
    assert answer.coverage
    assert answer.coverage.final
    assert answer.coverage.covered == ("goal", "steps")
    assert answer.delivery is None
    assert not own_home.exists(), "nothing is kept"


@pytest.mark.parametrize("text", ["", " \n "])
def test_no_text(scorer: Scorer, text: str) -> None:
    with pytest.raises(InputError, match="The answer is empty"):
        scorer.text(GUIDE, SCENARIO, text)


def test_silence_is_an_answer_without_words(scorer: Scorer, tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "silence.wav") as writer:
        writer.append(np.zeros(32_000, np.float32))
    told: list[tuple[float, float]] = []
    answer = scorer.sound(GUIDE, SCENARIO, tmp_path / "silence.wav", progress=lambda *now: told.append(now))
    assert answer.source is Source.FILE
    assert answer.transcript.words == ()
    assert answer.transcript.duration == 2.0
    assert answer.coverage
    assert not answer.coverage.judged
    assert answer.delivery
    assert answer.delivery.words_per_minute == 0
    assert told[-1] == (2.0, 2.0)


def test_what_isnt_sound(scorer: Scorer, tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="There is no file"):
        scorer.sound(GUIDE, SCENARIO, tmp_path / "nowhere.wav")
