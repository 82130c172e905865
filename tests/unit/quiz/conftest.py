"""Where the tests of sessions keep what was answered."""

from pathlib import Path

import pytest

from rehearse.history.reviews import ReviewStore
from tests.unit.quiz.support import store


@pytest.fixture
def reviews(tmp_path: Path) -> ReviewStore:
    return store(tmp_path)
