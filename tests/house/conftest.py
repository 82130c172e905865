"""Data folders for commands."""

import subprocess
import sys
from pathlib import Path

import pytest


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
