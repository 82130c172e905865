"""The quiz put together: what a spoken answer makes due, and whose cards are asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import Source
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.coverage import Coverage
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.domain.transcript import Transcript
from rehearse.drills.plans import round_plan
from rehearse.errors import InputError
from rehearse.live.events import AnswerKept, LiveEvent
from rehearse.quiz.modes import QuizMode
from rehearse.services.quizzes import missed_sections
from rehearse.services.studio import Studio
from rehearse.settings import Settings
from tests.fakes import KeywordAssessor, ask_from, small_guide
from tests.ui.driving import fake_studio
from tests.unit.quiz.support import right

GUIDE = small_guide()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = "So the goal was fewer wrong orders in the kitchen and the steps were really quite simple."


def marks(said: str) -> Coverage:
    return KeywordAssessor(GUIDE).assess(Transcript.typed(said), GUIDE.scenarios[0], final=True)


@pytest.fixture
def studio(own_home: Path) -> Iterator[Studio]:
    made = fake_studio(own_home, texts=(SAID,) * 9)
    yield made
    made.close()


def learned(studio: Studio, *, now: datetime) -> None:
    """Answer every card rightly, day after day, until nothing is new."""
    for day in range(9):
        moment = now + timedelta(days=day)
        quiz = studio.quiz("small", mode=QuizMode.DUE, section_id=None, now=moment, random=Random(1))
        while (question := quiz.next(moment)) is not None:
            quiz.answer(right(question), moment)


def test_missed_sections_are_those_left_out() -> None:
    assert missed_sections(marks(SAID)) == ("lesson",)


def test_an_answer_too_short_to_judge_missed_nothing() -> None:
    assert missed_sections(marks("The goal.")) == ()


@pytest.mark.parametrize("source", [Source.MICROPHONE, Source.DEMO])
def test_a_section_missed_aloud_makes_its_cards_due(studio: Studio, source: Source) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    learned(studio, now=long_ago)
    before = studio.equipment.reviews.states(["small"])
    now = datetime.now(UTC)
    plan = replace(studio.plan(GUIDE, GUIDE.scenarios[0]), source=source)
    events: list[LiveEvent] = []
    voice = np.concatenate([np.zeros(SAMPLE_RATE, np.float32), spoken(studio), np.zeros(SAMPLE_RATE, np.float32)])
    rehearsal = studio.rehearsals.begin(plan, SamplesSource(voice), events.append)
    rehearsal.open()
    rehearsal.start(now)
    assert rehearsal.join(30)
    kept = [event for event in events if isinstance(event, AnswerKept)]
    assert kept
    after = studio.equipment.reviews.states(["small"])
    changed = {key for key in after if after[key] != before[key]}
    if source is Source.DEMO:
        assert changed == set()
        return
    lessons = {key for key, state in before.items() if state.section_id == "lesson" and state.due > now}
    assert changed == lessons
    assert lessons
    assert all(after[key].due <= datetime.now(UTC) for key in lessons)
    quiz = studio.quiz("small", mode=QuizMode.DUE, section_id=None, now=datetime.now(UTC), random=Random(1))
    question = quiz.next(datetime.now(UTC))
    assert question
    assert after[question.card.id].due <= datetime.now(UTC)


def spoken(studio: Studio) -> Samples:
    """Three seconds that the voice detector takes for a voice."""
    return studio.equipment.voice().synthesise("The goal was fewer wrong orders, and the steps were simple.", speed=1.0)


def test_the_drill_of_a_weak_section_judges_that_section_alone() -> None:
    plan = round_plan(GUIDE, GUIDE.scenarios[0], "lesson", Settings().mode, series_id=None)
    assert plan.question == "And the lesson?"
    assert missed_sections(follow_up_marks(marks(SAID), plan.follow_up_section)) == ("lesson",)
    assert missed_sections(follow_up_marks(marks(SAID), "goal")) == ()


# -- whose cards ---------------------------------------------------------------------------------------------------


def two(studio: Studio) -> None:
    other = replace(GUIDE, id="other", title="Another guide")
    ask_from(studio.equipment, GUIDE, other)


def asked_guides(studio: Studio, guide_id: str | None = None, section: str | None = None) -> frozenset[str]:
    mode = QuizMode.SECTION if section else QuizMode.DUE
    return studio.quiz(guide_id, mode=mode, section_id=section, now=NOW, random=Random(1)).guides


def test_at_first_the_first_guide_then_those_that_were_begun(studio: Studio) -> None:
    two(studio)
    assert asked_guides(studio) == {"small"}
    quiz = studio.quiz("other", mode=QuizMode.DUE, section_id=None, now=NOW, random=Random(1))
    quiz.next(NOW)
    quiz.reveal(NOW)
    assert asked_guides(studio) == {"other"}
    quiz = studio.quiz("small", mode=QuizMode.DUE, section_id=None, now=NOW, random=Random(1))
    quiz.next(NOW)
    quiz.reveal(NOW)
    assert asked_guides(studio) == {"small", "other"}
    assert asked_guides(studio, "other") == {"other"}


def test_a_section_is_looked_for_in_all_guides(studio: Studio) -> None:
    two(studio)
    assert asked_guides(studio, section="lesson") == {"small", "other"}
    with pytest.raises(InputError, match="no section “nope”"):
        asked_guides(studio, section="nope")
    with pytest.raises(InputError, match="no guide “nope”"):
        asked_guides(studio, "nope")


def test_an_edited_guide_has_other_cards(studio: Studio) -> None:
    before = studio.equipment.quizzes.deck(GUIDE)
    assert studio.equipment.quizzes.deck(GUIDE) is before
    edited = replace(GUIDE, mistakes=())
    assert studio.equipment.quizzes.deck(edited) != before


def test_how_many_cards_wait(studio: Studio) -> None:
    assert studio.cards_due([GUIDE], NOW) == 10
    quiz = studio.quiz("small", mode=QuizMode.DUE, section_id=None, now=NOW, random=Random(1))
    question = quiz.next(NOW)
    assert question
    quiz.answer(right(question), NOW)
    assert studio.cards_due([GUIDE], NOW) == 9


def test_the_date_of_the_interview_is_a_setting(studio: Studio) -> None:
    studio.equipment.settings = replace(studio.equipment.settings, interview_date=date(2026, 3, 4))
    quiz = studio.quiz("small", mode=QuizMode.DUE, section_id=None, now=NOW, random=Random(1))
    while (question := quiz.next(NOW)) is not None:
        quiz.answer(right(question), NOW)
    assert all(
        state.due < datetime(2026, 3, 4, 12, tzinfo=UTC)
        for state in studio.equipment.reviews.states(["small"]).values()
    )
    assert quiz.summary(NOW).outlook.startswith("On Wednesday you'd probably remember ")
