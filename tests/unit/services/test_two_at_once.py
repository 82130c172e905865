"""Two rehearses on one data folder: what one records, the other leaves alone and says so."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.domain.answer import AnswerStatus, Source
from rehearse.domain.rehearsal import plan_for
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.errors import InputError, StoreError
from rehearse.history.repair import repair
from rehearse.services import settings_file
from rehearse.services.equipment import Equipment
from rehearse.services.health import check_health
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings, load_settings
from tests.answers import begun_answer
from tests.unit.live.support import GUIDE, EndlessSource
from tests.unit.services.support import studio_at, wave

PLAN = plan_for(GUIDE, GUIDE.scenarios[0], Source.MICROPHONE)


@pytest.fixture
def first(own_home: Path) -> Iterator[Studio]:
    """Is recording: a second of it is on disk."""
    studio = studio_at(own_home)
    source = EndlessSource()
    rehearsal = studio.rehearsals.begin(PLAN, source, lambda _: None)
    rehearsal.open()
    rehearsal.start()
    assert source.second.wait(20)
    yield studio
    studio.close()


def test_an_answer_being_recorded_is_not_offered_and_cannot_be_rescued_or_deleted(
    first: Studio, own_home: Path
) -> None:
    second = studio_at(own_home)
    seen = second.overview(datetime.now(UTC))
    assert seen.unfinished == ()
    assert seen.recorded_elsewhere
    assert not first.overview(datetime.now(UTC)).recorded_elsewhere, "the first knows its own"
    (underway,) = second.equipment.store.unfinished()
    assert second.equipment.store.cut_off() == []
    with pytest.raises(InputError, match="another rehearse is working on it"):
        second.recover(PLAN, underway, emit=lambda _: None, cancelled=threading.Event())
    assert second.equipment.store.get(underway.id).status is AnswerStatus.RECORDING
    second.equipment.store.discard(underway.id)
    assert second.equipment.store.purge() == 0, "not under the feet of the one who records it"
    second.equipment.store.restore(underway.id)
    assert repair(second.equipment.places.database, second.equipment.places.recordings).recordings_attached == 0
    assert underway.recording is not None
    before = len(read_recording(underway.recording))
    assert first.close()
    assert [one.id for one in second.equipment.store.cut_off()] == [underway.id], "once nobody works on it"
    assert len(read_recording(underway.recording)) >= before >= SAMPLE_RATE


def test_the_doctor_does_not_call_it_cut_off(first: Studio, own_home: Path) -> None:
    del first
    said = next(finding for finding in check_health(Places(own_home)) if finding.part == "answers").said
    assert "cut off" not in said


def test_two_rescues_of_one_answer(own_home: Path) -> None:
    studio = studio_at(own_home)
    answer = begun_answer(studio.equipment.store,
        guide_id=GUIDE.id, scenario_id=PLAN.scenario.id, question="?", source=Source.MICROPHONE, mode=PLAN.mode,
        settings={}, now=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert answer.recording is not None
    wave(answer.recording)
    one = studio.recover(PLAN, answer, emit=lambda _: None, cancelled=threading.Event())
    with pytest.raises(InputError, match="just now"):
        studio_at(own_home).recover(PLAN, answer, emit=lambda _: None, cancelled=threading.Event())
    one.open()
    one.start()
    assert one.join(20)
    with pytest.raises(InputError, match="transcribed meanwhile"):
        studio_at(own_home).recover(PLAN, answer, emit=lambda _: None, cancelled=threading.Event())


def test_a_store_in_use_is_not_set_aside(first: Studio, own_home: Path) -> None:
    with closing(sqlite3.connect(Places(own_home).database)) as connection, connection:
        connection.execute("DROP TABLE quiz_rounds")
    with pytest.raises(StoreError, match="another rehearse has it open"):
        repair(Places(own_home).database, Places(own_home).recordings)
    assert Places(own_home).database.exists()
    first.close()
    first.equipment.store.close()
    assert repair(Places(own_home).database, Places(own_home).recordings).set_aside is not None


def test_settings_changed_in_both_are_both_kept(own_home: Path) -> None:
    one = Studio(Equipment(Places(own_home), Settings()))
    two = Studio(Equipment(Places(own_home), Settings()))
    one.equipment.change_settings(replace(one.equipment.settings, hands_free=True))
    two.equipment.change_settings(replace(two.equipment.settings, follow_ups=False))
    kept = load_settings(Places(own_home).config)
    assert (kept.hands_free, kept.follow_ups) == (True, False)


def test_settings_changed_at_the_same_time_are_both_kept(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (Equipment(Places(own_home), Settings()) for _ in range(2))
    one.change_settings(replace(one.settings, theme="nord"))
    other = threading.Thread(target=lambda: two.change_settings(replace(two.settings, hands_free=True)))

    def read_and_be_overtaken(path: Path) -> Settings:
        monkeypatch.setattr(settings_file, "load_settings", load_settings)
        found = load_settings(path)
        other.start()
        other.join(0.3)  # it would be done by then, if it didn't wait
        return found

    monkeypatch.setattr(settings_file, "load_settings", read_and_be_overtaken)
    one.change_settings(replace(one.settings, follow_ups=False))
    other.join(20)
    assert load_settings(Places(own_home).config) == Settings(theme="nord", hands_free=True, follow_ups=False)


def test_settings_that_were_deleted_meanwhile_do_not_come_back(own_home: Path) -> None:
    equipment = Equipment(Places(own_home), Settings())
    equipment.change_settings(replace(equipment.settings, interruptions=True))
    Places(own_home).config.unlink()
    equipment.change_settings(replace(equipment.settings, hands_free=True))
    assert load_settings(Places(own_home).config) == Settings(hands_free=True)


def test_a_change_that_could_not_be_written_is_written_with_the_next(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    equipment = Equipment(Places(own_home), Settings())
    equipment.change_settings(replace(equipment.settings, theme="nord"))
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            equipment.change_settings(replace(equipment.settings, hands_free=True))
    equipment.change_settings(replace(equipment.settings, follow_ups=False))
    assert load_settings(Places(own_home).config) == Settings(theme="nord", hands_free=True, follow_ups=False)


def test_both_write_at_the_same_time_and_nothing_is_lost(own_home: Path) -> None:
    studios = [studio_at(own_home), studio_at(own_home)]

    def type_five(studio: Studio, name: str) -> None:
        for number in range(5):
            studio.mark_typed(GUIDE, GUIDE.scenarios[0], f"the goal of {name} number {number} was fewer orders")

    threads = [threading.Thread(target=type_five, args=(one, name)) for one, name in zip(studios, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert studios[0].equipment.store.count() == 10
    assert np.all([len(studios[1].equipment.store.search(f'"of {name} number"')) == 5 for name in "ab"])
