"""A rehearsal without anybody watching."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.errors import DeviceError
from rehearse.live.events import AnswerKept, LiveEvent, PipelineFailed, PipelineReady
from rehearse.services.unattended import run_to_end

ANSWER = Answer("a", "small", "first", "?", datetime(2026, 1, 1, tzinfo=UTC), Source.FILE, Mode.COACHED)


class Played:
    """A rehearsal that reports what it is told to, from a thread of its own, and hears better until it is joined."""

    answer: Answer | None = None

    def __init__(self, emit: Callable[[LiveEvent], object], events: list[LiveEvent]) -> None:
        self.done: list[str] = []
        self._thread = threading.Thread(target=lambda: [emit(event) for event in events])

    def open(self) -> None:
        self.done.append("open")

    def start(self) -> None:
        self.done.append("start")
        self._thread.start()

    def join(self) -> None:
        self._thread.join()
        self.answer = replace(ANSWER, question="heard better")
        self.done.append("join")

    def discard(self) -> None:
        self.done.append("discard")


def run(events: list[LiveEvent]) -> tuple[Answer, Played]:
    made: list[Played] = []

    def make(emit: Callable[[LiveEvent], object]) -> Any:
        made.append(Played(emit, events))
        return made[0]

    return run_to_end(make), made[0]


def test_the_kept_answer_comes_back() -> None:
    answer, played = run([PipelineReady(), AnswerKept(ANSWER, 10, 10, 0)])
    assert answer is played.answer, "its words may be heard better after the marks"
    assert played.done == ["open", "start", "join"]


def test_what_made_it_fail_is_raised() -> None:
    error = DeviceError("The microphone has gone")
    with pytest.raises(DeviceError) as raised:
        run([PipelineReady(), PipelineFailed(error)])
    assert raised.value is error


def test_ctrl_c_puts_the_take_into_the_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Played] = []

    def make(emit: Callable[[LiveEvent], object]) -> Any:
        made.append(Played(emit, []))
        return made[0]

    def interrupted(self: threading.Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Event, "wait", interrupted)
    made_start = Played.start
    monkeypatch.setattr(Played, "start", lambda self: self.done.append("start"))
    with pytest.raises(KeyboardInterrupt):
        run_to_end(make)
    monkeypatch.setattr(Played, "start", made_start)
    assert made[0].done == ["open", "start", "discard"]
