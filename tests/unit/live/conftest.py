"""What the tests of a run share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.history.answers import AnswerStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    yield store
    store.close()
