from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.history.answers import AnswerStore
from rehearse.history.retention import AudioPolicy
from tests.answers import begun_answer
from tests.unit.history.support import NOW, counter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    (tmp_path / "recordings").mkdir()
    opened = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings", suffix=counter())
    yield opened
    opened.close()


def recorded(store: AnswerStore, days_ago: float, **more: Any) -> Answer:
    """A finished answer with ten bytes of sound."""
    begun = begun_answer(store,
        guide_id="g", scenario_id="s", question="q", source=Source.MICROPHONE, mode=Mode.COACHED, settings={},
        now=NOW - timedelta(days=days_ago),
    )  # fmt: skip
    finished = store.complete(replace(begun, **more))
    if finished.recording is not None:
        finished.recording.write_bytes(bytes(10))
    return finished


@pytest.mark.parametrize(("policy", "gone"), [("always", []), ("30 days", ["old"]), ("never", ["old", "new"])])
def test_a_policy_shows_what_it_would_delete_and_deletes_that(
    store: AnswerStore, policy: AudioPolicy, gone: list[str]
) -> None:
    kept = {"old": recorded(store, 30.1, starred=True), "new": recorded(store, 29.9)}
    names = {answer.id: name for name, answer in kept.items()}
    preview = store.audio_to_remove(policy, NOW)
    assert [names[one.answer.id] for one in preview] == gone
    assert all(one.size == 10 and one.path.exists() for one in preview)
    assert store.remove_audio(policy, NOW) == len(gone)
    for name, answer in kept.items():
        left = store.get(answer.id)
        assert (left.recording is None) == (name in gone)
        assert (store.recordings / f"{answer.id}.wav").exists() == (name not in gone)
    assert store.audio_to_remove(policy, NOW) == []


def test_the_trash_is_no_hiding_place_but_what_is_not_transcribed_stays(store: AnswerStore) -> None:
    discarded, cut_off = recorded(store, 40), recorded(store, 40)
    store.discard(discarded.id)
    store.save(cut_off := replace(cut_off, status=AnswerStatus.RECORDING))
    assert [one.answer.id for one in store.audio_to_remove("30 days", NOW)] == [discarded.id]
    store.discard(cut_off.id)
    assert [one.answer.id for one in store.audio_to_remove("never", NOW)] == [discarded.id]


def test_files_of_the_users_and_missing_ones_are_left_out(store: AnswerStore, tmp_path: Path) -> None:
    recorded(store, 40, recording=tmp_path / "mine.wav")
    gone = recorded(store, 40)
    assert gone.recording is not None
    gone.recording.unlink()
    assert store.audio_to_remove("never", NOW) == []
    assert store.remove_audio("never", NOW) == 0
    assert (tmp_path / "mine.wav").exists()
