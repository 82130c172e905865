"""Interviews and drills in the store."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.series import SeriesKind
from rehearse.errors import InputError
from rehearse.history.answers import AnswerStore
from rehearse.history.series import SeriesStore
from tests.unit.history.support import NOW


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    return AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")


def answer(store: AnswerStore, series_id: str | None, seconds: int = 0, *, follow_up_of: str | None = None) -> Answer:
    begun = store.draft(
        guide_id="g",
        scenario_id="s",
        question="You said “it ran on their own servers”. Why there?",
        source=Source.TYPED,
        mode=Mode.COACHED,
        settings={},
        now=NOW + timedelta(seconds=seconds),
        follow_up_of=follow_up_of,
        series_id=series_id,
    )
    return store.complete(begun)


def test_what_is_kept_comes_back_and_names_its_answers_in_order(store: AnswerStore) -> None:
    kept = SeriesStore(store)
    series = kept.begin(SeriesKind.INTERVIEW, {"minutes": 20}, NOW)
    other = kept.begin(SeriesKind.INTERVIEW, {}, NOW + timedelta(hours=1))
    second, first = answer(store, series.id, 9), answer(store, series.id, 2)
    gone = answer(store, series.id, 5)
    answer(store, None, 3)
    store.discard(gone.id)
    assert kept.get(series.id) == series
    assert kept.answers(series.id) == [first, second]
    assert kept.answers(other.id) == []
    assert [one.series_id for one in store.summaries()] == [series.id, None, series.id]


def test_what_is_over_isnt_among_the_unfinished(store: AnswerStore) -> None:
    kept = SeriesStore(store)
    series = [kept.begin(SeriesKind.INTERVIEW, {"n": n}, NOW + timedelta(days=n)) for n in range(3)]
    kept.begin(SeriesKind.LADDER, {}, NOW)
    kept.keep(series[2].id, {"n": 7}, ended_at=NOW + timedelta(days=5))
    assert [one.record["n"] for one in kept.of_kind(SeriesKind.INTERVIEW)] == [7, 1, 0]
    assert [one.record["n"] for one in kept.of_kind(SeriesKind.INTERVIEW, unfinished=True, limit=1)] == [1]
    assert kept.get(series[2].id).ended_at == NOW + timedelta(days=5)


def test_a_damaged_record_isnt_in_the_way_of_the_others(store: AnswerStore) -> None:
    kept = SeriesStore(store)
    whole = kept.begin(SeriesKind.LADDER, {}, NOW)
    with store.database.writing() as connection:
        connection.executemany(
            "INSERT INTO series (id, kind, begun_at, record) VALUES (?, 'ladder', '2026-01-01T00:00:00+00:00', ?)",
            [("x", "{"), ("y", "[1]"), ("z", "7")],
        )
    assert kept.of_kind(SeriesKind.LADDER) == [whole]


def test_forgetting_a_series_leaves_its_answers(store: AnswerStore) -> None:
    kept = SeriesStore(store)
    series = kept.begin(SeriesKind.SECTION_DRILL, {}, NOW)
    given = answer(store, series.id)
    kept.delete(series.id)
    assert store.get(given.id) == replace(given, series_id=None)
    for unknown in (lambda: kept.get(series.id), lambda: kept.delete("x"), lambda: kept.keep("x", {})):
        with pytest.raises(InputError):
            unknown()


def test_a_deleted_answer_isnt_quoted_by_the_questions_after_it(store: AnswerStore) -> None:
    first = answer(store, None)
    later = answer(store, None, 5, follow_up_of=first.id)
    store.purge([first.id], whatever=True)
    assert store.get(later.id).question == "You said “…”. Why there?"
