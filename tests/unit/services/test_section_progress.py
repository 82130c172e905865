"""How one stands at a section, in words that can be checked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rehearse.domain.coverage import SectionState
from rehearse.history.attempts import Attempt
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.services.section_progress import SectionProgress, progress_words, section_progress
from tests.fakes import small_guide

MONDAY = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)


def attempt(number: int, **sections: SectionState) -> Attempt:
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=number)
    return Attempt(str(number), "small", "first", at, sections, {}, 60.0)


def test_only_the_last_five_answers_in_which_it_was_judged_count() -> None:
    attempts = [attempt(0, goal=SectionState.COVERED), *(attempt(n, goal=SectionState.MISSING) for n in range(1, 4))]
    attempts += [attempt(4, steps=SectionState.COVERED), attempt(5, goal=SectionState.THIN)]
    attempts.append(attempt(6, goal=SectionState.COVERED))
    outlook = [SectionOutlook("small", "goal", "Goal", 3, 12, 0.64)]
    found = section_progress(small_guide(), attempts, outlook)
    assert found["goal"] == SectionProgress(covered=1, judged=5, asked=3, cards=12, retrievability=0.64)
    assert found["steps"] == SectionProgress(covered=1, judged=1, asked=0, cards=0, retrievability=None)
    assert found["lesson"].judged == 0


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (SectionProgress(0, 0, 0, 9, None), "You haven't answered this question yet. Quiz: none of 9 cards asked yet."),
        (SectionProgress(1, 1, 0, 0, None), "It came up in your last answer."),
        (SectionProgress(0, 1, 0, 0, None), "It did not come up in your last answer."),
        (SectionProgress(0, 4, 0, 0, None), "It came up in none of your last 4 answers."),
        (
            SectionProgress(2, 5, 3, 12, 0.638),
            "It came up in 2 of your last 5 answers. Quiz: 3 of 12 cards asked; on Thursday you'd know about 64 % "
            "of those.",
        ),
    ],
)
def test_in_words(one: SectionProgress, said: str) -> None:
    assert progress_words(one, THURSDAY, MONDAY) == said
