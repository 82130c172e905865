"""A spoken rehearsal without a key, and an interviewer who can be interrupted, or only be read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from rehearse.domain.kinds import Mode
from rehearse.domain.rehearsal import Phase
from rehearse.live import pipeline
from rehearse.services.interviewer import Interviewer
from rehearse.services.studio import Studio
from rehearse.speech.voice import InterviewerVoice
from rehearse.ui.screens.rehearse import rehearsal
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.fakes import HandFed, LoudnessDetector, sound
from tests.loudspeaker import Loudspeaker, Voice
from tests.ui.driving import ANSWER, at_home, fake_studio, shown, wait_until


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> HandFed:
    """Delivers what the test hands it; loud is a voice."""
    monkeypatch.setattr(pipeline, "_silero", LoudnessDetector)
    return HandFed()


def studio_with(home: Path, microphone: HandFed, speaker: Voice | None = None, **chosen: Any) -> Studio:
    studio = fake_studio(home, texts=(ANSWER, ANSWER, ANSWER), think_seconds=5, **chosen)
    studio.equipment._make_source = lambda _: microphone
    if speaker is not None:
        studio.equipment.interviewer = Interviewer(lambda: cast("InterviewerVoice", speaker), lambda: None)
    return studio


@asynccontextmanager
async def thinking(studio: Studio) -> AsyncIterator[tuple[Pilot[Any], RehearsalScreen]]:
    async with at_home(studio) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and app.screen.rehearsal is not None)
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        yield pilot, screen


def has_begun(screen: RehearsalScreen) -> bool:
    return screen.phase is not Phase.THINKING or screen.rehearsal is None or screen.rehearsal.begun


async def test_a_whole_answer_without_a_key(own_home: Path, microphone: HandFed) -> None:
    studio = studio_with(own_home, microphone, hands_free=True)
    async with thinking(studio) as (pilot, screen):
        assert "When the time is up, just speak" in " ".join(shown(pilot.app).split())
        microphone.feed(sound(1, 1, 1))  # thinking aloud begins nothing
        assert not has_begun(screen)
        screen._started_thinking -= 5
        await wait_until(pilot, lambda: "begins with your first word" in shown(pilot.app))
        microphone.feed(sound(8))
        assert not has_begun(screen)
        microphone.feed(sound(0, 5))
        await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
        microphone.feed(sound(3))
        await wait_until(pilot, lambda: "silent: asks in 1 s" in shown(pilot.app))
        assert "Anything to add?" not in shown(pilot.app)
        microphone.feed(sound(1.2))
        await wait_until(pilot, lambda: "Anything to add?" in shown(pilot.app))
        microphone.feed(sound(1, 4, 2))  # there is
        await wait_until(pilot, lambda: "silent: asks in 2 s" in shown(pilot.app))
        assert "Anything to add?" not in shown(pilot.app)
        microphone.feed(sound(2.2))
        await wait_until(pilot, lambda: "Anything to add?" in shown(pilot.app))
        assert screen.phase is Phase.SPEAKING
        microphone.feed(sound(3.2))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))
    (kept,) = studio.equipment.store.summaries()
    answer = studio.equipment.store.get(kept.id)
    assert answer.transcript.text.startswith(ANSWER)
    assert answer.speech[0].start == pytest.approx(0.3, abs=0.1)


async def test_a_longer_silence_can_be_chosen(own_home: Path, microphone: HandFed) -> None:
    async with thinking(studio_with(own_home, microphone, hands_free=True, pause_seconds=8)) as (pilot, screen):
        await pilot.press("enter")  # a key begins it too
        await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
        microphone.feed(sound(1, 5, 7))
        await wait_until(pilot, lambda: "silent: asks in 1 s" in shown(pilot.app))
        microphone.feed(sound(1.2))
        await wait_until(pilot, lambda: "Anything to add?" in shown(pilot.app))


async def test_a_speaker_known_to_pause_long_is_waited_for(own_home: Path, microphone: HandFed) -> None:
    studio = studio_with(own_home, microphone, hands_free=True)
    for _ in range(2):
        async with thinking(studio) as (pilot, screen):
            await pilot.press("enter")
            await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
            microphone.feed(sound(1, 2, 3.7, 2, 3.7, 2, 3.7, 2, 3.7, 2, 0.1))
            await pilot.press("enter")
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))
        microphone.ended = False
    async with thinking(studio) as (pilot, screen):
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
        microphone.feed(sound(1, 2, 4.5))
        await wait_until(pilot, lambda: "silent: asks in 1 s" in shown(pilot.app))


@pytest.mark.usefixtures("no_loudspeaker")
async def test_without_a_loudspeaker_the_question_is_read_at_reading_pace(own_home: Path, microphone: HandFed) -> None:
    studio = studio_with(own_home, microphone, Voice(), voice=True)
    async with thinking(studio) as (pilot, screen):
        await wait_until(pilot, lambda: "Tell me about" in shown(pilot.app))
        assert "shipped." not in shown(pilot.app)
        await pilot.press("z")
        await wait_until(pilot, lambda: "you shipped." in shown(pilot.app))
        assert screen.phase is Phase.THINKING


async def test_a_loudspeaker_that_stops_is_told_of_and_the_question_read(
    own_home: Path, microphone: HandFed, loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    loudspeaker.hangs = True
    studio = studio_with(own_home, microphone, Voice(), voice=True)
    async with thinking(studio) as (pilot, screen):
        await wait_until(pilot, lambda: studio.equipment.interviewer.speaking)
        await wait_until(pilot, lambda: "you shipped." in shown(pilot.app))
        app = pilot.app
        monkeypatch.setattr(loudspeaker, "silent", True)
        await wait_until(pilot, lambda: any("loudspeaker has stopped" in one.message for one in app._notifications))
        assert not screen.is_asking
        assert "you shipped." in shown(pilot.app)


async def test_any_key_interrupts_the_interviewer(
    own_home: Path, microphone: HandFed, loudspeaker: type[Loudspeaker]
) -> None:
    loudspeaker.hangs = True
    studio = studio_with(own_home, microphone, Voice(), voice=True)
    async with thinking(studio) as (pilot, screen):
        await wait_until(pilot, lambda: studio.equipment.interviewer.speaking)
        await wait_until(pilot, lambda: "you shipped." in shown(pilot.app))
        await pilot.press("z")
        await wait_until(pilot, lambda: not studio.equipment.interviewer.speaking)
        await pilot.press("v")
        await wait_until(pilot, lambda: studio.equipment.interviewer.speaking)
        await pilot.press("c")
        await wait_until(pilot, lambda: not studio.equipment.interviewer.speaking)
        assert screen.phase is Phase.THINKING
        assert len(loudspeaker.played) == 2


class Certain(Random):
    """What may happen happens, in the middle."""

    def random(self) -> float:
        return 0.0

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


async def test_pressure_in_an_exam(
    own_home: Path, microphone: HandFed, loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "Random", Certain)
    chosen = {"voice": True, "mode": Mode.EXAM, "interruptions": True, "time_calls": True, "answer_seconds": 60}
    studio = studio_with(own_home, microphone, Voice(), **chosen)
    async with thinking(studio) as (pilot, screen):
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
        await wait_until(pilot, lambda: not studio.equipment.interviewer.sounding())
        heard = len(loudspeaker.played)
        microphone.feed(sound(0.5, 29, 0.4))
        assert len(loudspeaker.played) == heard, "it isn't half time yet"
        microphone.feed(sound(0, 1))
        assert len(loudspeaker.played) == heard, "nobody is interrupted in a word"
        microphone.feed(sound(0.5))
        await wait_until(pilot, lambda: "Let me stop you there: and the" in shown(pilot.app))
        await wait_until(pilot, lambda: not studio.equipment.interviewer.sounding())
        microphone.feed(sound(0, 8, 0.4))
        await wait_until(pilot, lambda: "Half of your time is gone." in shown(pilot.app))
        await wait_until(pilot, lambda: not studio.equipment.interviewer.sounding())
        assert len(loudspeaker.played) == heard + 2
        microphone.feed(sound(0, 12))
        assert screen.rehearsal is not None
        assert screen.rehearsal.elapsed == pytest.approx(51.8)
        await wait_until(pilot, lambda: "of your time" not in shown(pilot.app))
        microphone.feed(sound(0.4))
        await wait_until(pilot, lambda: "Ten seconds left." in shown(pilot.app))
        await wait_until(pilot, lambda: len(loudspeaker.played) == heard + 3)


async def test_no_pressure_by_default(own_home: Path, microphone: HandFed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "Random", Certain)
    async with thinking(studio_with(own_home, microphone, mode=Mode.EXAM)) as (_, screen):
        assert screen._turns is not None
        assert screen._turns.texts == ()
