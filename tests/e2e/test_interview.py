"""A whole interview without touching a key: two questions and one that follows, asked through the virtual loudspeaker,
answered by a synthesised candidate into the virtual microphone, marked by the real weights, told in the report.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from rehearse.domain.coverage import SectionState
from rehearse.domain.interview import Interview, Question
from rehearse.domain.kinds import AnswerStatus
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.services.equipment import Equipment
from rehearse.services.interview_report import report_text
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from rehearse.speech.voice import InterviewerVoice
from rehearse.ui.app import RehearseApp
from rehearse.ui.destinations import RunInterview
from rehearse.ui.screens.interview.interview import InterviewScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from rehearse.ui.screens.interview.turn import TurnScreen
from tests.e2e.virtual_microphone import VirtualMicrophone
from tests.ui.driving import shown, wait_until

pytestmark = pytest.mark.e2e

DEPLOYED = """
A bakery chain threw away a third of its bread, so the shop managers needed to know every evening how much to bake.
I trained a gradient boosted model on two years of sales, and the error went down from thirty loaves to twelve.
I packed it into a container, and a job runs it every night and sends the numbers to the ovens.
"""
WATCHED = """
Every morning we compared the forecast with what was really sold, and when the error went over twenty loaves for three
days, an alert went to my phone.
"""
NOTHING = "I would have to think about that."
"""Too little to be judged: nothing is asked about it, and the report doesn't count it as answered."""


class Candidate:
    """Answers what is asked once it was asked."""

    def __init__(self, app: RehearseApp, pilot: Pilot[Any], microphone: VirtualMicrophone) -> None:
        self._app, self._pilot, self._microphone = app, pilot, microphone
        self._voice = InterviewerVoice()
        self._last: object = None

    async def answer(self, text: str) -> TurnScreen:
        """Wait for the next question, then say `text`; the screen of that turn."""
        app, sound = self._app, self._voice.synthesise(" ".join(text.split()), speed=0.9)
        await wait_until(self._pilot, lambda: isinstance(app.screen, TurnScreen) and app.screen is not self._last, 90)
        screen = self._last = app.screen
        assert isinstance(screen, TurnScreen)
        await wait_until(self._pilot, lambda: screen.rehearsal is not None, 60)
        await wait_until(self._pilot, lambda: not app.equipment.interviewer.speaking and self._thought(screen), 60)
        await asyncio.to_thread(self._microphone.speak, sound)
        await wait_until(self._pilot, lambda: app.screen is not screen, 90)
        return screen

    def _thought(self, screen: TurnScreen) -> bool:
        return self._app.equipment.now() - screen._started_thinking > screen.plan.clock.think + 0.3


async def test_an_interview_is_held_hands_free_and_reported(
    own_home: Path, virtual_microphone: VirtualMicrophone
) -> None:
    settings = Settings(
        model="tiny.en", voice=True, hands_free=True, pause_seconds=3, think_seconds=5, checked_microphone=True
    )
    studio = Studio(Equipment(Places(own_home).create(), settings))
    guide = studio.equipment.library.load("model-deployment")
    studio.equipment.engine(guide)
    first, second = guide.scenarios[0], guide.scenarios[1]
    questions = tuple(Question(guide.id, one.id, 125) for one in (first, second))
    kept = studio.interviews.begin(Interview(10, 1, questions), datetime.now(UTC))
    app = RehearseApp(studio, RunInterview(kept.id))
    try:
        with virtual_microphone.room(), virtual_microphone.recording() as played:
            async with app.run_test(size=(80, 24)) as pilot:
                await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen | TurnScreen), 30)
                candidate = Candidate(app, pilot, virtual_microphone)
                await candidate.answer(DEPLOYED)
                followed = await candidate.answer(WATCHED)
                assert followed.plan.follow_up_section == "monitoring"
                await candidate.answer(NOTHING)
                await wait_until(pilot, lambda: isinstance(app.screen, InterviewReportScreen), 60)
                await wait_until(pilot, lambda: "1 of 2 questions answered" in shown(app), 30)
                await wait_until(pilot, lambda: all(one.join(0) for one in studio.rehearsals.running), 60)
        report = report_text(studio, kept.id, "markdown")
        answers = studio.equipment.series.answers(kept.id)
    finally:
        studio.close()
    assert [(one.follow_up_section, one.status) for one in answers] == [
        (None, AnswerStatus.FINISHED),
        ("monitoring", AnswerStatus.FINISHED),
        (None, AnswerStatus.FINISHED),
    ]
    assert answers[0].marks is not None
    assert answers[0].marks.section("monitoring").state is SectionState.MISSING
    assert answers[1].marks is not None
    assert answers[1].marks.section("monitoring").state is SectionState.COVERED
    said = " ".join(answer.transcript.text for answer in answers).lower()
    assert "bakery" in said
    assert "forecast" in said
    assert "anything to add" not in said
    assert "✔+" in report or "when asked" in report
    assert float(np.abs(played.samples).max()) > 0.05
    assert len(played.samples) > 60 * SAMPLE_RATE
