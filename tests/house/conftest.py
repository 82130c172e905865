"""Data folders for commands."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.house.answers import begin_answer
from tests.unit.history.support import spoken


@pytest.fixture(scope="session")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one kept answer; nobody writes to it."""
    home = tmp_path_factory.mktemp("used")
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from rehearse.domain.answer import Mode, Source; from rehearse.services.equipment import Equipment\n"
        "from rehearse.settings import Places, Settings\n"
        "store = Equipment(Places(Path(sys.argv[1])), Settings()).store\n"
        "store.complete(store.draft(guide_id='model-deployment', scenario_id='beginner', question='q',\n"
        "    source=Source.TYPED, mode=Mode.COACHED, settings={}, now=datetime(2026, 1, 2, tzinfo=UTC)))\n"
        "store.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(home)], check=True, timeout=60)
    return home


@pytest.fixture
def warm_home(own_home: Path, model_cache: Path) -> Path:
    """A data folder whose engines are fitted already."""
    own_home.mkdir(exist_ok=True)
    (own_home / "cache").symlink_to(model_cache, target_is_directory=True)
    return own_home


@pytest.fixture
def kept(own_home: Path) -> Answer:
    """An answer of long ago with its recording, in the home of the commands."""
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    begun = begin_answer(store, Source.MICROPHONE)
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(np.zeros(16_000, np.float32))
    transcript = spoken("We put it on a server.")
    return store.complete(replace(begun, status=AnswerStatus.FINISHED, transcript=transcript))
