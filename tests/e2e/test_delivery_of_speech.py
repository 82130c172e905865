"""The figures of the delivery against known truth: synthesised sentences with silences of set length."""

import numpy as np
import pytest

from rehearse.delivery import measure
from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.delivery import Delivery
from rehearse.domain.sound import Samples, samples, seconds
from rehearse.domain.transcript import Transcript
from rehearse.speech.models import load_transcriber
from rehearse.speech.segmenter import Segmenter
from rehearse.speech.vad import StreamingVad
from rehearse.speech.voice import InterviewerVoice

pytestmark = pytest.mark.e2e

WINDOW = 512
SCRIPT: tuple[float | str, ...] = (
    1.5,
    "We built a model that scores payments for fraud, so that fewer of them are lost.",
    0.8,
    "Then we put it into a container and, um, ran it behind an interface, and, um, so.",
    3.2,
    "For monitoring we watch the latency and compare the data of each day with the training data.",
    1.0,
)
"""Seconds of silence and sentences, in turn. The fillers stand inside: at the very beginning of an utterance the
recogniser leaves them out."""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Delivery, list[tuple[float, float]], Transcript]:
    """The measured delivery, and where each sentence truly is."""
    sound, places = speak(InterviewerVoice())
    segmenter, detector = Segmenter(), StreamingVad()
    folder = tmp_path_factory.mktemp("models")
    transcriber = load_transcriber("tiny.en", models=folder, cache=folder)
    segments = [
        segment
        for start in range(0, len(sound) - WINDOW + 1, WINDOW)
        if (segment := segmenter.push(window := sound[start : start + WINDOW], detector.probability(window.copy())))
    ]
    if last := segmenter.flush():
        segments.append(last)
    transcript = Transcript().with_duration(seconds(len(sound)))
    for segment in segments:
        transcript = transcript.with_utterance(transcriber.transcribe(segment))
    said = [word.text.strip(".,").lower() for word in transcript.words]
    marked = SectionMark("monitoring", SectionState.COVERED, (transcript.quote(said.index("monitoring"), len(said)),))
    return measure(transcript, segmenter.spans, Coverage((marked,), ())), places, transcript


def speak(voice: InterviewerVoice) -> tuple[Samples, list[tuple[float, float]]]:
    """The script as sound, and the start and end of each sentence in it, the voice's own silences taken off."""
    parts: list[Samples] = []
    places, now = [], 0.0
    for part in SCRIPT:
        if isinstance(part, float):
            parts.append(np.zeros(samples(part), np.float32))
        else:
            spoken = trimmed(voice.synthesise(part))
            places.append((now, now + seconds(len(spoken))))
            parts.append(spoken)
        now += seconds(len(parts[-1]))
    return np.concatenate(parts), places


def trimmed(sound: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    return sound[loud[0] : loud[-1] + 1]


def test_pauses_and_the_first_word_are_where_they_are(
    heard: tuple[Delivery, list[tuple[float, float]], Transcript],
) -> None:
    figures, places, _ = heard
    assert figures.time_to_first_word == pytest.approx(1.5, abs=0.25)
    (pause,) = figures.pauses  # the silence of 0.8 s is none
    assert pause.start == pytest.approx(places[1][1], abs=0.3)
    assert pause.end == pytest.approx(places[2][0], abs=0.3)
    assert figures.longest_run == pytest.approx(places[1][1] - places[0][0], abs=0.5)


def test_pace_and_fillers_are_what_was_said(
    heard: tuple[Delivery, list[tuple[float, float]], Transcript],
) -> None:
    figures, places, transcript = heard
    words = sum(len(part.split()) for part in SCRIPT if isinstance(part, str))
    truth = words / (places[-1][1] - places[0][0]) * 60
    assert figures.words_per_minute == pytest.approx(truth, rel=0.06)
    assert [filler.text for filler in figures.fillers] == ["um", "um"], transcript.text
    assert figures.repetitions == ()


def test_the_hesitation_before_monitoring_is_heard(
    heard: tuple[Delivery, list[tuple[float, float]], Transcript],
) -> None:
    figures, places, _ = heard
    (hesitation,) = figures.hesitations
    assert hesitation.at == pytest.approx(places[2][0] + 0.8, abs=0.8)
    assert hesitation.pause == pytest.approx(3.2, abs=0.5)
    assert hesitation.fillers == 1
