"""How soon the interviewer is heard: from the moment a question is due to its first sample."""

import time
from collections.abc import Callable
from statistics import median
from threading import Event

from rehearse.guides.library import GuideLibrary
from rehearse.services.interviewer import Interviewer
from rehearse.speech.voice import InterviewerVoice
from tests.bench.tables import note, show_table
from tests.e2e.virtual_microphone import NoVirtualMicrophoneError, VirtualMicrophone

QUESTIONS = 8
DUE_SECONDS = 0.3
"""A question that is prepared is heard within so many seconds."""


def run(*, quick: bool) -> None:
    """Print median and worst, prepared and not, through a loudspeaker that exists in software only."""
    try:
        with VirtualMicrophone():
            _measure(2 if quick else QUESTIONS)
    except NoVirtualMicrophoneError as error:
        note(f"The voice isn't measured: {error}.")


def _measure(count: int) -> None:
    guides = [GuideLibrary().load(one) for one in GuideLibrary().ids()]
    questions = [scenario.question for guide in guides for scenario in guide.scenarios][:count]
    interviewer = Interviewer(InterviewerVoice, lambda: None)
    interviewer.prepare(*questions)
    for question in questions:
        _wait(lambda question=question: interviewer._texts.order(question).complete)  # type: ignore[misc]  # no type for a default
    prepared = [_heard_after(interviewer, question) for question in questions]
    cold = [_heard_after(Interviewer(InterviewerVoice, lambda: None), question) for question in questions]
    interviewer.close()
    show_table(
        f"Voice: from due to the first sample, seconds, {len(questions)} questions",
        ["question", "handed over, median", "worst", "leaves the loudspeaker, median", "worst"],
        [
            [name, *(f"{figure:.3f}" for kind in zip(*times, strict=True) for figure in (median(kind), max(kind)))]
            for name, times in (("prepared", prepared), ("not prepared", cold))
        ],
    )
    worst = max(heard for _, heard in prepared)
    note(f"Prepared, the worst is {worst:.3f} s; at most {DUE_SECONDS} s is meant.")


def _heard_after(interviewer: Interviewer, question: str) -> tuple[float, float]:
    """Seconds until the loudspeaker was handed the first sentence, and until its first sample left it."""
    from threading import Thread

    began: list[float] = []
    due = time.perf_counter()
    speaking = Thread(
        target=interviewer.speak, args=(question, Event(), lambda: began.append(time.perf_counter() - due))
    )
    speaking.start()
    _wait(lambda: interviewer._speaking is not None and interviewer._speaking.position > 0)
    heard = time.perf_counter() - due
    interviewer.hush()
    speaking.join()
    return began[0], heard


def _wait(true: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.perf_counter() + seconds
    while not true():
        assert time.perf_counter() < deadline, "the voice says nothing"
        time.sleep(0.001)
