"""The settings screen: every change is checked, said in the screen's words, and nothing is deleted unasked."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from rehearse.audio.devices import Device
from rehearse.audio.recording import RecordingWriter
from rehearse.domain.days import LIKE, WEEKDAYS, day_text
from rehearse.domain.kinds import Mode, Source
from rehearse.services.studio import Studio
from rehearse.settings import load_settings
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ConfirmDialog
from rehearse.ui.screens.settings.line import SettingLine
from rehearse.ui.screens.settings.settings import ROWS, SettingsScreen
from tests.answers import begun_answer
from tests.ui.driving import at_home, fake_studio, shown, wait_until

SIZE = (80, 24)


def settings_app(home: Path) -> RehearseApp:
    return RehearseApp(fake_studio(home), SettingsScreen)


async def at_row(pilot: Pilot[Any], name: str) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
    pilot.app.screen.query_one(OptionList).highlighted = [row.name for row in ROWS].index(name)
    await pilot.pause()


def recorded(studio: Studio, number: int) -> list[Path]:
    """Finished answers of long ago with their sound; the first one is starred."""
    studio.equipment.places.create()
    paths = []
    for index in range(number):
        begun = begun_answer(
            studio.equipment.store,
            guide_id="small",
            scenario_id="easy",
            question="?",
            source=Source.MICROPHONE,
            mode=Mode.COACHED,
            settings={},
            now=datetime(2020, 1, 1 + index, tzinfo=UTC),
        )
        assert begun.recording is not None
        with RecordingWriter(begun.recording) as writer:
            writer.append(np.full(1_048_576 // 2, 0.1, np.float32))
        studio.equipment.store.complete(begun)
        if not index:
            studio.equipment.store.star(begun.id)
        paths.append(begun.recording)
    return paths


async def test_the_footer_shows_the_keys(own_home: Path) -> None:
    app = settings_app(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: "←/→ change" in shown(app) and "edit" in shown(app))


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("think_seconds", "3", "Time to think: between 5 and 1800 seconds, not 3."),
        ("answer_seconds", "soon", "Time to answer: between 5 and 1800 seconds, not soon."),
        ("answer_seconds", "²", "Time to answer: between 5 and 1800 seconds, not ²."),
        ("interview_date", "soon", f"Date of the interview: {LIKE}, not soon."),
        ("interview_date", "2020-02-01", "Date of the interview: 2020-02-01 is past"),
    ],
)
async def test_what_cant_be_is_said_and_stays_to_be_mended(own_home: Path, name: str, typed: str, said: str) -> None:
    app = settings_app(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, name)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingLine))
        await pilot.press(*typed, "enter")
        await wait_until(pilot, lambda: said in " ".join(shown(app).replace("│", " ").replace("┃", " ").split()))
        assert app.screen.query_one(Input).value == typed
        app.screen.query_one(Input).value = ""
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert getattr(app.studio.equipment.settings, name) is None


async def test_a_day_is_typed_as_it_is_said(own_home: Path) -> None:
    app = settings_app(own_home)
    tomorrow = date.today() + timedelta(days=1)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "interview_date")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingLine))
        await pilot.press(*WEEKDAYS[tomorrow.weekday()][:3])
        await wait_until(pilot, lambda: f"→ {day_text(tomorrow)}" in shown(app))
        await pilot.press("x")
        await wait_until(pilot, lambda: "→" not in shown(app))
        await pilot.press("backspace", "enter")
        await wait_until(pilot, lambda: day_text(tomorrow) in shown(app) and isinstance(app.screen, SettingsScreen))
        assert app.studio.equipment.settings.interview_date == tomorrow
        assert f"interview_date: {tomorrow.isoformat()}" in app.studio.equipment.places.config.read_text()


async def test_a_stricter_choice_shows_what_it_would_delete_and_no_changes_nothing(own_home: Path) -> None:
    app = settings_app(own_home)
    paths = recorded(app.studio, 3)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "keep_audio")
        await pilot.press("right")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "Delete 3 recordings (3.0 MiB) now?" in shown(app)
        assert "1 of them starred" in shown(app)
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert app.studio.equipment.settings.keep_audio == "always"
        assert all(path.exists() for path in paths)
        await pilot.press("left")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait_until(pilot, lambda: "3 recordings deleted." in shown(app))
        assert load_settings(app.studio.equipment.places.config).keep_audio == "never"
        assert not any(path.exists() for path in paths)


async def test_with_nothing_to_delete_a_stricter_choice_holds_at_once(own_home: Path) -> None:
    app = settings_app(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "keep_audio")
        await pilot.press("right")
        await wait_until(pilot, lambda: app.studio.equipment.settings.keep_audio == "30 days")


async def test_the_speech_model_is_measured_without_a_stack_of_notices(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearse.services.model_choice.measure_model", lambda _places, _model: 0.1)
    app = settings_app(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "model")
        await pilot.press("right", "right", "right", "right")
        await wait_until(pilot, lambda: "tiny.en: keeps up with you: yes, 10 times faster" in shown(app))
        assert not list(app._notifications)


@pytest.mark.parametrize("name", ["device", "output"])
@pytest.mark.parametrize("key", ["right", "left", "enter"])
async def test_a_device_that_is_not_there_is_not_forgotten(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    listed = Event()

    def devices() -> list[Device]:
        listed.wait(10)
        return [Device(0, "Desk", 1, 48_000, is_default=True)]

    monkeypatch.setattr("rehearse.audio.devices.input_devices", devices)
    monkeypatch.setattr("rehearse.audio.devices.output_devices", devices)
    chosen: dict[str, Any] = {name: "Headset"}
    studio = fake_studio(own_home, **chosen)
    app = RehearseApp(studio, SettingsScreen)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, name)
        await pilot.press(key)
        await wait_until(pilot, lambda: getattr(studio.equipment.settings, name) is None)
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        listed.set()
        await wait_until(pilot, lambda: "Desk" in screen._choices[name])
        seen = set()
        for _ in range(3):
            await pilot.press(key)
            seen.add(getattr(studio.equipment.settings, name))
        assert seen == {None, "Desk", "Headset"}


async def test_the_first_screen_shows_what_was_changed(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        assert "0:30 to think" in shown(app)
        assert "coached · speech model" in shown(app)
        await pilot.press("s")
        for name in ("mode", "hands_free"):
            await at_row(pilot, name)
            await pilot.press("right")
        await at_row(pilot, "think_seconds")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingLine))
        await pilot.press("7", "enter")
        await at_row(pilot, "model")
        await pilot.press("q")
        await wait_until(pilot, lambda: "0:07 to think, 1:00 to answer, exam, hands-free  (e: coached)" in shown(app))
        assert "exam · speech model" in shown(app)


async def test_where_there_is_one_value_it_stays(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.devices.input_devices", list)
    monkeypatch.setattr("rehearse.audio.devices.output_devices", list)
    studio = fake_studio(own_home)
    app = RehearseApp(studio, SettingsScreen)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "device")
        before = studio.equipment.settings
        await pilot.press("right")
        await wait_until(pilot, lambda: "There is no other to choose here." in shown(app))
    assert studio.equipment.settings is before


async def test_the_heading_stays_and_values_have_units(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home, think_seconds=30), SettingsScreen)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: "Speech model" in shown(app))
        seen = ""
        for row in ROWS:
            await at_row(pilot, row.name)
            await wait_until(pilot, lambda row=row: row.title in shown(app) and row.help.split()[0] in shown(app))  # type: ignore[misc]  # no type for a default
            assert shown(app).splitlines()[0].strip().startswith("Settings")
            assert "? help" in shown(app).splitlines()[-1]
            seen += shown(app)
        lines = {line.strip().rstrip("▁▂▃▄▅▆▇█ ") for line in seen.splitlines()}
        settings = app.studio.equipment.settings
        for said in (
            "Time to think               30 s",
            "Time to answer              as the scenario says",
            f"Silence that ends it        {settings.pause_seconds} s",
            f"Interview                   {settings.interview_minutes} min",
            f"Follow-ups in an interview  {settings.interview_follow_ups}",
        ):
            assert said in lines, said


async def test_the_theme_is_chosen_here_and_kept(own_home: Path) -> None:
    app = settings_app(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "theme")
        names = sorted(app.available_themes)
        following = names[names.index("textual-dark") + 1]
        await pilot.press("right")
        await wait_until(
            pilot, lambda: app.theme == following and f"Theme                       {following}" in shown(app)
        )
        assert load_settings(app.studio.equipment.places.config).theme == following
        app.theme = "nord"
        await wait_until(pilot, lambda: "Theme                       nord" in shown(app))
        assert load_settings(app.studio.equipment.places.config).theme == "nord"


async def test_a_theme_that_is_unknown_here_stays_among_the_choices(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home, theme="of-elsewhere"), SettingsScreen)
    async with app.run_test(size=SIZE) as pilot:
        await at_row(pilot, "theme")
        await pilot.press("right", "left")
        await wait_until(pilot, lambda: app.studio.equipment.settings.theme == "of-elsewhere")
        assert app.theme in app.available_themes
