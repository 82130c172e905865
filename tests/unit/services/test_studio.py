"""The studio: parts are opened once, when they are first needed; what goes wrong in one leaves the others alone."""

import errno
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from rehearse.audio import recorded
from rehearse.audio.recording import RecordingWriter
from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction
from rehearse.domain.guide_versions import section_versions
from rehearse.domain.rehearsal import plan_for
from rehearse.errors import AudioFileError, DeviceError, InputError, SettingsError, StoreError
from rehearse.guides.loader import parse_guide
from rehearse.guides.template import template_text
from rehearse.history.answers import AnswerFilter
from rehearse.quiz.modes import QuizMode
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.services.unattended import run_to_end
from rehearse.settings import Places, Settings, load_settings
from tests.answers import begun_answer
from tests.fakes import ScriptedTranscriber, ask_from, mark_by_keyword, small_guide

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
TEXT = (
    "So the goal was fewer wrong orders in the kitchen, which cost us money every day. "
    "Then the steps were simple, I packed it in a box and it ran every night."
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def studio_at(home: Path, **settings: Any) -> Studio:
    """Everything real but the microphone, the speech model, the guide and the engine."""
    studio = Studio(
        Equipment(
            Places(home),
            Settings(**{"voice": False, **settings}),
            make_source=lambda _: SamplesSource(np.zeros(16_000, np.float32)),
            load_transcriber=lambda: ScriptedTranscriber([TEXT]),
        )
    )
    ask_from(studio.equipment, GUIDE)
    mark_by_keyword(studio.equipment, GUIDE)
    return studio


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return studio_at(own_home)


def wave(path: Path, seconds: float = 1.0) -> Path:
    with RecordingWriter(path) as writer:
        writer.append(np.full(round(seconds * 16_000), 0.01, np.float32))
    return path


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


class TestFiles:
    """Sound that exists already."""

    def test_a_file_that_isnt_sound(self, studio: Studio, tmp_path: Path) -> None:
        (tmp_path / "text.wav").write_text("not a sound", encoding="utf-8")
        plan = plan_for(GUIDE, SCENARIO, Source.FILE)
        with pytest.raises(AudioFileError):
            studio.from_file(plan, tmp_path / "text.wav", emit=lambda _: None, cancelled=threading.Event())
        assert studio.equipment.store.count(AnswerFilter(status=None)) == 0

    def test_a_file_without_a_voice_is_kept_and_not_judged(self, studio: Studio, tmp_path: Path) -> None:
        plan = plan_for(GUIDE, SCENARIO, Source.FILE)
        path = wave(tmp_path / "silence.wav")
        answer = run_to_end(lambda emit: studio.from_file(plan, path, emit=emit, cancelled=threading.Event()))
        assert answer.transcript.words == ()
        assert answer.marks
        assert not answer.marks.judged
        assert answer.settings["model"] == "auto"
        assert studio.close()

    def unfinished(self, studio: Studio) -> Answer:
        return begun_answer(studio.equipment.store,
            guide_id=GUIDE.id, scenario_id=SCENARIO.id, question="?", source=Source.MICROPHONE, mode=Mode.COACHED,
            settings={}, now=NOW,
        )  # fmt: skip

    def test_an_answer_that_was_cut_off_is_transcribed_from_its_recording(self, studio: Studio) -> None:
        begun = self.unfinished(studio)
        assert begun.recording
        wave(begun.recording)
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        kept = run_to_end(lambda emit: studio.recover(plan, begun, emit=emit, cancelled=threading.Event()))
        assert kept.id == begun.id
        assert studio.equipment.store.unfinished() == []

    def test_one_without_a_recording_goes_to_the_trash(self, studio: Studio) -> None:
        begun = self.unfinished(studio)
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        with pytest.raises(InputError) as raised:
            studio.recover(plan, begun, emit=lambda _: None, cancelled=threading.Event())
        assert "no recording to transcribe" in str(raised.value)
        assert studio.equipment.store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 1

    @pytest.mark.parametrize("left", [b"", b"RIFF" + bytes(16), None])
    def test_one_whose_recording_holds_nothing_makes_way_for_the_next(self, studio: Studio, left: bytes | None) -> None:
        empty, whole = self.unfinished(studio), self.unfinished(studio)
        assert empty.recording
        assert whole.recording
        wave(empty.recording, 0)
        if left is not None:
            empty.recording.write_bytes(left)
        wave(whole.recording)
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        offered = studio.overview(NOW).unfinished
        assert {one.id for one in offered} == {empty.id, whole.id}
        with pytest.raises(AudioFileError, match="holds no sound") as raised:
            studio.recover(plan, empty, emit=lambda _: None, cancelled=threading.Event())
        assert "trash" in raised.value.next_step
        assert [one.id for one in studio.overview(NOW).unfinished] == [whole.id]
        assert empty.recording.exists(), "set aside, not deleted"
        kept = run_to_end(lambda emit: studio.recover(plan, whole, emit=emit, cancelled=threading.Event()))
        assert kept.id == whole.id

    @pytest.mark.parametrize("problem", ["denied", "long"])
    def test_one_that_cant_be_read_now_is_left_and_makes_way(
        self, studio: Studio, problem: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole, unreadable = self.unfinished(studio), self.unfinished(studio)
        assert whole.recording
        assert unreadable.recording
        wave(whole.recording)
        wave(unreadable.recording)
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        opened = os.open

        def open_but_one(path: Any, *how: Any, **more: Any) -> int:
            if Path(path) == unreadable.recording:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return opened(path, *how, **more)

        with monkeypatch.context() as patch:
            if problem == "denied":
                patch.setattr(os, "open", open_but_one)
            else:
                patch.setattr(recorded, "LARGEST", 1000)
            with pytest.raises(AudioFileError) as raised:
                studio.recover(plan, unreadable, emit=lambda _: None, cancelled=threading.Event())
        assert raised.value.why == ("Permission denied" if problem == "denied" else "it is longer than two hours")
        assert "trash" not in str(raised.value)
        assert [one.id for one in studio.overview(NOW).unfinished] == [whole.id, unreadable.id]
        kept = run_to_end(lambda emit: studio.recover(plan, unreadable, emit=emit, cancelled=threading.Event()))
        assert kept.id == unreadable.id, "later it can be read"

    def test_files_and_rescues_arent_heard_by_what_follows_a_speaker(
        self, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[bool] = []

        def transcriber(*_: Any, live: bool = True) -> ScriptedTranscriber:
            asked.append(live)
            return ScriptedTranscriber([TEXT])

        monkeypatch.setattr(studio.equipment, "transcriber", transcriber)
        path, begun = wave(tmp_path / "a.wav"), self.unfinished(studio)
        assert begun.recording
        wave(begun.recording)
        plan = plan_for(GUIDE, SCENARIO, Source.FILE)
        run_to_end(lambda emit: studio.from_file(plan, path, emit=emit, cancelled=threading.Event()))
        run_to_end(lambda emit: studio.recover(plan, begun, emit=emit, cancelled=threading.Event()))
        assert asked == [False, False]
        run_to_end(lambda emit: studio.rehearse(studio.plan(GUIDE, SCENARIO), emit=emit))
        assert asked == [False, False, True]

    def test_after_a_rescue_other_programs_hear_all_of_it(self, studio: Studio) -> None:
        begun = self.unfinished(studio)
        assert begun.recording
        finished = wave(begun.recording).read_bytes()
        begun.recording.write_bytes(finished[:40] + bytes(4) + finished[44:])
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        run_to_end(lambda emit: studio.recover(plan, begun, emit=emit, cancelled=threading.Event()))
        assert begun.recording.read_bytes() == finished


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
