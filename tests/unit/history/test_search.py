from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.history.answers import AnswerFilter, AnswerStore, Hit
from rehearse.history.search import MAX_WORDS, fts_query, unmark
from tests.answers import begun_answer
from tests.unit.history.support import NOW, counter, spoken

SAID = {
    "docker": "We put it into Docker and deployed it daily.",
    "drift": "Drift was watched, so we retrained the model; the model kept up.",
    "café": 'They said "naïve" in the café about the model.',
    "signs": "a AND b OR (c) NEAR * ^ 'quoted' NOT d -- ; DROP TABLE answers",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerStore]:
    folder = tmp_path_factory.mktemp("search")
    opened = AnswerStore(folder / "rehearse.db", folder, suffix=counter())
    for said in SAID.values():
        keep(opened, said)
    yield opened
    opened.close()


def keep(store: AnswerStore, said: str, **more: Any) -> Answer:
    begun = begun_answer(
        store, guide_id="g", scenario_id="s", question="q", source=Source.FILE, mode=Mode.COACHED, settings={}, now=NOW
    )
    return store.complete(replace(begun, transcript=spoken(said), **more))


def found(hits: list[Hit]) -> list[str]:
    return [next(name for name, said in SAID.items() if hit.excerpt in said) for hit in hits]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("docker", ["docker"]),
        ("DOCK", ["docker"]),
        ("deploy", ["docker"]),
        ("model", ["drift", "café"]),  # twice ranks before once
        ("model watched", ["drift"]),
        ("watched docker", []),
        ('"the model"', ["drift", "café"]),
        ('"model the"', ["drift"]),
        ('"retrain"', []),
        ("retrain", ["drift"]),
        ("cafe naive", ["café"]),
        ("“the café”", ["café"]),
        ('"never closed docker', []),
        ('"into docker', ["docker"]),
        ("AND", ["docker", "signs"]),
        ("(c)", ["café", "signs"]),
        ("DROP TABLE", ["signs"]),
        ("doc*", ["docker"]),
        ("*", []),
        ('""', []),
        ("🎉", []),
        ("docker 🎉 -", ["docker"]),
        ("", []),
    ],
)
def test_what_people_type_is_found(store: AnswerStore, query: str, names: list[str]) -> None:
    assert sorted(found(store.search(query))) == sorted(names)
    if query == "model":
        assert found(store.search(query)) == names


@given(st.text(max_size=40))
@example("a NEAR/2 b")
@example("transcript : x")
@example("{a b} : c")
@example("^start")
@example("x\x00y")
@example("\ud800")
@example('a"b"c')
@settings(max_examples=150, deadline=None)
def test_no_input_breaks_the_search(query: str) -> None:
    assert isinstance(STORE.search(query), list)
    assert isinstance(STORE.matches(STORE.summaries()[0].id, query), tuple)


STORE: AnswerStore


@pytest.fixture(autouse=True, scope="module")
def _module_store(store: AnswerStore) -> None:
    global STORE  # noqa: PLW0603 - hypothesis reruns the test body, not its fixtures
    STORE = store


def test_hits_are_spans_of_plain_text(store: AnswerStore) -> None:
    (hit,) = store.search("deploy dock")
    assert [hit.excerpt[a:b] for a, b in hit.spans] == ["Docker", "deployed"]
    assert not hit.in_notes


def test_matches_are_offsets_of_the_transcripts_text(store: AnswerStore) -> None:
    answer = store.get(store.search("drift")[0].answer.id)
    said = answer.transcript.text
    assert [said[a:b] for a, b in store.matches(answer.id, "model")] == ["model", "model"]
    assert store.matches(answer.id, "xylophone") == ()


def test_offsets_hold_where_the_text_has_markers_of_its_own(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path)
    answer = keep(store, "\x01we\x02 \x00shipped it")
    (span,) = store.matches(answer.id, "shipped")
    assert answer.transcript.text[slice(*span)] == "shipped"
    (hit,) = store.search("shipped")
    assert [hit.excerpt[a:b] for a, b in hit.spans] == ["shipped"]
    store.close()


def test_notes_are_searched_and_named_as_such(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path)
    answer = keep(store, "we ship")
    store.note(answer.id, "speak of Grafana next time")
    (hit,) = store.search("grafana")
    assert hit.in_notes
    assert [hit.excerpt[a:b] for a, b in hit.spans] == ["Grafana"]
    store.note(answer.id, "nothing")
    assert store.search("grafana") == []
    store.close()


def test_a_search_is_narrowed_like_the_list_and_forgets_the_trash(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path)
    one, other = keep(store, "we ship"), keep(store, "we ship too", starred=True)
    assert len(store.search("ship", limit=1)) == 1
    assert [hit.answer.id for hit in store.search("ship", AnswerFilter(starred=True))] == [other.id]
    store.discard(other.id)
    assert [hit.answer.id for hit in store.search("ship")] == [one.id]
    store.purge()
    assert [hit.answer.id for hit in store.search("ship")] == [one.id]
    store.close()


def test_a_long_excerpt_is_cut_around_the_hit(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path)
    keep(store, "word " * 100 + "needle " + "word " * 100)
    (hit,) = store.search("needle")
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert [hit.excerpt[a:b] for a, b in hit.spans] == ["needle"]
    store.close()


def test_queries_are_bounded() -> None:
    assert fts_query("a " * 50).count("AND") == MAX_WORDS - 1


def test_unmark_reads_markers_back() -> None:
    assert unmark("\x01We\x02 ship \x01it\x02") == ("We ship it", ((0, 2), (8, 10)))
    assert unmark("") == ("", ())


def test_all_hits_are_counted_and_can_be_reached(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path)
    for _ in range(60):
        keep(store, "We shipped it.")
    assert (len(store.search("ship")), store.count_hits("ship")) == (50, 60)
    assert (len(store.search("ship", limit=None)), store.count_hits("  ")) == (60, 0)
    assert store.count_hits("ship", AnswerFilter(scenario_id="other")) == 0
    store.close()
