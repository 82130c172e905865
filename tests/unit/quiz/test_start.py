"""What the first card waits for: nothing that handles sound or models is imported for it."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("numpy", "sounddevice", "onnxruntime", "faster_whisper", "ctranslate2", "av", "hibari", "tokenizers")
FIRST_CARD = """
import sys
from datetime import UTC, datetime
from random import Random
import rehearse.ui.app, rehearse.ui.screens.quiz.quiz
from rehearse.cli.app import open_studio
from rehearse.quiz.modes import QuizMode
studio, _ = open_studio()
quiz = studio.quiz(None, mode=QuizMode.DUE, section_id=None, now=datetime.now(UTC), random=Random(1))
assert quiz.next(datetime.now(UTC))
print(*sorted({name.partition(".")[0] for name in sys.modules}), "rehearse.ui.screens.home.home" in sys.modules)
"""


def test_the_first_card_waits_for_no_sound_and_no_model(own_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_CARD],
        env={**os.environ, "REHEARSE_HOME": str(own_home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    *modules, home = done.stdout.split()
    assert "textual" in modules
    assert [name for name in HEAVY if name in modules] == []
    assert home == "False"
