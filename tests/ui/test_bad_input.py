"""In the app, whatever goes wrong is one clear dialog or line, the app goes on, and nothing said is lost."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.app import App
from textual.widgets import Input

from rehearse.audio.capture import Microphone
from rehearse.audio.sources import SamplesSource
from rehearse.domain.coverage import Coverage
from rehearse.domain.sound import AudioBlock
from rehearse.errors import DeviceError, ModelError
from rehearse.guides.template import template_text
from rehearse.history.answers import AnswerFilter
from rehearse.services.draft import Draft
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from rehearse.speech.transcriber import Transcriber
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.file import FileScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.sources import FileRehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.damaged_files import damaged
from tests.fakes import KeywordAssessor, small_guide
from tests.ui.driving import Buzz, at_home, fake_studio, ready, shown, spoken_a_while, wait_until
from tests.unit.audio.fake_portaudio import BUSY, FakePortAudio, device

SIZE = (80, 24)


def said(app: App[Any]) -> str:
    """The screen's text on one line, so that a sentence is found wherever it wraps."""
    return " ".join(shown(app).replace("│", " ").replace("┃", " ").split())


class Leaving(Buzz):
    """A microphone that the test unplugs."""

    unplugged = False

    def read(self, timeout: float) -> AudioBlock | None:
        if self.unplugged:
            raise DeviceError("The microphone has gone", why="it was unplugged", next_step="Plug it in again.")
        return super().read(timeout)


def with_portaudio(monkeypatch: pytest.MonkeyPatch, home: Path, module: FakePortAudio | None) -> Studio:
    """A studio with the real `Microphone` on a PortAudio of the test's."""
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    studio = fake_studio(home)
    studio.equipment._make_source = Microphone
    return studio


def busy() -> FakePortAudio:
    module = FakePortAudio([device("Desk", inputs=1)])
    module.refuse = lambda _rate, _channels: BUSY
    return module


@pytest.mark.parametrize(
    ("module", "what", "why"),
    [
        (None, "There is no sound: PortAudio is missing", ""),
        (FakePortAudio([]), "There is no microphone", "PortAudio sees no such device"),
        (busy(), "The microphone “Desk” can't be opened", "it is busy: another program uses it"),
    ],
)
async def test_no_microphone_is_one_dialog_and_no_dead_end(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, module: FakePortAudio | None, what: str, why: str
) -> None:
    studio = with_portaudio(monkeypatch, own_home, module)
    app = RehearseApp(studio)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert what in said(app)
        assert why in said(app)
        assert "→" in shown(app), "the next step"
        assert "Without a microphone close this: t types the answer." in said(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "t type" in shown(app))
        assert "Tell me about the first thing" in said(app), "the question is still there"
        assert "t types your answer, q goes back." in said(app)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter", "t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
    assert studio.equipment.store.count(AnswerFilter(status=None)) == 0


async def test_the_microphone_check_says_what_works_without(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = RehearseApp(with_portaudio(monkeypatch, own_home, None))
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("m")
        await wait_until(pilot, lambda: "PortAudio is missing" in said(app))
        assert "d on the home screen shows a demo" in said(app)


async def test_a_microphone_unplugged_while_speaking_keeps_what_was_said(own_home: Path) -> None:
    studio = fake_studio(own_home)
    source = Leaving()
    studio.equipment._make_source = lambda _: source
    app = RehearseApp(studio)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "microphone open" in shown(app))
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: screen.rehearsal is not None and screen.rehearsal.elapsed > 0.6)
        source.unplugged = True
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "The microphone has gone" in said(app)
        assert "Plug it in again" in said(app)
    assert studio.close()
    (left,) = studio.equipment.store.unfinished()
    assert left.recording
    assert left.recording.stat().st_size > 16_000


async def test_altered_weights_are_said_and_the_recording_stays(own_home: Path) -> None:
    def altered() -> Transcriber:
        raise ModelError("The weights model.bin were altered", why="SHA-256", next_step="Install them again.")

    studio = fake_studio(own_home)
    studio.equipment._load_transcriber = altered
    app = RehearseApp(studio)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "The weights model.bin were altered" in said(app)
        assert "Install them again" in said(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not isinstance(app.screen, ErrorDialog))
    assert studio.close()


