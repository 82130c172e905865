"""Settings: read, checked, written; and the user's folders."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.kinds import Mode
from rehearse.errors import SettingsError
from rehearse.settings import Places, Settings, find_places, load_settings, save_settings, settings_from

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")


class TestPlaces:
    """Where things live."""

    def test_rehearse_home_moves_all(self, tmp_path: Path) -> None:
        places = find_places({"REHEARSE_HOME": str(tmp_path / "mine")})
        assert places.home == tmp_path / "mine"
        for place in (places.database, places.recordings, places.guides, places.config, places.models, places.cache):
            assert place.is_relative_to(places.home)

    def test_home_of_ones_own(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        assert find_places({"REHEARSE_HOME": "~/x"}).home == tmp_path / "x"

    @pytest.mark.parametrize("environment", [{}, {"REHEARSE_HOME": ""}])
    def test_the_platforms_folder(self, environment: dict[str, str]) -> None:
        assert find_places(environment).home.name == "rehearse"

    @POSIX
    def test_folders_are_for_their_owner_alone(self, tmp_path: Path) -> None:
        places = Places(tmp_path / "home").create()
        for folder in (places.home, places.recordings, places.guides, places.models, places.cache):
            assert folder.stat().st_mode & 0o777 == 0o700
        places.create()

    def test_a_file_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(SettingsError) as raised:
            Places(tmp_path / "file").create()
        assert str(raised.value).startswith(f"Can't use the data folder {tmp_path / 'file'}: ")
        assert "REHEARSE_HOME" in raised.value.next_step


def read(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / "config.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(path)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_nothing_is_the_defaults(tmp_path: Path, text: str) -> None:
    assert load_settings(tmp_path / "none.yaml") == Settings()
    assert read(tmp_path, text) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mode: fast", "mode is 'fast'. Write coached or exam."),
        ("think_seconds: 4", "think_seconds is 4. Write whole seconds from 5 to 1800, or leave it out."),
        ("answer_seconds: 90.5", "answer_seconds is 90.5. Write whole seconds"),
        ("answer_seconds: true", "answer_seconds is True. Write whole seconds"),
        ("pause_seconds: 1", "pause_seconds is 1. Write whole seconds from 2 to 20."),
        ("pause_seconds: true", "pause_seconds is True. Write whole seconds from 2 to 20."),
        ("pause_seconds: null", "pause_seconds is None. Write whole seconds from 2 to 20."),
        ("voice: maybe", "voice is 'maybe'. Write true or false."),
        ("keep_audio: 3 days", "keep_audio is '3 days'. Write always, 30 days or never."),
        ("keep_audio: [always]", "keep_audio is ['always']. Write always, 30 days or never."),
        ("interview_date: soon", "interview_date is 'soon'. Write a date like 2026-12-03."),
        ("interview_date: 5", "interview_date is 5. Write a date like 2026-12-03, or leave it out."),
        ("interview_date: 2026-02-30", "Can't read"),
        ("model: ''", "model is ''. Write a name."),
        ("device: 3", "device is 3. Write a device's name, or leave it out."),
        ("speed: 3", "unknown setting “speed”. Known are: answer_seconds, checked_microphone,"),
        ("1: 2", "unknown setting “1”."),
        ("- a\n- b", "must hold `name: value` lines. Mend it or delete it."),
        ("just text", "must hold `name: value` lines."),
        ("mode: [", "Can't read"),
        ("mode: !!python/name:os.system", "Can't read"),
        (b"\xff\xfe", "Can't read"),
        ("[" * 5000, "Can't read"),
        ("model: !!int x", "Can't read"),
        ("voice: !!bool x", "Can't read"),
        ("interview_date: !!timestamp x", "Can't read"),
        ("a: &a [*a]", "unknown setting"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, text)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert str(tmp_path / "config.yaml") in str(raised.value)
    assert raised.value.exit_status == 2


def test_a_moment_is_a_date(tmp_path: Path) -> None:
    assert read(tmp_path, "interview_date: 2026-12-03 10:00:00").interview_date == date(2026, 12, 3)


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(SettingsError, match="Can't read"):
        load_settings(tmp_path / "config.yaml")


SCALAR = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.lists(st.integers(), max_size=2)
)


@given(
    st.dictionaries(st.sampled_from(sorted(Settings.__dataclass_fields__)) | st.text(max_size=5), SCALAR, max_size=4)
)
def test_any_values_are_settings_or_a_sentence(raw: dict[str, Any]) -> None:
    try:
        settings = settings_from(raw, "here")
    except SettingsError as error:
        assert str(error).startswith("here: ")
    else:
        assert all(
            getattr(settings, name) == value for name, value in raw.items() if name not in ("interview_date", "mode")
        )


CHOSEN = [
    Settings(),
    Settings(device="USB „Mikrofon“: 2", output="# no remark", model="/a b/c", think_seconds=5, answer_seconds=1800),
    Settings(
        mode=Mode.EXAM,
        voice=False,
        hands_free=True,
        pause_seconds=8,
        follow_ups=False,
        keep_audio="30 days",
        theme="nord",
    ),
    Settings(interview_date=date(2026, 12, 3), remember_corrections=False, checked_microphone=True, device="true"),
]


@pytest.mark.parametrize("settings", CHOSEN)
def test_what_is_written_is_read_again(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "home" / "config.yaml"
    save_settings(settings, path)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["config.yaml"]


@POSIX
def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    save_settings(Settings(theme="nord"), tmp_path / "config.yaml")
    assert (tmp_path / "config.yaml").stat().st_mode & 0o777 == 0o600


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    save_settings(replace(Settings(), theme="nord"), tmp_path / "config.yaml")
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == "theme: nord\n"


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.yaml"
    save_settings(Settings(theme="nord"), path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_settings(Settings(theme="gruvbox"), path)
    monkeypatch.undo()
    assert load_settings(path).theme == "nord"
    assert [file.name for file in tmp_path.iterdir()] == ["config.yaml"]


@POSIX
@pytest.mark.parametrize("before", ["theme: nord\n", "themes: nord\n", None])
def test_a_link_stays_a_link_and_what_it_points_at_is_written(tmp_path: Path, before: str | None) -> None:
    path, real = tmp_path / "home" / "config.yaml", tmp_path / "dotfiles" / "rehearse.yaml"
    for folder in (path.parent, real.parent):
        folder.mkdir()
    path.symlink_to(Path("../dotfiles/rehearse.yaml"))
    if before is not None:
        real.write_text(before, encoding="utf-8")
        real.chmod(0o644)
    save_settings(Settings(theme="gruvbox"), path)
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == "theme: gruvbox\n"
    assert real.stat().st_mode & 0o777 == (0o600 if before is None else 0o644)
    kept = path.with_name("config.yaml.unreadable")
    assert (kept.read_text(encoding="utf-8") if kept.exists() else None) == (
        before if before and "themes" in before else None
    )


def test_a_byte_order_mark_is_no_part_of_the_first_setting(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbftheme: nord\n").theme == "nord"


def test_a_file_that_cannot_be_read_is_kept_when_another_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("themes: nord # my notes\n", encoding="utf-8")
    save_settings(Settings(theme="nord"), path)
    assert load_settings(path) == Settings(theme="nord")
    assert (tmp_path / "config.yaml.unreadable").read_text(encoding="utf-8") == "themes: nord # my notes\n"
