"""Many rehearsals, or hours of quiz keys, in a process of their own, and what it holds on to meanwhile.

`python -m tests.house.soaking WHAT FOLDER COUNT [leaking]` prints what was held before, after a quarter of them, after
all of them, and once everything was closed. `leaking` lets nothing go, to show that it would be seen.
"""

import asyncio
import gc
import json
import os
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import numpy as np
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.cards import ChoiceCard
from rehearse.domain.kinds import Source
from rehearse.domain.rehearsal import plan_for
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import ModelError
from rehearse.guides.library import GuideLibrary
from rehearse.live.rehearsal import Rehearsal
from rehearse.memory import return_freed_memory
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.session import QuizSession
from rehearse.services.studio import Studio
from rehearse.services.unattended import keep_file, run_to_end
from rehearse.speech.transcriber import Transcriber
from rehearse.speech.vad import StreamingVad
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.history import HistoryScreen
from tests.fakes import ask_from, mark_by_keyword
from tests.ui.driving import fake_studio, wait_until
from tests.ui.quiz.asking import Clock
from tests.unit.live.support import EndlessSource
from tests.unit.quiz.support import right

GUIDE = "model-deployment"
KEY_SECONDS = 10
"""Between two keys of the quiz: 8 hours are 2880 of them."""


@dataclass(frozen=True)
class Held:
    """What the process holds; None where the system doesn't say."""

    turn: int
    objects: int
    """Bytes that Python and NumPy have asked for since the start, by tracemalloc; 0 where it isn't running."""
    widgets: int
    """Textual's, alive although they are on no screen."""
    resident: int | None
    """Bytes of the whole process, libraries in C included."""
    threads: list[str]
    handles: list[str] | None
    """What the open file descriptors lead to."""


def held(turn: int) -> Held:
    """Now; what is free already, and only waits to be used again, isn't counted."""
    gc.collect()
    return_freed_memory()
    statm, descriptors = Path("/proc/self/statm"), Path("/proc/self/fd")
    return Held(
        turn,
        tracemalloc.get_traced_memory()[0],
        sum(isinstance(one, Widget) and not one.is_attached for one in gc.get_objects()),
        int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else None,
        sorted(thread.name for thread in threading.enumerate()),
        sorted(_open_files(descriptors)) if descriptors.exists() else None,
    )


def _open_files(descriptors: Path) -> Iterator[str]:
    for link in list(descriptors.iterdir()):
        with suppress(OSError):  # the one that lists them is gone
            yield str(link.readlink())


class Leak:
    """Holds on to something of each kind at every turn."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "forgotten"
        self._kept: list[Any] = []

    def drip(self) -> None:
        threading.Thread(target=Event().wait, name="forgotten", daemon=True).start()
        self._kept += [bytearray(20_000), StreamingVad(), self._file.open("w"), Static()]


def voice(length: float) -> Samples:
    """Buzzing vowels of so many seconds, which the real detector takes for a voice: pulses through three resonances."""
    pitch = 120 + 12 * np.sin(np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE * 4.4)
    pulses = np.diff(np.floor(np.cumsum(pitch) / SAMPLE_RATE), prepend=0.0)
    ringing = np.arange(1600) / SAMPLE_RATE
    spoken = []
    vowels = cycle(((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480)))
    for start, formants in zip(range(0, len(pulses), SAMPLE_RATE // 5), vowels, strict=False):
        vowel = pulses[start : start + SAMPLE_RATE // 5]
        for formant in formants:
            vowel = np.convolve(vowel, np.exp(-300 * ringing) * np.sin(2 * np.pi * formant * ringing))[: len(vowel)]
        spoken.append(vowel / np.abs(vowel).max() * np.sqrt(np.hanning(len(vowel))))
    return (0.3 * np.concatenate(spoken)).astype(np.float32)


class Rehearsals:
    """Rehearsals of every kind of end; real are the files, the detector, the recorder and the store."""

    def __init__(self, folder: Path) -> None:
        self.studio = fake_studio(folder / "home")
        self._guide = self.studio.equipment.library.load("small")
        self._scenario = self._guide.scenarios[0]
        self._sound = folder / "answer.wav"
        silence = np.zeros(SAMPLE_RATE // 2, np.float32)
        with RecordingWriter(self._sound) as writer:
            writer.append(np.concatenate([silence, voice(0.8), silence, silence]))
        self._kinds = cycle([self.finished, self.discarded, self.finished, self.rescued, self.without_a_model])

    def turn(self) -> None:
        next(self._kinds)()

    def finished(self) -> None:
        answer = keep_file(self.studio, self._guide, self._scenario, self._sound)
        assert answer.transcript.words, "the detector heard a voice"
        assert self.studio.overview(datetime.now(UTC)).latest_key == "small/first"

    def discarded(self) -> None:
        rehearsal = self._speaking()
        rehearsal.pause()
        rehearsal.resume()
        assert rehearsal.discard()
        assert rehearsal.join(20)

    def rescued(self) -> None:
        rehearsal = self._speaking()
        rehearsal.abandon()
        assert rehearsal.join(20)
        plan, begun = rehearsal.plan, rehearsal.answer
        assert begun is not None
        run_to_end(lambda emit: self.studio.recover(plan, begun, emit=emit, cancelled=Event()))

    def without_a_model(self) -> None:
        def altered() -> Transcriber:
            raise ModelError("The speech model was altered")

        usual, self.studio.equipment._load_transcriber = self.studio.equipment._load_transcriber, altered
        with suppress(ModelError):
            keep_file(self.studio, self._guide, self._scenario, self._sound)
        self.studio.equipment._load_transcriber = usual

    def _speaking(self) -> Rehearsal:
        source = EndlessSource()
        plan = plan_for(self._guide, self._scenario, Source.MICROPHONE)
        rehearsal = self.studio.rehearsals.begin(plan, source, lambda _: None)
        rehearsal.open()
        rehearsal.start()
        assert source.second.wait(20)
        return rehearsal

    def close(self) -> None:
        assert self.studio.close()
        self.studio.equipment.store.close()


def quiz_studio(folder: Path) -> Studio:
    """With a shipped guide's cards; nothing of it is fitted or loaded."""
    studio, guide = fake_studio(folder / "home"), GuideLibrary().load(GUIDE)
    ask_from(studio.equipment, guide)
    mark_by_keyword(studio.equipment, guide)
    return studio


