"""A spoken rehearsal, whole: speech into the virtual microphone, the real app, the real weights, marks at the end."""

import re
import threading
from pathlib import Path

import jiwer
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.domain.answer import AnswerStatus
from rehearse.domain.coverage import SectionState
from rehearse.domain.sound import Samples
from rehearse.guides.library import GuideLibrary
from rehearse.live.events import AnswerKept, LiveEvent
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from rehearse.speech.models import find_model
from rehearse.speech.voice import InterviewerVoice
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.widgets.mark_row import MarkRow
from tests.e2e.virtual_microphone import VirtualMicrophone
from tests.ui.driving import shown, wait_until

pytestmark = pytest.mark.e2e

SAID = """
This was for a city that rents out bikes. Every morning the stations near the river were empty and people were angry,
so the drivers needed to know the evening before where to bring bikes.
I had two years of trips and the weather, and I trained a gradient boosted model on them. The mean absolute error went
down from six bikes to three.
For deployment I packed the model into a Docker image. An Airflow job runs it every night at eleven, and it writes the
plan into a Postgres table that the drivers see on their tablets.
If the job fails, I get an alert, and every Monday I compare the plan with what really happened.
In the next version we want to add the football matches, because the drivers asked for that.
The hardest part was broken docks. They reported zero bikes for days, and it took us a week to find out.
"""


@pytest.fixture(scope="module")
def spoken() -> Samples:
    return InterviewerVoice().synthesise(" ".join(SAID.split()), speed=0.85)


NUMBERS = {"three": "3", "six": "6", "eleven": "11"}
"""A recogniser may write either."""


def words(text: str) -> str:
    return " ".join(NUMBERS.get(word, word) for word in re.findall(r"[a-z0-9']+", text.lower()))


async def test_a_spoken_answer_is_marked_reviewed_and_kept(
    own_home: Path, virtual_microphone: VirtualMicrophone, spoken: Samples, capsys: pytest.CaptureFixture[str]
) -> None:
    studio = Studio(
        Equipment(Places(own_home).create(), Settings(voice=False, checked_microphone=True, think_seconds=300))
    )
    guide = GuideLibrary().load("model-deployment")
    kept: list[AnswerKept] = []
    app = RehearseApp(studio, lambda: RehearsalScreen(guide, studio.plan(guide, guide.scenario("beginner"))))
    speaking = threading.Thread(target=virtual_microphone.speak, args=(spoken,))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            screen = app.screen
            await wait_until(
                pilot, lambda: isinstance(app.screen, RehearsalScreen) and "microphone open" in shown(app), 30
            )
            screen = app.screen
            assert isinstance(screen, RehearsalScreen)
            await wait_until(pilot, lambda: screen._ready, 60)
            rehearsal = screen.rehearsal
            assert rehearsal is not None
            note = rehearsal._emit

            def watch(event: LiveEvent) -> object:
                if isinstance(event, AnswerKept):
                    kept.append(event)
                return note(event)

            rehearsal._emit = watch
            await pilot.press("enter")
            speaking.start()
            await wait_until(
                pilot, lambda: screen.query_one("#mark-context", MarkRow).has_class("-covered"), seconds=60
            )
            assert screen.phase.value == "speaking", "the row lit up only after the answer"
            await wait_until(pilot, lambda: not speaking.is_alive(), seconds=120)
            await pilot.press("enter")
            await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen), seconds=60)
            await wait_until(pilot, lambda: "6/6" in shown(app))
            rows = {row.mark_id for row in app.screen.query(MarkRow) if row.has_class("-covered")}
            # The last words are heard again a moment after the marks; what is measured is what stays.
            await wait_until(pilot, lambda: all(one.join(0) for one in studio.rehearsals.running), seconds=60)
    finally:
        studio.close()
    assert rows == {section.id for section in guide.sections}
    stored = Studio(Equipment(Places(own_home), Settings())).equipment.store
    answer = stored.get(stored.summaries()[0].id)
    assert answer.status is AnswerStatus.FINISHED
    assert answer.coverage is not None
    for mark in answer.coverage.sections:
        assert mark.state is SectionState.COVERED
        quote = mark.evidence[0]
        at = answer.transcript.words[quote.first_word : quote.end_word]
        assert quote.text == " ".join(word.text for word in at), "evidence isn't verbatim"
        assert quote.start == at[0].start
        assert quote.end == at[-1].end
        assert 0 <= at[0].start < at[-1].end <= answer.duration + 0.5
    assert answer.recording is not None
    assert kept[0].overflows == 0
    assert kept[0].frames_recorded == kept[0].frames_delivered == len(read_recording(answer.recording))
    live, whole = (
        jiwer.wer(words(SAID), words(text))
        for text in (answer.transcript.text, decoded_whole(answer.recording, own_home))
    )
    with capsys.disabled():
        print(f"\nword error rate: live {live:.3f}, whole recording in one go {whole:.3f}")
    assert live <= whole + 0.02


def decoded_whole(recording: Path, home: Path) -> str:
    """Plain faster-whisper over the whole recording, beam 5: what the live transcript is measured against."""
    from faster_whisper import WhisperModel

    folder = find_model("tiny.en", models=Places(home).models, cache=None).folder
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    segments, _ = model.transcribe(str(recording), beam_size=5, language="en")
    return " ".join(segment.text for segment in segments)
