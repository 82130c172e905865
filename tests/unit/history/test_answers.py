from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given, settings

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction, SectionState
from rehearse.domain.delivery import Delivery
from rehearse.errors import Cancelled, InputError
from rehearse.history.answers import EVERYTHING_FINISHED, AnswerFilter, AnswerStore, Sort
from tests.answers import begun_answer
from tests.unit.history.support import NOW, answers, counter, marks, spoken

PACE = Delivery(150, (), 2, (), 0, 0, (), (), ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    (tmp_path / "recordings").mkdir()
    opened = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings", suffix=counter())
    yield opened
    opened.close()


def begin(store: AnswerStore, scenario: str = "beginner", minutes: float = 0, **more: Any) -> Answer:
    begun = begun_answer(
        store,
        guide_id="guide",
        scenario_id=scenario,
        question="How?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={"model": "tiny.en", "device": None},
        now=NOW + timedelta(minutes=minutes),
    )
    return replace(begun, **more)


def finish(store: AnswerStore, scenario: str = "beginner", minutes: float = 0, **more: Any) -> Answer:
    return store.complete(begin(store, scenario, minutes, **more))


def ids(found: list[Answer]) -> list[str]:
    return [one.id for one in found]


def test_an_answer_is_there_from_the_moment_it_is_begun(store: AnswerStore) -> None:
    begun = begin(store)
    assert begun.status is AnswerStatus.RECORDING
    assert begun.recording == store.recordings / f"{begun.id}.wav"
    assert store.unfinished() == [begun]
    assert store.summaries() == []
    finished = store.complete(replace(begun, transcript=spoken("we ship"), coverage=marks("context"), delivery=PACE))
    assert finished.status is AnswerStatus.FINISHED
    assert store.get(begun.id) == finished
    assert store.unfinished() == []


def test_an_answer_called_off_while_it_waits_to_be_written_is_not_kept(store: AnswerStore) -> None:
    typed, cancelled = replace(begin(store), id="typed"), Event()
    with ThreadPoolExecutor(1) as other:
        with store.database.writing():
            storing = other.submit(store.complete, typed, cancelled=cancelled)
            cancelled.set()
        with pytest.raises(Cancelled):
            storing.result(10)
    assert store.count() == 0
    assert store.complete(typed, cancelled=Event()) == store.get("typed")


def test_ids_sort_by_time_and_times_become_utc(store: AnswerStore) -> None:
    first, second = begin(store, minutes=0), begin(store, minutes=1)
    assert first.id < second.id
    tokyo = timezone(timedelta(hours=9))
    third = begun_answer(store,
        guide_id="g", scenario_id="s", question="q", source=Source.TYPED, mode=Mode.EXAM, settings={},
        now=(NOW + timedelta(minutes=2)).astimezone(tokyo),
    )  # fmt: skip
    assert third.id > second.id
    assert store.get(third.id).created_at.utcoffset() == timedelta(0)
    assert third.recording is None  # typed


@given(answers)
@settings(max_examples=60, deadline=None)
def test_every_answer_comes_back_as_it_was(answer: Answer) -> None:
    store = HYPOTHESIS_STORE
    store.save(answer)
    assert store.get(answer.id) == answer


@pytest.fixture(autouse=True, scope="module")
def _hypothesis_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    global HYPOTHESIS_STORE  # noqa: PLW0603 - hypothesis reruns the test body, not its fixtures
    folder = tmp_path_factory.mktemp("store")
    HYPOTHESIS_STORE = AnswerStore(folder / "rehearse.db", folder)
    yield
    HYPOTHESIS_STORE.close()


HYPOTHESIS_STORE: AnswerStore


def test_recordings_move_with_the_data_folder(store: AnswerStore, tmp_path: Path) -> None:
    inside = finish(store)
    outside = finish(store, recording=tmp_path / "elsewhere" / "mine.wav")
    store.close()
    moved = AnswerStore(tmp_path / "rehearse.db", tmp_path / "new place")
    assert moved.get(inside.id).recording == tmp_path / "new place" / f"{inside.id}.wav"
    assert moved.get(outside.id).recording == tmp_path / "elsewhere" / "mine.wav"
    moved.close()


def test_the_list_is_narrowed_and_sorted(store: AnswerStore) -> None:
    old = finish(store, "a", 0, coverage=marks("context", "monitoring", made="vague"), delivery=PACE)
    new = finish(store, "b", 1, coverage=marks("context monitoring"), starred=True, mode=Mode.EXAM)
    demo = finish(store, "a", 2, source=Source.DEMO, follow_up_of=old.id, transcript=spoken("a b c d"))
    begin(store, "a", 3)

    def listed(
        wanted: AnswerFilter = EVERYTHING_FINISHED, sort: Sort = Sort.DATE, ascending: bool = False
    ) -> list[str]:
        found = [one.id for one in store.summaries(wanted, sort, ascending=ascending)]
        assert store.count(wanted) == len(found)
        return found

    assert listed() == [demo.id, new.id, old.id]
    assert listed(ascending=True) == [old.id, new.id, demo.id]
    assert listed(AnswerFilter(scenario_id="a")) == [demo.id, old.id]
    assert listed(AnswerFilter(starred=True)) == [new.id]
    assert listed(AnswerFilter(mode=Mode.EXAM)) == [new.id]
    assert listed(AnswerFilter(source=Source.DEMO)) == [demo.id]
    assert listed(AnswerFilter(missing_section="monitoring")) == [old.id]
    assert listed(AnswerFilter(made_mistake="vague")) == [old.id]
    assert listed(AnswerFilter(since=NOW + timedelta(minutes=1), until=NOW + timedelta(minutes=2))) == [new.id]
    assert listed(AnswerFilter(first_tries=True)) == [new.id, old.id]
    assert listed(AnswerFilter(own=True)) == [new.id, old.id]
    assert len(listed(AnswerFilter(status=None))) == 4
    assert listed(AnswerFilter(guide_id="other")) == []
    assert listed(sort=Sort.COVERED)[0] == new.id
    assert listed(sort=Sort.MISTAKES)[0] == old.id
    assert listed(sort=Sort.LENGTH)[0] == demo.id
    assert listed(sort=Sort.PACE)[0] == listed(sort=Sort.PACE, ascending=True)[0] == old.id  # the others have none
    assert len(store.summaries(limit=2)) == 2


def test_a_summary_tells_what_the_list_shows(store: AnswerStore) -> None:
    finish(store, coverage=marks("a b", "c", made="vague"), delivery=PACE, transcript=spoken("one two"), starred=True)
    (one,) = store.summaries()
    assert (one.sections_covered, one.sections_total, one.mistakes_made) == (2, 3, 1)
    assert (one.duration, one.words_per_minute, one.starred, one.has_recording) == (0.8, 150, True, True)


def test_the_latest_of_each_scenario_leaves_out_what_is_no_full_try(store: AnswerStore) -> None:
    finish(store, "a", 0)
    latest = finish(store, "a", 1)
    finish(store, "a", 2, follow_up_of=latest.id)
    begin(store, "a", 3)
    other = finish(store, "b", 0)
    assert {name: one.id for name, one in store.latest_by_scenario("guide").items()} == {"a": latest.id, "b": other.id}
    assert store.latest_by_scenario("unknown") == {}


def test_an_answer_that_was_not_judged_takes_no_result_away(store: AnswerStore) -> None:
    finish(store, "a", 0, coverage=marks("a"))
    judged = finish(store, "a", 1, coverage=marks("a"))
    finish(store, "a", 2, coverage=replace(marks(), judged=False))
    finish(store, "b", 0, coverage=replace(marks(), judged=False))
    unjudged = finish(store, "b", 1, coverage=replace(marks(), judged=False))
    found = {name: one.id for name, one in store.latest_by_scenario("guide").items()}
    assert found == {"a": judged.id, "b": unjudged.id}


def correct(store: AnswerStore, answer_id: str) -> Answer:
    correction = Correction("monitoring", "covered")
    return store.change(answer_id, lambda old: replace(old, corrections=(*old.corrections, correction)))


def test_a_correction_counts_everywhere_and_can_be_undone(store: AnswerStore) -> None:
    answer = finish(store, coverage=marks("context", "monitoring"))
    corrected = correct(store, answer.id)
    assert corrected.marks is not None
    assert corrected.marks.section("monitoring").corrected
    assert corrected.coverage == answer.coverage
    assert store.summaries()[0].sections_covered == 2
    assert store.summaries(AnswerFilter(missing_section="monitoring")) == []
    assert store.attempts()[0].sections["monitoring"] is SectionState.COVERED
    assert store.undo_correction(answer.id) == answer
    assert store.undo_correction(answer.id) == answer
    assert store.summaries()[0].sections_covered == 1


def test_stars_notes_guesses_and_excuses_are_kept(store: AnswerStore) -> None:
    answer = finish(store, transcript=spoken("um we ship"), delivery=PACE)
    store.star(answer.id)
    store.note(answer.id, "slower\nnext time")
    store.set_guess(answer.id, ["context"])
    store.change(answer.id, lambda old: replace(old, excused=(0, 2), delivery=replace(PACE, fillers_per_minute=0)))
    kept = store.get(answer.id)
    assert (kept.starred, kept.notes, kept.guess, kept.excused) == (True, "slower\nnext time", ("context",), (0, 2))
    assert kept.delivery is not None
    assert kept.delivery.fillers_per_minute == 0
    assert not store.star(answer.id, False).starred


def test_the_trash_gives_back_what_was_thrown_away(store: AnswerStore) -> None:
    finished, cut_off = finish(store), begin(store, minutes=1)
    for one in (finished, cut_off):
        store.discard(one.id)
        store.discard(one.id)  # twice makes no difference
    assert store.summaries() == []
    assert store.unfinished() == []
    assert store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 2
    store.note(finished.id, "in the trash")
    for one in (finished, cut_off):
        store.restore(one.id)
    assert store.get(finished.id).status is AnswerStatus.FINISHED
    assert store.unfinished() == [cut_off]


def test_purging_deletes_the_sound_too_but_never_a_file_of_the_users(store: AnswerStore, tmp_path: Path) -> None:
    mine = tmp_path / "mine.wav"
    mine.touch()
    gone, theirs, kept = finish(store), finish(store, recording=mine), finish(store)
    for one in (gone, kept):
        assert one.recording is not None
        one.recording.touch()
    for one in (gone, theirs):
        store.discard(one.id)
    assert store.purge([kept.id]) == 0  # not in the trash
    assert store.purge([gone.id]) == 1
    assert store.purge() == 1
    assert ids([store.get(kept.id)]) == [kept.id]
    assert not (store.recordings / f"{gone.id}.wav").exists()
    assert (store.recordings / f"{kept.id}.wav").exists()
    assert mine.exists()
    with pytest.raises(InputError, match=gone.id):
        store.get(gone.id)
    with store.database.reading() as connection:
        for table in ("details", "texts", "marks"):
            left = connection.execute(f"SELECT 1 FROM {table} WHERE key NOT IN (SELECT key FROM answers)").fetchall()
            assert left == []


def test_an_unknown_id_is_said_plainly(store: AnswerStore) -> None:
    for call in (store.get, store.star, store.discard, store.restore, store.undo_correction):
        with pytest.raises(InputError, match="There is no answer nope"):
            call("nope")


def test_attempts_are_light_records_oldest_first(store: AnswerStore) -> None:
    first = finish(store, "a", 0, coverage=marks("x", "y", made="m"), delivery=PACE, guess=("x",))
    second = finish(store, "b", 1)
    finish(store, "b", 2, source=Source.DEMO)
    finish(store, "b", 3, follow_up_of=first.id)
    one, other = store.attempts("guide")
    assert (one.id, other.id) == (first.id, second.id)
    assert (dict(one.sections), dict(one.mistakes)) == ({"x": "covered", "y": "missing"}, {"m": "made"})
    assert (one.guess, one.words_per_minute, one.fillers_per_minute) == (("x",), 150, 2)
    assert (dict(other.sections), other.guess) == ({}, None)
    assert store.attempts("other") == []


def test_many_threads_write_at_once(store: AnswerStore) -> None:
    answer = finish(store)
    threads = [Thread(target=correct, args=(store, answer.id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.get(answer.id).corrections) == 8


def test_what_was_not_judged_is_neither_listed_with_marks_nor_counted(store: AnswerStore) -> None:
    little = replace(marks("", "context monitoring", avoided="vague"), judged=False)
    kept = finish(store, transcript=spoken("um well"), coverage=little, delivery=PACE)
    (row,) = store.summaries()
    assert (row.judged, row.sections_total, row.mistakes_made) == (False, 0, 0)
    (attempt,) = store.attempts()
    assert (attempt.sections, attempt.mistakes, attempt.words_per_minute) == ({}, {}, None)
    assert store.get(kept.id).coverage == little
    assert store.summaries(AnswerFilter(missing_section="context")) == []


def test_the_scenarios_that_have_answers(store: AnswerStore) -> None:
    finish(store, "beginner")
    finish(store, "beginner")
    store.discard(finish(store, "expert").id)
    assert store.scenarios() == [("guide", "beginner")]
    assert store.scenarios(AnswerStatus.DISCARDED) == [("guide", "expert")]
