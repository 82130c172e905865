"""What stands beside the questions of a running interview."""

from datetime import UTC, datetime, timedelta

import pytest

from rehearse.domain.interview import Interview, Question
from rehearse.reports.fates import Fate, Standing
from rehearse.services.kept_interview import KeptInterview
from rehearse.ui.screens.interview.lines import past_line, standing_line

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
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
    line = standing_line(1, "Something small", question, None, now=now, width=60).plain
    assert " ".join(line.split()) == f"1 {said}"


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        (Fate.JUDGED, "answered"),
        (Fate.TOO_SHORT, "too little was said to judge"),
        (Fate.DELETED, "the answer was deleted"),
    ],
)
def test_an_answer_that_wont_count_isnt_called_answered(fate: Fate, said: str) -> None:
    (question,) = BEGUN.with_answer(0, "one").over(0).questions
    line = standing_line(1, "Something small", question, fate, now=False, width=60).plain
    assert f" {said}" in line
    assert len(line) <= 60


@pytest.mark.parametrize(
    ("fates", "ended", "said"),
    [
        ((Fate.JUDGED, Fate.JUDGED), NOW, "yesterday       2/2 answered              Something"),
        ((Fate.JUDGED, Fate.TOO_SHORT), NOW, "yesterday       1/2 answered, 1 too short  Something"),
        ((Fate.DELETED, Fate.TOO_SHORT), None, "yesterday       0/2 answered, 1 too short, 1 deleted, broken off  "),
    ],
)
def test_a_past_interview_says_how_far_it_is_and_why_not_all_counts(
    fates: tuple[Fate, ...], ended: datetime | None, said: str
) -> None:
    kept = KeptInterview("id", NOW - timedelta(days=1), ended, Interview(10, 2, (Question("g", "s", 90),) * 2))
    line = past_line(kept, Standing(fates), {"g": "Something with a rather long title to it"}, NOW, 76).plain
    assert line.startswith(said)
    assert len(line) <= 76
