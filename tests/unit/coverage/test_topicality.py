"""What answers no question lights nothing, however much a clause of it resembles one."""

import numpy as np
import pytest

from rehearse.coverage.topicality import ON_TOPIC, ONE_ALONE, SLOPE, Topicality
from tests.unit.coverage.conftest import Mark

EAST, NORTH = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)


def towards(cosine: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.array([cosine, (1 - cosine**2) ** 0.5], np.float32)


def test_the_closest_three_clauses_count() -> None:
    topicality = Topicality(np.stack([EAST]))
    assert topicality.penalty([EAST, EAST, EAST, NORTH, NORTH, NORTH], 90) == 0.0
    assert topicality.penalty([EAST, NORTH, NORTH], 90) == pytest.approx(SLOPE * (ON_TOPIC - 1 / 3), abs=1e-3)
    assert topicality.penalty([towards(0.4)] * 2, 90) == pytest.approx(SLOPE * (ON_TOPIC - 0.4), abs=1e-3)


def test_in_a_short_answer_one_may_stand_for_all() -> None:
    topicality = Topicality(np.stack([EAST]))
    assert topicality.penalty([EAST, NORTH, NORTH], 30) == 0.0
    halfway = [towards(0.5), NORTH, NORTH]
    assert topicality.penalty(halfway, 30) == pytest.approx(SLOPE * (ON_TOPIC - (0.5 - ONE_ALONE)), abs=1e-3)


def test_a_guide_without_sentences_and_an_answer_without_clauses_lose_nothing() -> None:
    assert Topicality(np.zeros((0, 2), np.float32)).penalty([EAST], 90) == 0.0
    assert Topicality(np.stack([EAST])).penalty([], 90) == 0.0


@pytest.mark.parametrize(
    "said",
    [
        "Two gulls were fighting over a fish on the roof of the church. An old woman in a green coat came down the "
        "steps with a basket of plums and looked at the sea. Somewhere a child was singing about a fox and a goose.",
        "Take two eggs and a cup of flour. Stir them with a little milk until it is smooth, then let it rest. Heat the "
        "butter in the pan, pour the batter in and turn it once. Serve it with sugar and lemon for the children.",
    ],
)
def test_a_story_and_a_recipe_light_nothing(mark: Mark, said: str) -> None:
    assert mark(said).covered == ()
