"""The review of a spoken answer whose recording is gone, or that wasn't heard all along: nothing promises its sound."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.delivery import measure
from rehearse.domain.answer import MICROPHONE_AWAY, Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import UNHEARD, Coverage, Match, SectionMark, SectionState
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.domain.transcript import Absence
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until
from tests.unit.history.support import spoken

GUIDE = small_guide()


def spoken_answer(studio: Studio) -> Answer:
    """With its recording, and a section that couldn't be heard."""
    store = studio.equipment.store
    scenario = GUIDE.scenarios[0]
    begun = begun_answer(
        store,
        guide_id=GUIDE.id,
        scenario_id=scenario.id,
        question=scenario.question,
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(np.zeros(SAMPLE_RATE, np.float32))
    transcript = spoken(ANSWER.replace("So the", "Um the"))
    quote = transcript.quote(0, 4)
    goal, steps, lesson = (section.id for section in GUIDE.sections)
    sections = (
        SectionMark(goal, SectionState.COVERED, (quote,), 0.9),
        SectionMark(steps, SectionState.COVERED, (quote,), 0.9),
        SectionMark(lesson, SectionState.UNCLEAR, (quote,), 0.1),
    )
    coverage = Coverage(sections, (), heard=0.8, final=True)
    answer = replace(
        begun,
        status=AnswerStatus.FINISHED,
        transcript=transcript,
        coverage=coverage,
        delivery=measure(transcript, (), coverage),
    )
    return store.complete(answer)


def deleted(studio: Studio, answer: Answer, *, how: str) -> Answer:
    """The answer as a later look finds it."""
    store = studio.equipment.store
    if how == "by the policy":
        store.remove_audio("never", datetime.now(UTC))
    else:
        assert answer.recording is not None
        answer.recording.unlink()
    return store.get(answer.id)


@pytest.mark.parametrize("how", ["by the policy", "by hand"])
async def test_nothing_promises_the_sound_of_a_recording_that_is_gone(own_home: Path, how: str) -> None:
    studio = fake_studio(own_home)
    answer = deleted(studio, spoken_answer(studio), how=how)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "⏎ why" in shown(app))
        assert isinstance(app.screen, AnswerScreen)
        assert "hear" not in shown(app).splitlines()[-1].split()
        assert "no recording to replay" in shown(app)
        assert "where nothing was heard: say it again" in " ".join(shown(app).split())
        await pilot.press("enter")
        await wait_until(pilot, lambda: "sure that it came up" in shown(app))
        await pilot.press("tab")
        await wait_until(pilot, lambda: "⏎" not in shown(app).splitlines()[-1])
        await pilot.press("enter", "space", "full_stop", "plus")
        await pilot.pause()
        assert not app._notifications
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog) and "transcript:" in shown(app))
        told = " ".join(shown(app).split()).lower()
        assert not [word for word in ("play", "hear the", "replay") if word in told]
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, DeliveryScreen) and "“um”" in shown(app).lower())
        assert "hear" not in shown(app).splitlines()[-1].split()
        await pilot.press("enter", "question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog) and "excuses" in shown(app))
        assert "play" not in shown(app).lower()


async def test_what_has_a_recording_can_be_heard(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, to.Review(GUIDE, spoken_answer(studio)))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "⏎ hear" in shown(app) and "w why" in shown(app))
        assert "listen there" in shown(app)
        await pilot.press("tab")
        await wait_until(pilot, lambda: "⏎ hear" in shown(app) and "w why" not in shown(app))
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog) and "plays its moment" in shown(app))
        await pilot.press("q", "d")
        await wait_until(pilot, lambda: isinstance(app.screen, DeliveryScreen) and "⏎ hear" in shown(app))


async def test_a_kept_review_says_when_the_microphone_was_away(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = spoken_answer(studio)
    assert answer.coverage is not None
    away = Match(UNHEARD, "microphone away for 6 s at 0:05", 1.0)
    lesson = replace(answer.coverage.sections[2], evidence=(), why=(away,))
    answer = replace(
        answer,
        transcript=answer.transcript.with_absences([Absence(5.0, 6.2)]),
        coverage=replace(answer.coverage, sections=(*answer.coverage.sections[:2], lesson)),
        settings={MICROPHONE_AWAY: 6.2},
    )
    studio.equipment.store.save(answer)
    app = RehearseApp(studio, to.Review(GUIDE, studio.equipment.store.get(answer.id)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "microphone away for 6 s at 0:05" in shown(app))
        assert f"? {GUIDE.sections[2].letter} {GUIDE.sections[2].title}" in shown(app)
        assert "The microphone was away for 6 s: what was said then wasn't heard." in shown(app)
        assert "may have come up while the microphone was away: say it again" in " ".join(shown(app).split())
        await pilot.press("down", "down", "w")
        await wait_until(pilot, lambda: "unheard: microphone away" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "earned this mark: microphone away" in " ".join(shown(app).split()))


async def test_how_a_typed_answer_was_spoken_isnt_offered_and_the_key_says_why(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, to.Review(GUIDE, studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "Typed: no pace" in shown(app) and "⏎ why" in shown(app))
        assert "delivery" not in shown(app).splitlines()[-1]
        await pilot.press("d")
        await wait_until(pilot, lambda: "Typed: there is no delivery to show." in shown(app))
        assert isinstance(app.screen, AnswerScreen)
