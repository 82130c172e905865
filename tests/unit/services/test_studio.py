"""The studio: parts are opened once, when they are first needed; what goes wrong in one leaves the others alone."""

import threading
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction
from rehearse.domain.guide_versions import section_versions
from rehearse.errors import DeviceError, InputError, SettingsError
from rehearse.guides.loader import parse_guide
from rehearse.guides.template import template_text
from rehearse.history.answers import AnswerFilter
from rehearse.quiz.modes import QuizMode
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings, load_settings, save_settings
from tests.unit.services.support import GUIDE, NOW, SCENARIO, TEXT, studio_at


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return studio_at(own_home)


class TestTyped:
    """Typed answers."""

    def test_marked_and_kept(self, studio: Studio) -> None:
        answer = studio.mark_typed(GUIDE, SCENARIO, TEXT)
        kept = studio.equipment.store.get(answer.id)
        assert kept.status is AnswerStatus.FINISHED
        assert kept.marks
        assert kept.marks.covered == ("goal", "steps")
        assert list(section_versions(kept.settings)) == ["goal", "steps", "lesson"]
        assert kept.recording is None
        assert kept.delivery is None

    @pytest.mark.parametrize("text", ["", "  \n\n\t "])
    def test_empty(self, studio: Studio, text: str) -> None:
        with pytest.raises(InputError) as raised:
            studio.mark_typed(GUIDE, SCENARIO, text)
        assert str(raised.value) == "There is no answer to mark. Type or paste one."
        assert studio.equipment.store.count(AnswerFilter(status=None)) == 0


class TestTheUsersWord:
    """Corrections go in and come out again, with the mistakes that rest on them."""

    def test_a_section_takes_its_mistake_with_it_and_back(self, studio: Studio) -> None:
        answer = studio.mark_typed(GUIDE, SCENARIO, TEXT)
        assert answer.marks
        assert answer.marks.made == ("no-lesson",)
        corrected = studio.correct(GUIDE, answer, Correction("lesson", "covered"))
        assert corrected.marks
        assert corrected.marks.covered == ("goal", "steps", "lesson")
        assert corrected.marks.made == ()
        back = studio.undo_correction(GUIDE, corrected)
        assert back.corrections == ()
        assert back.marks == answer.marks

    def test_only_the_last_word_is_taken_back(self, studio: Studio) -> None:
        answer = studio.mark_typed(GUIDE, SCENARIO, TEXT)
        first = studio.correct(GUIDE, answer, Correction("goal", "missing"))
        second = studio.correct(GUIDE, first, Correction("lesson", "covered"))
        assert studio.undo_correction(GUIDE, second).corrections == first.corrections

    def test_a_correction_fits_the_engine_anew(self, studio: Studio) -> None:
        answer = studio.mark_typed(GUIDE, SCENARIO, TEXT)
        studio.equipment.settings = replace(studio.equipment.settings, remember_corrections=False)
        studio.correct(GUIDE, answer, Correction("lesson", "covered"))
        assert GUIDE.id in studio.equipment._engines
        studio.equipment.settings = replace(studio.equipment.settings, remember_corrections=True)
        studio.correct(GUIDE, answer, Correction("lesson", "thin"))
        assert GUIDE.id not in studio.equipment._engines

    def test_an_edited_guide_is_marked_by_an_engine_of_its_own(self, own_home: Path) -> None:
        equipment = Equipment(Places(own_home), Settings())
        before = parse_guide(template_text("mine", "Mine"), "mine.yaml")
        assert not equipment.is_fitted(before)
        first = equipment.engine(before)
        assert equipment.is_fitted(before)
        assert equipment.engine(parse_guide(template_text("mine", "Mine"), "mine.yaml")) is first, "read again"
        edited = parse_guide(template_text("mine", "Mine").replace("every day", "every week"), "mine.yaml")
        assert not equipment.is_fitted(edited)
        second = equipment.engine(edited)
        assert second is not first
        assert second.guide == edited
        assert equipment.engine(edited) is second


class TestSettings:
    """Settings are used at once and written."""

    def test_they_are_kept(self, studio: Studio) -> None:
        save_settings(studio.equipment.settings, studio.equipment.places.config)
        studio.equipment.change_settings(replace(studio.equipment.settings, model="base.en", mode=Mode.EXAM))
        assert load_settings(studio.equipment.places.config) == studio.equipment.settings
        plan = studio.plan(GUIDE, SCENARIO)
        assert (plan.mode, plan.source) == (Mode.EXAM, Source.MICROPHONE)

    def test_times_of_ones_own(self, studio: Studio) -> None:
        studio.equipment.settings = replace(studio.equipment.settings, think_seconds=7, answer_seconds=120)
        clock = studio.plan(GUIDE, SCENARIO).clock
        assert (clock.think, clock.answer, clock.short) == (7, 120, 40)

    def test_whether_to_remember_corrections_decides_what_the_engine_learns(self, studio: Studio) -> None:
        studio.equipment.change_settings(replace(studio.equipment.settings, theme="nord"))
        assert GUIDE.id in studio.equipment._engines
        studio.equipment.change_settings(replace(studio.equipment.settings, remember_corrections=False))
        assert GUIDE.id not in studio.equipment._engines

    def test_a_folder_that_cant_be_used(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(SettingsError, match="Can't use the data folder"):
            _ = studio_at(tmp_path / "file").equipment.store


class TestQuiz:
    """Sessions by guide and section."""

    def test_an_unknown_section(self, studio: Studio) -> None:
        with pytest.raises(InputError) as raised:
            studio.quiz("small", mode=QuizMode.SECTION, section_id="goals", now=NOW, random=Random(1))
        assert "no section “goals”" in str(raised.value)
        assert "goal, steps, lesson" in str(raised.value)

    def test_an_unknown_guide(self, studio: Studio) -> None:
        with pytest.raises(InputError, match="no guide"):
            studio.quiz("nothing", mode=QuizMode.DUE, section_id=None, now=NOW, random=Random(1))


class TestParts:
    """Opened once."""

    def test_the_store(self, studio: Studio) -> None:
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(studio.equipment.store)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({id(store) for store in found}) == 1

    def test_the_microphone_of_the_settings(self, own_home: Path) -> None:
        asked: list[str | None] = []

        def make(name: str | None) -> SamplesSource:
            asked.append(name)
            raise DeviceError(f"There is no microphone “{name}”")

        studio = Studio(Equipment(Places(own_home), Settings(device="USB"), make_source=make))
        with pytest.raises(DeviceError, match="no microphone “USB”"):
            studio.equipment.microphone()
        assert asked == ["USB"]

    def test_closing_what_was_never_opened(self, own_home: Path) -> None:
        assert studio_at(own_home).close()
        assert not own_home.exists()
