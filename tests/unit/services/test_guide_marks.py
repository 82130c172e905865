"""How well a guide marks labelled answers."""

from rehearse.guides.labelled import LabelledAnswer
from rehearse.services.guide_marks import Difference, compare_with_labels
from tests.fakes import KeywordAssessor, small_guide

GUIDE = small_guide()


def answer(name: str, text: str, sections: set[str], mistakes: set[str]) -> LabelledAnswer:
    return LabelledAnswer(name, "first", text, frozenset(sections), frozenset(mistakes))


def test_marks_are_compared_section_by_section_and_answer_by_answer() -> None:
    right = answer("a", "The goal and the steps and a lesson.", {"goal", "steps", "lesson"}, set())
    wrong = answer("b", "The goal and the steps.", {"goal", "lesson"}, {"no-lesson"})
    seen: list[tuple[int, int]] = []
    marks = compare_with_labels(GUIDE, KeywordAssessor(GUIDE), [right, wrong], lambda *at: seen.append(at))
    assert seen == [(0, 2), (1, 2)]
    assert [(row.name, row.precision, row.recall) for row in marks.sections] == [
        ("goal", 1, 1),
        ("steps", 0.5, 1),
        ("lesson", 1, 0.5),
    ]
    assert [(row.name, row.f1) for row in marks.mistakes] == [("no-lesson", 1), ("vague", 1)]
    assert marks.differences == (Difference("b", too_many=("steps",), missed=("lesson",)),)
