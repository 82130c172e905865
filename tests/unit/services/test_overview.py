"""What the home screen shows, in one value."""

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.domain.coverage import Coverage
from rehearse.errors import StoreError
from rehearse.guides.template import template_text
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from tests.fakes import ask_from, mark_by_keyword
from tests.unit.services.support import GUIDE, NOW, SCENARIO, TEXT, studio_at


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return studio_at(own_home)


class TestOverview:
    """The home screen's facts."""

    def test_nothing_yet(self, studio: Studio) -> None:
        seen = studio.overview(NOW)
        assert (seen.latest, seen.latest_key, seen.unfinished, seen.answers, seen.problems) == ({}, None, (), 0, ())
        assert [guide.id for guide in seen.guides] == ["small"]

    def test_the_last_answer_of_a_scenario(self, studio: Studio) -> None:
        answer = studio.mark_typed(GUIDE, SCENARIO, TEXT)
        seen = studio.overview(NOW)
        assert seen.latest_key == "small/first"
        assert seen.latest["small/first"].id == answer.id
        assert seen.answers == 1

    def test_a_throwaway_answer_leaves_the_last_result_and_is_the_one_answered_last(self, own_home: Path) -> None:
        harder = replace(SCENARIO, id="second", level=2)
        guide = replace(GUIDE, scenarios=(*GUIDE.scenarios, harder))
        studio = studio_at(own_home)
        ask_from(studio.equipment, guide)
        mark_by_keyword(studio.equipment, guide)
        result = studio.mark_typed(guide, SCENARIO, TEXT)
        assert studio.mark_typed(guide, harder, TEXT).marks is not None
        thrown = studio.mark_typed(guide, SCENARIO, "I don't know, sorry.")
        studio.equipment.store.save(replace(thrown, coverage=Coverage((), (), judged=False, final=True)))
        seen = studio.overview(NOW)
        assert seen.latest["small/first"].id == result.id
        assert seen.latest_key == "small/first"

    def test_a_broken_guide_is_a_sentence_among_the_others(self, own_home: Path) -> None:
        guides = Places(own_home).create().guides
        (guides / "mine.yaml").write_text(template_text("mine", "Mine"), encoding="utf-8")
        (guides / "broken.yaml").write_text("id: broken\ntitle: x: y\nfield: z", encoding="utf-8")
        studio = Studio(Equipment(Places(own_home), Settings()))
        seen = studio.overview(NOW)
        assert "mine" in [guide.id for guide in seen.guides]
        assert seen.problems == ("broken.yaml:2:9: a colon inside a text, put the text in quotes.",)

    def test_a_damaged_store_is_said(self, own_home: Path) -> None:
        Places(own_home).create().database.write_bytes(b"no database" * 200)
        with pytest.raises(StoreError, match="damaged"):
            studio_at(own_home).overview(NOW)
