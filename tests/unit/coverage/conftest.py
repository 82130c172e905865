"""The engine of the shipped guide with its real sentence model, fitted once a session."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.coverage.engine import CoverageEngine, load_engine
from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.guides.loader import load_guide

CONTENT = Path(__file__).parents[3] / "content"

Mark = Callable[..., Coverage]


@pytest.fixture(scope="session")
def deployment() -> Guide:
    return load_guide(CONTENT / "model-deployment.yaml")


@pytest.fixture(scope="session")
def engine_cache(model_cache: Path) -> Path:
    """Vectors and weights, shared with all other tests of a run."""
    return model_cache


@pytest.fixture(scope="session")
def engine(deployment: Guide, engine_cache: Path) -> CoverageEngine:
    return load_engine(deployment, cache=engine_cache)


@pytest.fixture(scope="session")
def mark(engine: CoverageEngine, deployment: Guide) -> Mark:
    """Marks a typed answer: text, then the scenario's id."""

    def marked(text: str, scenario: str = "beginner") -> Coverage:
        return engine.assess(Transcript.typed(text), deployment.scenario(scenario), final=True)

    return marked
