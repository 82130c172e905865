"""What is kept of the quiz."""

from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.domain.cards import CardState, Phase, Rating, Review, Round
from rehearse.history.reviews import ReviewStore
from tests.unit.history.support import NOW

moments = st.datetimes(timezones=st.just(UTC))
states = st.builds(
    CardState,
    st.just("g/statement:a:1"),
    st.sampled_from(Phase),
    st.none() | st.integers(0, 3),
    st.floats(0, 1e6),
    st.floats(1, 10),
    moments,
    moments,
    st.none() | st.just("a"),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
STATE = CardState("g/statement:a:1", Phase.REVIEW, None, 2.5, 5.0, NOW + timedelta(days=3), NOW, "a", "It ran.")


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return ReviewStore(tmp_path / "rehearse.db")


def review(card_id: str = STATE.card_id, *, day: str = "2026-11-23", first: bool = True, mode: str = "due") -> Review:
    return Review(card_id, card_id.split("/", maxsplit=1)[0], Rating.GOOD, NOW, day, 4.0, mode, first)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(state=states)
def test_a_state_comes_back_as_it_was(store: ReviewStore, state: CardState) -> None:
    store.record(review(), state)
    assert store.states(["g"]) == {state.card_id: state}


def test_an_answer_comes_back_as_it_was(store: ReviewStore) -> None:
    store.record(review(), STATE)
    store.record(review(first=False), None)
    assert store.reviews(STATE.card_id) == [review(), review(first=False)]


def test_what_a_clock_that_was_ahead_answered_is_left_out_once_it_is_right(store: ReviewStore) -> None:
    store.record(review(), STATE)
    year = timedelta(days=365)
    for days in (0, 1):
        moment = NOW + year + timedelta(days=days)
        grown = replace(STATE, stability=300.0 + days, last_review=moment, due=moment + year)
        store.record(replace(review(first=False), reviewed_at=moment), grown)
    store.record(review(first=False, mode="blitz"), None)
    store.rename({STATE.card_id: "g/statement:a:2"})
    assert store.states(["g"], NOW) == {"g/statement:a:2": replace(STATE, card_id="g/statement:a:2")}
    assert store.states(["g"], NOW + year + timedelta(days=2)) == store.states(["g"])
    assert store.states(["g"])["g/statement:a:2"].stability == 301.0


def test_a_card_that_only_a_clock_ahead_knows_is_as_it_left_it(store: ReviewStore) -> None:
    ahead = replace(STATE, last_review=NOW + timedelta(days=365), due=NOW + timedelta(days=368))
    store.record(replace(review(), reviewed_at=ahead.last_review), ahead)
    assert store.states(["g"], NOW) == {STATE.card_id: ahead}


def test_states_are_those_of_the_guides_asked_for(store: ReviewStore) -> None:
    store.record(review(), STATE)
    store.record(review("h/statement:a:1"), replace(STATE, card_id="h/statement:a:1"))
    assert set(store.states(["g"])) == {"g/statement:a:1"}
    assert set(store.states(["g", "h", "i"])) == {"g/statement:a:1", "h/statement:a:1"}
    assert store.states([]) == {}
    assert store.begun() == ["g", "h"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(before=st.none() | states, after=states)
def test_taking_back_restores_what_was_before(store: ReviewStore, before: CardState | None, after: CardState) -> None:
    for key in store.states(["g"]):
        with store.database.writing() as connection:
            connection.execute("DELETE FROM quiz_cards WHERE card_id = ?", [key])
    if before is not None:
        store.record(review(), before)
    kept = store.states(["g"])
    store.take_back(store.record(review(first=False), after))
    assert store.states(["g"]) == kept


def test_taking_back_twice_changes_nothing(store: ReviewStore) -> None:
    key = store.record(review(), STATE)
    store.take_back(key)
    store.take_back(key)
    assert store.states(["g"]) == {}
    assert store.reviews(STATE.card_id) == []


def test_a_renamed_card_takes_its_history_along_and_can_still_be_undone(store: ReviewStore) -> None:
    store.record(review(), STATE)
    key = store.record(review(first=False), replace(STATE, stability=9.0))
    store.rename({STATE.card_id: "g/statement:a:2"})
    assert set(store.states(["g"])) == {"g/statement:a:2"}
    assert len(store.reviews("g/statement:a:2")) == 2
    store.take_back(key)
    assert store.states(["g"])["g/statement:a:2"].stability == STATE.stability


def test_making_due(store: ReviewStore) -> None:
    store.record(review(), STATE)
    other = replace(STATE, card_id="g/statement:b:1", section_id="b")
    store.record(review(other.card_id), other)
    due = replace(STATE, card_id="g/statement:a:2", due=NOW - timedelta(days=1))
    store.record(review(due.card_id), due)
    foreign = replace(STATE, card_id="h/statement:a:1")
    store.record(review(foreign.card_id), foreign)
    assert store.make_due(["a"], "g", NOW) == 1
    found = store.states(["g", "h"])
    assert found[STATE.card_id] == replace(STATE, due=NOW)
    assert [found[one.card_id] for one in (other, due, foreign)] == [other, due, foreign]
    assert store.make_due([], "g", NOW) == 0


def test_what_was_asked_on_a_day(store: ReviewStore) -> None:
    store.record(review(), STATE)
    store.record(review("g/statement:b:1", first=False), None)
    store.record(review("g/statement:b:1", first=False), None)
    store.record(review("g/statement:c:1", first=False, mode="long-blitz"), None)
    store.record(review("g/statement:d:1", day="2026-11-20", first=False), None)
    assert store.new_on("2026-11-23", ["g"]) == 1
    assert store.new_on("2026-11-23", ["h"]) == 0
    assert store.repeated_on("2026-11-23", ["g"]) == {"g/statement:b:1"}
    assert store.days() == ["2026-11-23", "2026-11-20"]


def test_the_best_round_of_a_length(store: ReviewStore) -> None:
    assert store.best("g", 60) is None
    rounds = [Round("g", 60, right, asked, NOW + timedelta(hours=right)) for right, asked in ((3, 9), (5, 8), (5, 6))]
    for one in [*rounds, Round("g", 120, 9, 9, NOW), Round("", 60, 8, 8, NOW)]:
        store.add_round(one)
    assert store.best("g", 60) == rounds[2]


def test_it_survives_being_closed(store: ReviewStore, tmp_path: Path) -> None:
    store.record(review(), STATE)
    assert ReviewStore(tmp_path / "rehearse.db").states(["g"]) == {STATE.card_id: STATE}
