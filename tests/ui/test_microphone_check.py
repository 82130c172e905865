"""The microphone check by keys alone: left while it opens, decoding, failing, another device."""

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import DeviceError, ModelError
from rehearse.services.studio import Studio
from rehearse.speech.transcriber import Hurry, Spoken, nobody_waits
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.rehearse import microphone
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen, Step
from rehearse.ui.screens.settings.settings import SettingsScreen
from rehearse.ui.widgets.keys_footer import KeysFooter
from tests.fakes import ScriptedTranscriber
from tests.ui.driving import Buzz, fake_studio, shown, wait_until


class Reluctant(Buzz):
    """Opens only when it may, as a headset that has to be found first."""

    def __init__(self) -> None:
        super().__init__()
        self.opening, self.may_open, self.closed = threading.Event(), threading.Event(), threading.Event()

    def open(self) -> None:
        self.opening.set()
        assert self.may_open.wait(10)
        super().open()

    def close(self) -> None:
        self.closed.set()
        super().close()


class Ponderous(ScriptedTranscriber):
    """Takes until it may."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.may_end = threading.Event()

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        assert self.may_end.wait(10)
        return super().transcribe(segment, before)


@asynccontextmanager
async def checking(
    studio: Studio, make_source: Callable[[str | None], Buzz] = lambda _: Buzz()
) -> AsyncIterator[tuple[Pilot[Any], MicrophoneScreen]]:
    studio.equipment._make_source = make_source
    app = RehearseApp(studio, MicrophoneScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, MicrophoneScreen))
        assert isinstance(app.screen, MicrophoneScreen)
        yield pilot, app.screen


def keys(screen: Widget) -> str:
    """What the footer offers."""
    footer = screen.query_one(KeysFooter)
    return " ".join(str(getattr(key, "description", "")) for key in footer.children)


async def test_leaving_while_it_opens_closes_it(own_home: Path) -> None:
    source = Reluctant()
    async with checking(fake_studio(own_home), lambda _: source) as (pilot, screen):
        await wait_until(pilot, source.opening.is_set)
        await pilot.press("q")
        await wait_until(pilot, lambda: not screen.is_running)
        source.may_open.set()
        await wait_until(pilot, source.closed.is_set)
    assert "rehearse-check" not in {thread.name for thread in threading.enumerate()}


async def test_another_device_chosen_while_it_opens_closes_the_first(own_home: Path) -> None:
    made: list[Reluctant] = []

    def make(_: str | None) -> Reluctant:
        made.append(Reluctant())
        return made[-1]

    async with checking(fake_studio(own_home), make) as (pilot, screen):
        await wait_until(pilot, lambda: bool(made) and made[0].opening.is_set())
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
        await pilot.press("q")
        await wait_until(pilot, lambda: len(made) == 2 and made[1].opening.is_set())
        for one in made:
            one.may_open.set()
        await wait_until(pilot, lambda: screen.step is Step.LISTENING)
        await wait_until(pilot, made[0].closed.is_set)
        assert not made[1].closed.is_set()
        await pilot.press("q")
        await wait_until(pilot, made[1].closed.is_set)


async def test_what_is_decoded_is_no_longer_recorded(own_home: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(microphone, "SECONDS", 0.2)
    studio = fake_studio(own_home)
    ponderous = Ponderous(["I exported it to ONNX"])
    studio.equipment._load_transcriber = lambda: ponderous
    async with checking(studio) as (pilot, screen):
        await wait_until(pilot, lambda: screen.step is Step.LISTENING)
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.step is Step.DECODING)
        await wait_until(pilot, lambda: "working out what you said" in shown(pilot.app))
        assert "Speak now" not in shown(pilot.app)
        await pilot.press("space")
        assert screen.step is Step.DECODING, "one at a time"
        ponderous.may_end.set()
        await wait_until(pilot, lambda: "I heard: “I exported it to ONNX”" in shown(pilot.app))


async def test_the_heading_names_the_device_that_is_listened_to(own_home: Path) -> None:
    async with checking(fake_studio(own_home)) as (pilot, screen):
        await wait_until(pilot, lambda: screen.step is Step.LISTENING)
        assert "default device" in shown(pilot.app)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
        screen.rehearse.change_settings(device="Headset")
        await pilot.press("q")
        await wait_until(pilot, lambda: pilot.app.screen is screen and "Headset" in shown(pilot.app))
        assert "default device" not in shown(pilot.app)


async def test_a_microphone_that_failed_is_tried_again_and_isnt_taken_for_checked(own_home: Path) -> None:
    plugged = threading.Event()

    def make(_: str | None) -> Buzz:
        if not plugged.is_set():
            raise DeviceError("There is no microphone", next_step="Plug one in.")
        return Buzz()

    studio = fake_studio(own_home, checked_microphone=False)
    async with checking(studio, make) as (pilot, screen):
        await wait_until(pilot, lambda: "There is no microphone" in shown(pilot.app))
        await wait_until(pilot, lambda: "try again" in keys(screen))
        assert "record" not in keys(screen)
        plugged.set()
        await pilot.press("space")
        await wait_until(pilot, lambda: "The microphone is open" in shown(pilot.app))
        await wait_until(pilot, lambda: "record" in keys(screen) and "try again" not in keys(screen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: not screen.is_attached)
    assert studio.equipment.settings.checked_microphone


async def test_going_on_without_a_microphone_leaves_the_check_to_be_done(own_home: Path) -> None:
    def none(_: str | None) -> Buzz:
        raise DeviceError("There is no microphone", next_step="Plug one in.")

    studio = fake_studio(own_home, checked_microphone=False)
    async with checking(studio, none) as (pilot, screen):
        await wait_until(pilot, lambda: screen.step is Step.FAILED)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not screen.is_attached)
    assert not studio.equipment.settings.checked_microphone


async def test_a_speech_model_that_doesnt_load_isnt_put_on_the_microphone(own_home: Path, monkeypatch: Any) -> None:
    def broken() -> Any:
        raise ModelError("The model base is incomplete", next_step="Fetch it again.")

    monkeypatch.setattr(microphone, "SECONDS", 0.2)
    studio = fake_studio(own_home)
    studio.equipment._load_transcriber = broken
    async with checking(studio) as (pilot, screen):
        await wait_until(pilot, lambda: screen.step is Step.LISTENING)
        await pilot.press("space")
        await wait_until(pilot, lambda: "The model base is incomplete" in shown(pilot.app))
        assert "Without a microphone" not in shown(pilot.app)
        assert "The microphone itself works" in shown(pilot.app)
        assert "record" in keys(screen)