async def test_a_fault_of_ours_says_where_its_details_are_and_the_app_lives_on(own_home: Path) -> None:
    studio = fake_studio(own_home)

    class Faulty(KeywordAssessor):
        def assess(self, *_: object, **__: object) -> Coverage:
            raise ZeroDivisionError("[b]division[/b] by zero")

    studio.equipment._engines["small"] = Faulty(small_guide())  # type: ignore[assignment]  # as `mark_by_keyword` does
    app = RehearseApp(studio)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        await pilot.press("enter")
        assert isinstance(app.screen, RehearsalScreen)
        rehearsal = app.screen.rehearsal
        assert rehearsal is not None
        await wait_until(pilot, lambda: rehearsal.elapsed > 1.5)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "ZeroDivisionError: [b]division[/b] by zero" in said(app)
        assert "Details saved to" in said(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await ready(pilot, app)
    assert "ZeroDivisionError" in studio.equipment.places.log.read_text(encoding="utf-8")
    (left,) = studio.equipment.store.unfinished()
    assert left.recording
    assert left.recording.stat().st_size > 40_000


async def test_a_damaged_store_is_said_at_the_start(own_home: Path) -> None:
    Places(own_home).create().database.write_bytes(b"no database at all " * 100)
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "is damaged" in said(app)
        assert "doctor --repair" in said(app)
        await pilot.press("enter", "q")
    assert (own_home / "rehearse.db").read_bytes().startswith(b"no database")


async def test_a_data_folder_that_cant_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    app = RehearseApp(fake_studio(tmp_path / "file"))
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "Can't use the data folder" in said(app)
        assert "REHEARSE_HOME" in said(app)
        await pilot.press("enter", "t", "q")
    assert app.return_code in (0, None)


async def test_a_broken_guide_is_named_and_the_others_are_there(own_home: Path) -> None:
    guides = Places(own_home).create().guides
    (guides / "mine.yaml").write_text(
        template_text("mine", "Mine").replace("level: 1", "level: high"), encoding="utf-8"
    )
    app = RehearseApp(Studio(Equipment(Places(own_home), Settings(voice=False, checked_microphone=True))))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "mine.yaml:" in said(app))
        assert "Deploying a model" in said(app)


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10), (10, 3)])
async def test_a_small_window_says_so_and_goes_on_when_it_grows(own_home: Path, size: tuple[int, int]) -> None:
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen.has_class("-too-small"))
        if size[0] >= 40:
            await wait_until(pilot, lambda: f"This window is {size[0]}x{size[1]}; rehearse needs 80x24" in said(app))
            assert shown(app).splitlines()[0].strip().startswith("This window")
            assert not app.screen.show_vertical_scrollbar
        await pilot.resize_terminal(80, 24)
        await ready(pilot, app)
        assert not app.screen.has_class("-too-small")


async def test_a_window_that_shrinks_while_speaking_stops_nothing(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.resize_terminal(50, 10)
        await wait_until(pilot, lambda: "Nothing stops meanwhile" in said(app))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "recording" in shown(app))
        await spoken_a_while(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.wav", "There is no file"),
        ("text.wav", "as sound"),
        ("folder.wav", "is a folder"),
        ("empty.wav", "as sound"),
    ],
)
async def test_a_file_that_isnt_sound(own_home: Path, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "text.wav").write_text("a letter", encoding="utf-8")
    (tmp_path / "empty.wav").touch()
    (tmp_path / "folder.wav").mkdir()
    studio = fake_studio(own_home)
    async with at_home(studio, size=(120, 40)) as (pilot, app):
        await pilot.press("f")
        await wait_until(pilot, lambda: "enter marks it" in shown(app))
        app.screen.query_one(Input).value = str(tmp_path / name)
        app.screen.query_one("Input").focus()
        await pilot.press("enter")
        await wait_until(pilot, lambda: words in said(app))
        await wait_until(pilot, lambda: isinstance(app.screen, FileScreen))
        assert app.screen.query_one(Input).value == str(tmp_path / name)
    assert studio.equipment.store.count(AnswerFilter(status=None)) == 0


async def test_what_a_sound_file_lacks_is_said(own_home: Path, tmp_path: Path) -> None:
    path = damaged(tmp_path / "a [bold].wav")
    app = RehearseApp(
        fake_studio(own_home), lambda: FileRehearsalScreen(small_guide(), small_guide().scenarios[0], path)
    )
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "a [bold].wav holds 1 damaged sample" in said(app))


async def test_settings_that_cant_be_written_hold_for_this_run(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("rehearse.services.settings_file.save_settings", refuse)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot, app)
        app.change_settings(hands_free=True)
        await wait_until(pilot, lambda: "could not be written" in said(app))
        assert studio.equipment.settings.hands_free


async def test_a_draft_that_cant_be_kept_is_said(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = fake_studio(own_home)

    def refuse(_: Draft, __: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Draft, "keep", refuse)
    app = RehearseApp(studio)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press(*"hello")
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: "The draft could not be kept" in said(app))
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("screen", ["home", "t", "h", "m", "s", "question_mark"])
async def test_ctrl_c_leaves_from_anywhere(own_home: Path, screen: str) -> None:
    studio = fake_studio(own_home)
    studio.equipment._make_source = lambda _: SamplesSource(np.zeros(160_000, np.float32), real_time=True)
    app = RehearseApp(studio)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, app)
        if screen != "home":
            before = app.screen
            await pilot.press(screen)
            await wait_until(pilot, lambda: app.screen is not before)
        await pilot.press("ctrl+c")
    assert app.return_code == 130
    assert studio.close()
