"""A whole rehearsal without a key: the microphone hears the loudspeaker, and nothing of it gets into the answer."""

import re
import threading
from pathlib import Path

import numpy as np
import pytest

from rehearse.domain.rehearsal import Phase
from rehearse.domain.sound import SAMPLE_RATE, Samples, samples
from rehearse.guides.library import GuideLibrary
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from rehearse.speech.models import find_model
from rehearse.speech.voice import InterviewerVoice
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.e2e.virtual_microphone import VirtualMicrophone
from tests.fakes import mark_by_keyword
from tests.ui.driving import shown, wait_until

pytestmark = pytest.mark.e2e

SAID = "Yesterday our team packed the model into a Docker image, and a job runs it every night at eleven."
ECHO = 0.5
"""How loud the loudspeaker comes back into the microphone."""


@pytest.fixture(scope="module")
def spoken() -> tuple[Samples, Samples]:
    """An answer, and somebody who talks over the question: the same synthesiser, lower."""
    voice = InterviewerVoice()
    answer = voice.synthesise(SAID, speed=0.85, pause=0.0)
    over = voice.synthesise("Excuse me, could you please wait for a moment before you go on?", pause=0.0, seed=1)
    lower = np.interp(np.arange(0, len(over) - 1, 0.8), np.arange(len(over)), over).astype(np.float32)
    return answer, lower


async def test_begun_by_the_voice_and_ended_by_silence_without_a_word_of_the_interviewer(
    own_home: Path, virtual_microphone: VirtualMicrophone, spoken: tuple[Samples, Samples]
) -> None:
    settings = Settings(model="tiny.en", hands_free=True, pause_seconds=3, checked_microphone=True, think_seconds=300)
    studio = Studio(Equipment(Places(own_home).create(), settings))
    guide = GuideLibrary().load("model-deployment")
    mark_by_keyword(studio.equipment, guide)  # marks don't matter here
    plan = studio.plan(guide, guide.scenario("beginner"))
    interviewer = studio.equipment.interviewer
    app = RehearseApp(studio, lambda: RehearsalScreen(guide, plan))
    answer, over = spoken
    try:
        with virtual_microphone.room(), virtual_microphone.echo(ECHO), virtual_microphone.recording() as played:
            async with app.run_test(size=(80, 24)) as pilot:
                await wait_until(pilot, lambda: "microphone open" in shown(app), 60)
                screen = app.screen
                assert isinstance(screen, RehearsalScreen)
                await wait_until(pilot, lambda: screen._ready, 60)
                await wait_until(pilot, lambda: not interviewer.sounding(), 30)
                # Talked over, the interviewer stops; the room is known from the first time.
                await pilot.press("v")
                await wait_until(pilot, lambda: bool(interviewer.speaking), 10)
                speaking = threading.Thread(target=virtual_microphone.speak, args=(over,))
                speaking.start()
                await wait_until(pilot, lambda: not interviewer.speaking, len(over) / SAMPLE_RATE + 1)
                assert speaking.is_alive(), "the interviewer didn't give way while somebody talked over them"
                await wait_until(pilot, lambda: not speaking.is_alive(), 20)
                # The time to think is over: nothing happens until somebody speaks.
                screen._started_thinking -= 300
                await wait_until(pilot, lambda: "begins with your first word" in shown(app), 10)
                assert screen.rehearsal is not None
                assert not screen.rehearsal.begun
                virtual_microphone.speak(answer, wait=False)
                await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING, 10)
                await wait_until(pilot, lambda: "Anything to add?" in shown(app), 30)
                asked = played.frames
                await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen), 60)
                await wait_until(pilot, lambda: all(one.join(0) for one in studio.rehearsals.running), seconds=60)
    finally:
        studio.close()
    kept = studio.equipment.store.get(studio.equipment.store.summaries()[0].id)
    said, interviewers = words(kept.transcript.text), words(f"{plan.question} anything to add")
    assert said[:3] == ["yesterday", "our", "team"], "the first word is lost"
    assert not set(said) - set(words(SAID)) & set(interviewers), "the interviewer was written down"
    assert len(set(said) & set(words(SAID))) >= 0.8 * len(set(words(SAID)))
    assert kept.speech[0].start < 0.6, "the clock starts where the voice starts"
    assert kept.duration == pytest.approx(len(answer) / SAMPLE_RATE + 3 + 3, abs=1.5), "the clock stands while they ask"
    heard = decoded(played.samples[asked - samples(1) : asked + samples(3)], own_home)
    assert "anything to add" in " ".join(words(heard)), "it wasn't asked aloud"


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def decoded(sound: Samples, home: Path) -> str:
    """Plain faster-whisper."""
    from faster_whisper import WhisperModel

    folder = find_model("tiny.en", models=Places(home).models, cache=None).folder
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    segments, _ = model.transcribe(sound, beam_size=5, language="en")
    return " ".join(segment.text for segment in segments)
