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
    assert found["goal"] == SectionProgress(1, 5, asked=3, cards=12, retrievability=0.64, answers=7, unjudged=1)
    assert found["steps"] == SectionProgress(1, 1, asked=0, cards=0, retrievability=None, answers=7, unjudged=2)
    assert found["lesson"].judged == 0


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (SectionProgress(0, 0, 0, 9, None), "You haven't answered this question yet. Quiz: none of 9 cards asked yet."),
        (SectionProgress(1, 1, 0, 0, None, 1), "It came up in your last answer."),
        (SectionProgress(0, 1, 0, 0, None, 2), "It did not come up in your last answer."),
        (SectionProgress(0, 4, 0, 0, None, 4), "It came up in none of your last 4 answers."),
        (
            SectionProgress(2, 5, 3, 12, 0.638, 9),
            "It came up in 2 of your last 5 answers. Quiz: 3 of 12 cards asked; on Thursday you'd know about 64 % "
            "of those.",
        ),
    ],
)
def test_in_words(one: SectionProgress, said: str) -> None:
    assert progress_words(one, THURSDAY, MONDAY) == said


C, M, U = SectionState.COVERED, SectionState.MISSING, SectionState.UNCLEAR


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "You haven't answered this question yet."),
        ([U], "It couldn't be heard in your answer so far."),
        ([U, None, U], "It couldn't be heard in any of your 3 answers so far."),
        ([None], "It couldn't be judged in your answer so far."),
        ([None, None], "It couldn't be judged in any of your 2 answers so far."),
        ([U, C], "It came up in your last answer."),
        ([C, U], "It came up in the last answer in which it was heard."),
        ([C, M, U, U], "It came up in 1 of the last 2 answers in which it was heard."),
        ([C, U, C], "It came up in 2 of the last 2 answers in which it was heard."),
        ([C, U, M], "It came up in 1 of the last 2 answers in which it was heard."),
        ([U, M, C], "It came up in 1 of your last 2 answers."),
        ([C, None], "It came up in the last answer in which it was judged."),
        ([M, None, M], "It came up in none of the last 2 answers in which it was judged."),
        ([None, C], "It came up in your last answer."),
        ([M, U, C, None], "It came up in 1 of the last 2 answers in which it was judged."),
        ([C, U, M, M, M, M, M], "It came up in none of your last 5 answers."),
    ],
)
def test_what_couldnt_be_heard_or_judged_isnt_called_unanswered(states: list[SectionState | None], said: str) -> None:
    attempts = [attempt(n, **({"goal": state} if state else {})) for n, state in enumerate(states)]
    assert progress_words(section_progress(small_guide(), attempts, [])["goal"], THURSDAY, MONDAY) == said
