"""The quiz is tested with a shipped guide and its cards."""

from pathlib import Path

import pytest

from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.quiz.deck import build_deck
from rehearse.services.studio import Studio
from tests.fakes import ask_from, mark_by_keyword
from tests.ui.driving import fake_studio
from tests.ui.quiz.asking import Cards


@pytest.fixture(scope="package")
def guide() -> Guide:
    return GuideLibrary().load("model-deployment")


@pytest.fixture(scope="package")
def cards(guide: Guide) -> Cards:
    found: Cards = {}
    for card in build_deck(guide):
        found.setdefault(card.kind, []).append(card)
    return found


@pytest.fixture
def studio(own_home: Path, guide: Guide) -> Studio:
    studio = fake_studio(own_home)
    ask_from(studio.equipment, guide)
    mark_by_keyword(studio.equipment, guide)
    return studio
