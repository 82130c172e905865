"""The engine loaded beside the recogniser."""

import threading

import pytest

from rehearse.errors import ModelError
from rehearse.live.engine_loading import EngineLoading
from rehearse.live.protocols import Assessor
from tests.fakes import KeywordAssessor, small_guide


def test_it_loads_at_once_and_says_when_it_is_done() -> None:
    begun, go_on = threading.Event(), threading.Event()
    engine = KeywordAssessor(small_guide())

    def load() -> Assessor:
        begun.set()
        go_on.wait(5)
        return engine

    loading = EngineLoading(load)
    assert begun.wait(5)
    assert not loading.done
    go_on.set()
    assert loading.result() is engine
    assert loading.done


def test_what_loading_raised_comes_with_the_result() -> None:
    def load() -> Assessor:
        raise ModelError("The sentence model is missing")

    with pytest.raises(ModelError, match="sentence model"):
        EngineLoading(load).result()