class Sessions:
    """One session of the quiz after another; a turn is a key."""

    def __init__(self, folder: Path) -> None:
        self.studio = quiz_studio(folder)
        self._clock, self._random = Clock(), Random(1)
        sections = [section.id for section in self.studio.equipment.library.load(GUIDE).sections]
        self._modes = cycle([
            (QuizMode.DUE, None), (QuizMode.LONG_BLITZ, None), *((QuizMode.SECTION, one) for one in sections)
        ])  # fmt: skip
        self._session: QuizSession | None = None

    def turn(self) -> None:
        self._clock.on(seconds=KEY_SECONDS)
        now, session = self._clock(), self._session
        if session is None:
            mode, section = next(self._modes)
            self._session = self.studio.quiz(GUIDE, mode=mode, section_id=section, now=now, random=self._random)
            self._session.next(now)
        elif session.current is None:
            session.summary(now)
            self._session = None
        elif session.verdict is None:
            knows = self._random.random() < 0.7
            if session.answer(right(session.current) if knows else None, now) is None:
                session.next(now)
        elif self._random.random() < 0.1:
            session.undo(now)
        else:
            session.next(now)

    def close(self) -> None:
        assert self.studio.close()
        self.studio.equipment.store.close()


def key_for(screen: QuizScreen, random: Random) -> str:
    """The next key of somebody who knows seven of ten cards, and now and then looks at everything else."""
    session = screen.session
    if screen.summary is not None or session is None or session.current is None:
        return random.choice("dbB")
    if session.verdict is not None:
        return random.choice(["space"] * 7 + ["u"])
    card = session.current.card
    if isinstance(card, ChoiceCard):
        return str(session.current.options.index(card.answer) + 1) if random.random() < 0.7 else "0"
    return "enter"


async def on_the_screen(count: int, folder: Path, after_each: Callable[[int], None]) -> None:
    """The app's own quiz, by keys, with a look into other rooms; a key comes as soon as the last has done something."""
    studio, clock, random = quiz_studio(folder), Clock(), Random(1)
    screen = QuizScreen(GUIDE, now=clock, seed=4)

    def state() -> list[object]:
        session = screen.session
        return [session, screen.summary, *([session.current, session.verdict] if session else [])]

    guide = studio.equipment.library.load(GUIDE)
    rooms: Iterator[Callable[[], Screen[Any]]] = cycle([
        lambda: TypedScreen(guide, studio.plan(guide, guide.scenarios[0])), HistoryScreen, lambda: HelpDialog(screen)
    ])  # fmt: skip
    async with RehearseApp(studio, lambda: screen).run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: screen.session is not None)
        for number in range(1, count + 1):
            before = state()
            if not (screen.session and screen.session.is_over(clock())) or screen.summary:
                pilot.app.simulate_key(key_for(screen, random))  # else a blitz ends by itself
            with suppress(TimeoutError):  # a space may only show what is below
                async with asyncio.timeout(0.5):
                    while all(now is then for now, then in zip(state(), before, strict=True)):
                        await asyncio.sleep(0.002)
            clock.on(seconds=KEY_SECONDS)
            if number % 10 == 0:
                await pilot.app.push_screen(next(rooms)())
                await pilot.pause()
                await pilot.app.pop_screen()
                await pilot.pause()
            after_each(number)
    assert len(studio.equipment.reviews.states([GUIDE])) >= 10, "keys arrived"
    assert studio.close()
    studio.equipment.store.close()


def soak(what: str, folder: Path, count: int, leak: Leak | None) -> list[Held]:
    """After a quarter, after all, and when everything is closed; before that, what was there at the start."""
    found = [held(0)]

    def after_each(turn: int) -> None:
        if leak:
            leak.drip()
        if turn in (count // 4, count):
            found.append(held(turn))

    if what == "screen":
        asyncio.run(on_the_screen(count, folder, after_each))
    else:
        work = Rehearsals(folder) if what == "rehearsals" else Sessions(folder)
        for turn in range(1, count + 1):
            work.turn()
            after_each(turn)
        work.close()
        del work
    return [*found, held(count)]


if __name__ == "__main__":
    what, folder, count, *leaking = sys.argv[1:]
    if what != "screen":  # drawing takes three times as long with it, and fills caches for a thousand keys
        tracemalloc.start()
    found = soak(what, Path(folder), int(count), Leak(Path(folder)) if leaking else None)
    print(json.dumps([asdict(one) for one in found]))
