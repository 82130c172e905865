"""The last words are heard again once the marks are shown: better ones are kept, but never over a person's own work."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.delivery import Delivery
from rehearse.domain.opinions import Opinion
from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import InputError
from rehearse.history.answers import AnswerStore
from rehearse.live import rehearsal
from rehearse.live.events import AnswerKept
from rehearse.live.protocols import AudioSource
from rehearse.speech.transcriber import Hurry, nobody_waits
from tests.fakes import ScriptedTranscriber
from tests.unit.live.support import SOUND, TEXTS, Run, VanishingSource


class Afterwards(ScriptedTranscriber):
    """Hears passages only once it may, and then better than their segments."""

    def __init__(self) -> None:
        super().__init__(TEXTS)
        self.may = threading.Event()

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        while not self.may.wait(0.005):
            if hurry():
                return None
        found = super().transcribe_passage(segments) or ()
        return tuple(replace(one, words=tuple(replace(w, text=w.text.upper()) for w in one.words)) for one in found)


class Refined:
    """A rehearsal that was shown, and may be refined now."""

    def __init__(self, store: AnswerStore, source: AudioSource | None = None) -> None:
        self.refined: list[Answer] = []
        self.transcriber = Afterwards()
        self.run = Run(store, source, load=lambda: self.transcriber, refined=self.refined.append)
        self.run.begin()
        self.run.rehearsal._pipeline._decoder.hurry()  # as at a stop, but all of the sound is heard
        assert self.run.over.wait(30)

    def end(self) -> None:
        self.transcriber.may.set()
        assert self.run.rehearsal.join(30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    yield store
    store.close()


def shown(store: AnswerStore) -> tuple[Refined, Answer]:
    refined = Refined(store)
    kept = refined.run.events[-1]
    assert isinstance(kept, AnswerKept)
    assert not kept.answer.transcript.text.isupper()
    return refined, kept.answer


def test_better_words_and_their_marks_are_kept(store: AnswerStore) -> None:
    refined, answer = shown(store)
    refined.end()
    (better,) = refined.refined
    assert better.id == answer.id
    assert better.transcript.text == answer.transcript.text.upper()
    assert better.delivery is not None
    assert better.coverage is not None
    assert better.coverage.final
    assert store.get(answer.id) == better


def test_better_words_leave_the_time_without_a_microphone_as_it_was(store: AnswerStore) -> None:
    refined = Refined(store, VanishingSource(SOUND, at=4.0, seconds=6.0))
    kept = refined.run.events[-1]
    assert isinstance(kept, AnswerKept)
    refined.end()
    (better,) = refined.refined
    assert better.transcript.text.isupper()
    assert better.transcript.absences == kept.answer.transcript.absences != ()


def test_the_last_words_are_heard_again_beside_the_next_rehearsal(store: AnswerStore) -> None:
    refined, answer = shown(store)
    refined.run.rehearsal.second_hearing.let_be(last_words_too=False)
    refined.end()
    (better,) = refined.refined
    assert better.transcript.text == answer.transcript.text.upper()


def test_whoever_works_on_it_calls_the_hearing_off(store: AnswerStore) -> None:
    refined, answer = shown(store)
    hearing = refined.run.rehearsal.second_hearing
    while not hearing.going_on:
        threading.Event().wait(0.001)
    hearing.let_be()
    assert refined.run.rehearsal.join(30)
    assert not hearing.going_on
    assert refined.refined == []
    assert store.get(answer.id).transcript == answer.transcript


def starred(store: AnswerStore, answer: Answer) -> None:
    store.star(answer.id, True)


def test_a_star_given_meanwhile_stays(store: AnswerStore) -> None:
    refined, answer = shown(store)
    starred(store, answer)
    refined.end()
    kept = store.get(answer.id)
    assert (kept.starred, kept.transcript.text) == (True, answer.transcript.text.upper())


def excused(store: AnswerStore, answer: Answer) -> None:
    store.save(replace(answer, excused=(0,)))


def judged_by_a_friend(store: AnswerStore, answer: Answer) -> None:
    store.save(replace(answer, opinions=(Opinion("Ada", comment="Clear."),)))


def discarded(store: AnswerStore, answer: Answer) -> None:
    store.discard(answer.id)
    assert store.get(answer.id).status is AnswerStatus.DISCARDED


@pytest.mark.parametrize("change", [excused, judged_by_a_friend, discarded])
def test_what_a_person_has_worked_on_or_deleted_stays_as_it_is(
    store: AnswerStore, change: Callable[[AnswerStore, Answer], None]
) -> None:
    refined, answer = shown(store)
    change(store, answer)
    refined.end()
    assert refined.refined == []
    assert store.get(answer.id).transcript == answer.transcript


def noted(store: AnswerStore, answer: Answer) -> None:
    store.note(answer.id, "Slower next time.")


def deleted_for_good(store: AnswerStore, answer: Answer) -> None:
    store.discard(answer.id)
    store.purge([answer.id])


def meanwhile(monkeypatch: pytest.MonkeyPatch, refined: Refined, act: Callable[[], None]) -> None:
    """Let `act` happen while the better words are being measured, and end."""

    def acting(*args: Any, **options: Any) -> Delivery:
        act()
        return measure(*args, **options)

    monkeypatch.setattr(rehearsal, "measure", acting)
    refined.end()


@pytest.mark.parametrize("change", [starred, noted])
def test_a_star_or_note_given_while_better_words_are_measured_stays(
    store: AnswerStore, monkeypatch: pytest.MonkeyPatch, change: Callable[[AnswerStore, Answer], None]
) -> None:
    refined, answer = shown(store)
    before = store.get(answer.id)
    meanwhile(monkeypatch, refined, lambda: change(store, before))
    (better,) = refined.refined
    kept = store.get(answer.id)
    assert (kept.starred, kept.notes) != (before.starred, before.notes)
    assert kept.transcript.text == answer.transcript.text.upper()
    assert kept == better


@pytest.mark.parametrize("change", [excused, judged_by_a_friend, discarded])
def test_work_done_while_better_words_are_measured_stays_as_it_is(
    store: AnswerStore, monkeypatch: pytest.MonkeyPatch, change: Callable[[AnswerStore, Answer], None]
) -> None:
    refined, answer = shown(store)
    changed: list[Answer] = []

    def act() -> None:
        change(store, answer)
        changed.append(store.get(answer.id))

    meanwhile(monkeypatch, refined, act)
    assert refined.refined == []
    assert store.get(answer.id) == changed[0]


def test_an_answer_deleted_for_good_while_better_words_are_measured_does_not_come_back(
    store: AnswerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    refined, answer = shown(store)
    meanwhile(monkeypatch, refined, lambda: deleted_for_good(store, answer))
    assert refined.refined == []
    with pytest.raises(InputError):
        store.get(answer.id)
