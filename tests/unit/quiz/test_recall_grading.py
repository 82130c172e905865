"""Lenient judging of what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.cards import Expected, Rating
from rehearse.quiz.recall_grading import judge_recall, slips_allowed
from tests.unit.quiz.support import SHIPPED, shipped

PARTS = (
    Expected("Context and goal", ("Context and goal", "business problem", "the why")),
    Expected("Development and evaluation", ("Development and evaluation", "model building", "training")),
    Expected("Deployment", ("Deployment", "shipping", "rollout")),
    Expected("Monitoring and maintenance", ("Monitoring and maintenance", "operations")),
    Expected("Iteration and improvement", ("Iteration and improvement", "next steps")),
    Expected("Challenges and learnings", ("Challenges and learnings", "difficulties", "lessons")),
)
TITLES = [part.text for part in PARTS]


def recalled(typed: str) -> set[str]:
    return set(judge_recall(typed, PARTS).recalled)


@given(
    st.permutations(TITLES),
    st.sampled_from([", ", ",", " / ", "; ", "\n", " -> ", " → ", " | "]),
    st.sampled_from([str, str.upper, str.lower, str.swapcase]),
)
def test_any_order_any_separator_any_case(titles: list[str], separator: str, case: type[str]) -> None:
    judged = judge_recall(separator.join(map(case, titles)), PARTS)
    assert judged.missed == ()
    assert judged.strangers == ()
    assert judged.rating is Rating.GOOD


@given(st.lists(st.sampled_from([(p.text, name) for p in PARTS for name in p.names]), min_size=1), st.randoms())
def test_every_name_counts_for_its_part(named: list[tuple[str, str]], _: object) -> None:
    judged = judge_recall(", ".join(name for _, name in named), PARTS)
    assert set(judged.recalled) == {text for text, _ in named}
    assert set(judged.missed) == set(TITLES) - set(judged.recalled)


@given(st.sampled_from(PARTS), st.data())
def test_one_slip_in_a_title_is_forgiven(part: Expected, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(part.text) - 2))
    wrong = data.draw(
        st.sampled_from(
            [
                part.text[:at] + part.text[at + 1 :],
                part.text[:at] + part.text[at + 1] + part.text[at] + part.text[at + 2 :],
                part.text[:at] + "x" + part.text[at:],
            ]
        )
    )
    assert part.text in recalled(wrong)


@given(st.text(max_size=200))
def test_anything_can_be_typed(typed: str) -> None:
    judged = judge_recall(typed, PARTS)
    assert len(set(judged.recalled)) == len(judged.recalled)
    assert set(judged.recalled) | set(judged.missed) == set(TITLES)
    assert not set(judged.recalled) & set(judged.missed)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("goal", "Context and goal"),
        ("contxt", "Context and goal"),
        ("dev", "Development and evaluation"),
        ("depl", "Deployment"),
        ("deploiment", "Deployment"),
        ("deploying", "Deployment"),
        ("moniter", "Monitoring and maintenance"),
        ("improvment", "Iteration and improvement"),
        ("lesons", "Challenges and learnings"),
    ],
)
def test_what_people_type(typed: str, part: str) -> None:
    assert recalled(typed) == {part}


@pytest.mark.parametrize("typed", ["", "  ", "de", "and", "bananas", "elephants, bicycles", "ment"])
def test_what_names_nothing(typed: str) -> None:
    assert recalled(typed) == set()


def test_without_separators() -> None:
    assert recalled("context deployment monitoring challenges") == {TITLES[0], TITLES[2], TITLES[3], TITLES[5]}


def test_the_same_part_twice_counts_once() -> None:
    judged = judge_recall("deployment, shipping, rollout", PARTS)
    assert judged.recalled == ("Deployment",)
    assert judged.rating is Rating.AGAIN


def test_strangers_are_named_and_cost_nothing() -> None:
    judged = judge_recall(", ".join([*TITLES, "coffee"]), PARTS)
    assert judged.strangers == ("coffee",)
    assert judged.rating is Rating.GOOD


def test_all_but_one_is_almost() -> None:
    assert judge_recall(", ".join(TITLES[1:]), PARTS).rating is Rating.HARD
    assert judge_recall(", ".join(TITLES[2:]), PARTS).rating is Rating.AGAIN


def test_parts_that_the_card_shows_are_known_and_count_for_nothing() -> None:
    judged = judge_recall("monitoring", PARTS[2:3], (*PARTS[:2], *PARTS[3:]))
    assert judged.recalled == ()
    assert judged.strangers == ()
    assert judged.rating is Rating.AGAIN


def test_longer_names_forgive_more() -> None:
    assert [slips_allowed(name) for name in ("why", "goal", "context", "development and")] == [0, 1, 2, 3]


@pytest.mark.parametrize("guide_id", SHIPPED)
def test_no_name_of_a_shipped_section_counts_for_another(guide_id: str) -> None:
    guide = shipped(guide_id)
    parts = tuple(Expected(s.title, (s.title, *s.synonyms)) for s in guide.sections)
    for section in guide.sections:
        for name in (section.title, *section.synonyms):
            assert judge_recall(name, parts).recalled == (section.title,), name
