"""Scheduling: the fsrs package's own examples, the interview that bounds everything, days that begin at midnight."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.cards import CardState, Phase, Rating
from rehearse.quiz import scheduler as scheduling
from rehearse.quiz.scheduler import Scheduler
from tests.unit.quiz.support import NOW, card

STEPS = (timedelta(minutes=1), timedelta(minutes=10))
"""fsrs's own default."""
EXAMPLE_START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
ratings = st.lists(st.sampled_from(Rating), min_size=1, max_size=12)


@pytest.fixture
def as_shipped(monkeypatch: pytest.MonkeyPatch) -> Scheduler:
    """With the defaults of the fsrs package, fuzzing off, as its own tests have it."""
    monkeypatch.setattr(scheduling, "LONGEST_INTERVAL", 36_500)
    return Scheduler(zone=UTC, learning_steps=STEPS, relearning_steps=(timedelta(minutes=10),))


# -- the examples of fsrs 6.3 --------------------------------------------------------------------------------------


def test_intervals_of_the_package_s_own_example(as_shipped: Scheduler) -> None:
    """`test_review_card` of py-fsrs: each answer given when the card is due."""
    state: CardState | None = None
    now, intervals = EXAMPLE_START, []
    for rating in (*[GOOD] * 6, AGAIN, AGAIN, *[GOOD] * 5):
        state = as_shipped.review(card(), state, rating, now)
        intervals.append((state.due - state.last_review).days)
        now = state.due
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_memory_state_of_the_package_s_own_example(as_shipped: Scheduler) -> None:
    """`test_memo_state` of py-fsrs."""
    state: CardState | None = None
    now = EXAMPLE_START
    for rating, days in zip((AGAIN, *[GOOD] * 5), (0, 0, 1, 3, 8, 21), strict=True):
        now += timedelta(days=days)
        state = as_shipped.review(card(), state, rating, now)
    assert state
    assert state.stability == pytest.approx(53.62691, abs=1e-4)
    assert state.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_repeated_easy_answers_make_a_card_as_easy_as_can_be(as_shipped: Scheduler) -> None:
    """`test_repeated_correct_reviews` of py-fsrs."""
    state: CardState | None = None
    for micro in range(10):
        state = as_shipped.review(card(), state, EASY, EXAMPLE_START.replace(microsecond=micro))
    assert state
    assert state.difficulty == 1.0


@pytest.mark.parametrize(
    ("rating", "phase", "minutes"),
    [
        (AGAIN, Phase.LEARNING, 1),
        (HARD, Phase.LEARNING, 5.5),
        (GOOD, Phase.LEARNING, 10),
    ],
)
def test_learning_steps_of_the_package_s_own_examples(
    as_shipped: Scheduler, rating: Rating, phase: Phase, minutes: float
) -> None:
    """`test_again_learning_steps`, `test_hard_learning_steps` and `test_good_learning_steps` of py-fsrs."""
    state = as_shipped.review(card(), None, rating, EXAMPLE_START)
    assert state.phase is phase
    assert state.due - EXAMPLE_START == timedelta(minutes=minutes)


def test_easy_graduates_at_once_and_a_lapse_is_relearned(as_shipped: Scheduler) -> None:
    """`test_easy_learning_steps` and `test_review_state` of py-fsrs."""
    state = as_shipped.review(card(), None, EASY, EXAMPLE_START)
    assert state.phase is Phase.REVIEW
    assert state.step is None
    assert state.due - EXAMPLE_START >= timedelta(days=1)
    lapsed = as_shipped.review(card(), state, AGAIN, state.due)
    assert lapsed.phase is Phase.RELEARNING
    assert lapsed.due - state.due == timedelta(minutes=10)


