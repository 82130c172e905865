"""Rehearsals of sound that exists already: files, and answers that were cut off."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.audio import recorded
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.rehearsal import plan_for
from rehearse.errors import AudioFileError, InputError
from rehearse.history.answers import AnswerFilter
from rehearse.services.studio import Studio
from rehearse.services.unattended import run_to_end
from tests.answers import begun_answer
from tests.fakes import ScriptedTranscriber
from tests.unit.services.support import GUIDE, NOW, SCENARIO, TEXT, studio_at, wave


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return studio_at(own_home)


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

    def test_one_that_was_marked_meanwhile_stays_though_its_recording_is_gone(self, studio: Studio) -> None:
        begun = self.unfinished(studio)
        studio.equipment.store.save(replace(begun, status=AnswerStatus.FINISHED))
        plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
        with pytest.raises(InputError, match="has been transcribed meanwhile"):
            studio.recover(plan, begun, emit=lambda _: None, cancelled=threading.Event())
        assert studio.equipment.store.get(begun.id).status is AnswerStatus.FINISHED

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
