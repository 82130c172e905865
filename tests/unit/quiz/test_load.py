"""How many cards a day brings over two months."""

from datetime import UTC, timedelta
from random import Random

import pytest

from rehearse.domain.cards import Card, Phase
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.queue import FULL_DAY
from rehearse.quiz.scheduler import Scheduler
from tests.unit.quiz.support import NOW, deck, right, session


def learner(cards: tuple[Card, ...], reviews: ReviewStore, days: int, *, interview: int | None = None) -> list[int]:
    """Answers every day all there is; remembers as FSRS says people do. How many answers each day took."""
    random = Random(11)
    date = NOW.date() + timedelta(days=interview) if interview else None
    plan, load = Scheduler(date, UTC), []
    for day in range(days):
        now = NOW + timedelta(days=day)
        quiz = session(cards, reviews, now=now, interview=date)
        while (question := quiz.next(now)) is not None:
            state = quiz._states.get(question.card.id)
            knows = (
                0.6 if state is None else 0.97 if state.phase is not Phase.REVIEW else plan.retrievability(state, now)
            )
            quiz.answer(right(question) if random.random() < knows else None, now)
            now += timedelta(seconds=8)
        load.append(len(quiz.asked))
    return load


@pytest.mark.timeout(600)
def test_the_load_levels_off_over_sixty_days(reviews: ReviewStore) -> None:
    cards = deck("model-deployment")
    load = learner(cards, reviews, 60)
    weeks = [sum(load[at : at + 7]) / 7 for at in range(0, 56, 7)]
    assert len(reviews.states(["model-deployment"])) == len(cards)
    assert max(load) <= 60, load  # some minutes, on the worst day
    assert max(weeks) <= 1.5 * FULL_DAY, weeks
    assert weeks[-1] < max(weeks) / 2, weeks
    peak = weeks.index(max(weeks))
    assert all(later <= earlier * 1.25 for earlier, later in zip(weeks[peak:], weeks[peak + 1 :], strict=False)), weeks


@pytest.mark.timeout(600)
def test_everything_was_seen_and_is_remembered_when_the_interview_comes(reviews: ReviewStore) -> None:
    cards = deck("disagreement")
    learner(cards, reviews, 30, interview=30)
    states = reviews.states(["disagreement"])
    assert len(states) == len(cards)
    morning = NOW + timedelta(days=30)
    plan = Scheduler(morning.date(), UTC)
    remembered = [plan.retrievability(state, morning) for state in states.values()]
    assert sum(remembered) / len(remembered) > 0.9
    assert all((morning - state.last_review).days <= 4 for state in states.values())
