"""Paths as terminals hand them over."""

import shlex
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.services.dropped_paths import SOUND_SUFFIXES, dropped_path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "my answer's (first) take.wav"
    path.touch()
    return path


def test_as_it_is(sound: Path) -> None:
    assert dropped_path(str(sound)) == sound
    assert dropped_path(f"  {sound}\n") == sound


def test_quoted_and_escaped(sound: Path) -> None:
    assert dropped_path(shlex.quote(str(sound))) == sound
    assert dropped_path(f'"{sound}"') == sound
    assert (
        dropped_path(str(sound).replace(" ", "\\ ").replace("'", "\\'").replace("(", "\\(").replace(")", "\\)"))
        == sound
    )


def test_as_a_url(sound: Path) -> None:
    assert dropped_path(sound.as_uri()) == sound


def test_home(monkeypatch: pytest.MonkeyPatch, sound: Path) -> None:
    monkeypatch.setenv("HOME", str(sound.parent))
    monkeypatch.setenv("USERPROFILE", str(sound.parent))
    assert dropped_path(f"~/{sound.name}") == sound


def test_what_is_no_single_path_stays_as_typed() -> None:
    assert dropped_path("one.wav two.wav") == Path("one.wav two.wav")
    assert dropped_path("it's.wav") == Path("it's.wav")
    assert dropped_path("") == Path()


@given(st.text(max_size=300) | st.text(max_size=50).map(lambda text: f"file://{text}"))
@example("~nobody-of-that-name/x")
@example("a" * 300)
@example("file://[")
@example("\x00")
def test_it_never_raises(text: str) -> None:
    assert isinstance(dropped_path(text), Path)


def test_suffixes_are_lower_case() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SOUND_SUFFIXES)
