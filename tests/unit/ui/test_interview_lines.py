"""What stands beside the questions of a running interview."""

import pytest

from rehearse.domain.interview import Interview, Question
from rehearse.ui.screens.interview.lines import standing_line

BEGUN = Interview(10, 2, (Question("g", "s", 90),))


@pytest.mark.parametrize(
    ("interview", "now", "said"),
    [
        (BEGUN, True, "▸ Something small now"),
        (BEGUN, False, "○ Something small"),
        (BEGUN.skipping(0), False, "– Something small skipped"),
        (BEGUN.over(0), False, "– Something small not asked"),
        (BEGUN.with_answer(0, "one").over(0), False, "● Something small answered"),
    ],
)
def test_a_question_says_what_became_of_it(interview: Interview, now: bool, said: str) -> None:
    (question,) = interview.questions
    line = standing_line(1, "Something small", question, now=now, width=60).plain
    assert " ".join(line.split()) == f"1 {said}"