@given(ratings, st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_states_are_those_of_fsrs_itself(given_ratings: list[Rating], days: list[int]) -> None:
    """Our round trip through `CardState` loses nothing."""
    import fsrs

    theirs = fsrs.Scheduler(
        learning_steps=scheduling.LEARNING_STEPS,
        relearning_steps=scheduling.LEARNING_STEPS,
        maximum_interval=scheduling.LONGEST_INTERVAL,
        enable_fuzzing=False,
    )
    known, state, now = fsrs.Card(card_id=1, due=NOW), None, NOW
    for rating, later in zip(given_ratings, days, strict=False):
        now += timedelta(days=later)
        known, _ = theirs.review_card(known, fsrs.Rating(int(rating)), now)
        state = Scheduler(zone=UTC).review(card(), state, rating, now)
        assert (state.due, state.step) == (known.due, known.step)
        assert (state.stability, state.difficulty) == (known.stability, known.difficulty)
        ahead = now + timedelta(days=5)
        assert Scheduler(zone=UTC).retrievability(state, ahead) == theirs.get_card_retrievability(known, ahead)


# -- the interview -------------------------------------------------------------------------------------------------


@given(ratings, st.integers(1, 90), st.text("abcdef", min_size=1, max_size=4))
def test_no_card_is_planned_for_after_the_eve_of_the_interview(
    given_ratings: list[Rating], left: int, who: str
) -> None:
    interview = NOW.date() + timedelta(days=left)
    plan = Scheduler(interview, UTC)
    state, now = None, NOW
    for rating in given_ratings:
        state = plan.review(card(who), state, rating, now)
        if plan.today(now) < interview - timedelta(days=1):
            assert plan.today(state.due) < interview
        now = max(now, state.due)
        if plan.today(now) >= interview:
            break


def test_the_last_look_is_spread_over_some_days() -> None:
    interview = NOW.date() + timedelta(days=30)
    plan = Scheduler(interview, UTC)
    days = set()
    for number in range(40):
        state, now = None, NOW
        for _ in range(4):
            state = plan.review(card(str(number)), state, EASY, now)
            now = state.due
            if plan.today(now) >= interview - timedelta(days=scheduling.LAST_ROUND_DAYS):
                break
        days.add((interview - plan.today(now)).days)
    assert days == {1, 2, 3}


def test_a_date_set_later_brings_planned_cards_forward() -> None:
    state = Scheduler(zone=UTC).review(card(), None, EASY, NOW)
    assert (state.due - NOW).days >= 7
    plan = Scheduler(NOW.date() + timedelta(days=4), UTC)
    assert plan.today(plan.due(state, NOW)) < NOW.date() + timedelta(days=4)
    assert plan.is_due(state, NOW + timedelta(days=3))


def test_an_interview_that_is_over_bounds_nothing() -> None:
    free, over = Scheduler(zone=UTC), Scheduler(NOW.date() - timedelta(days=1), UTC)
    assert over.days_left(NOW) is None
    assert over.review(card(), None, EASY, NOW) == free.review(card(), None, EASY, NOW)
    assert over.due(free.review(card(), None, EASY, NOW), NOW) == free.review(card(), None, EASY, NOW).due


def test_days_left() -> None:
    assert Scheduler(date(2026, 3, 5), UTC).days_left(NOW) == 3
    assert Scheduler(date(2026, 3, 2), UTC).days_left(NOW) == 0
    assert Scheduler(None, UTC).days_left(NOW) is None


# -- days ----------------------------------------------------------------------------------------------------------


def test_a_card_is_due_from_the_beginning_of_its_local_day() -> None:
    auckland = timezone(timedelta(hours=13))
    plan = Scheduler(zone=auckland)
    state = plan.review(card(), None, EASY, NOW)
    day = plan.today(state.due)
    midnight = datetime(day.year, day.month, day.day, tzinfo=auckland)
    assert plan.is_due(state, midnight)
    assert not plan.is_due(state, midnight - timedelta(seconds=1))


def test_a_missed_card_is_due_to_the_minute() -> None:
    plan = Scheduler(zone=UTC)
    state = plan.review(card(), None, AGAIN, NOW)
    assert not plan.is_due(state, NOW + timedelta(minutes=9))
    assert plan.is_due(state, NOW + timedelta(minutes=10))


def test_a_card_repeated_on_the_next_day_is_a_day_older_whatever_the_hour() -> None:
    plan = Scheduler(zone=timezone(timedelta(hours=13)))
    evening = datetime(2026, 3, 1, 21, 0, tzinfo=plan.zone)
    known = plan.review(card(), plan.review(card(), None, AGAIN, evening), GOOD, evening + timedelta(minutes=10))
    assert plan.today(known.due) == date(2026, 3, 2)
    later = [evening + timedelta(days=1, hours=hour) for hour in (-11, -1, 0, 1)]
    again = [plan.review(card(), known, GOOD, moment) for moment in later]
    assert len({(one.stability, one.difficulty) for one in again}) == 1
    assert again[0].stability > 2 * known.stability
    assert [one.due - one.last_review for one in again] == [again[0].due - again[0].last_review] * len(later)
    assert [one.last_review for one in again] == later
    assert len({plan.retrievability(known, moment) for moment in later}) == 1


def test_a_step_of_learning_past_midnight_is_no_day() -> None:
    plan = Scheduler(zone=UTC)
    evening = datetime(2026, 3, 1, 23, 55, tzinfo=UTC)
    at_night, at_noon = (
        plan.review(card(), plan.review(card(), None, AGAIN, moment), GOOD, moment + timedelta(minutes=10))
        for moment in (evening, evening - timedelta(hours=12))
    )
    assert at_night.stability == at_noon.stability


def test_the_same_answers_give_the_same_dates() -> None:
    assert Scheduler(zone=UTC).review(card(), None, EASY, NOW) == Scheduler(zone=UTC).review(card(), None, EASY, NOW)


def test_what_is_remembered_fades() -> None:
    plan = Scheduler(zone=UTC)
    state = plan.review(card(), None, GOOD, NOW)
    fading = [plan.retrievability(state, NOW + timedelta(days=day)) for day in (0, 1, 5, 20, 100)]
    assert fading == sorted(fading, reverse=True)
    assert fading[0] == pytest.approx(1.0)
    assert 0 < fading[-1] < 0.7


# -- a clock that was wrong ----------------------------------------------------------------------------------------


def test_a_card_answered_by_a_clock_a_year_ahead_is_due_once_it_is_right() -> None:
    scheduler, ahead = Scheduler(zone=UTC), NOW + timedelta(days=365)
    state = scheduler.review(card(), None, EASY, ahead)
    assert scheduler.is_due(state, NOW)
    assert scheduler.due(state, NOW) == NOW
    assert scheduler.retrievability(state, NOW) == pytest.approx(1.0)
    again = scheduler.review(card(), state, GOOD, NOW)
    assert again.last_review == NOW
    assert NOW < again.due < NOW + timedelta(days=60)
    assert not scheduler.is_due(again, NOW)


def test_a_clock_that_was_set_back_a_little_changes_nothing() -> None:
    scheduler = Scheduler(zone=UTC)
    state = scheduler.review(card(), None, EASY, NOW)
    assert scheduler.due(state, NOW - timedelta(minutes=5)) == state.due
