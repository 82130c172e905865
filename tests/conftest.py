"""What every test gets: a home of its own, no colours of the developer's, no network."""

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from rehearse.audio import devices, playback
from rehearse.claims import claim
from rehearse.errors import DeviceError
from tests.fakes import SHARED
from tests.loudspeaker import Loudspeaker

_Socket = socket.socket
INTERNET = (-1, socket.AF_INET, socket.AF_INET6)
"""-1 is what `socket.socket()` takes for AF_INET."""
IN_CI = bool(os.environ.get("CI"))

# How long an example takes says more about what else the machine does than about the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`REHEARSE_HOME` in a temporary folder."""
    home = tmp_path / "home"
    monkeypatch.setenv("REHEARSE_HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-of-others"))
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Python code may open an internet socket; libraries in C are watched by `house/test_offline.py`."""

    class Guarded(_Socket):
        def __init__(self, family: int = -1, *rest: Any, **named: Any) -> None:
            opened = named.get("fileno") is None and len(rest) < 3
            assert not opened or family not in INTERNET, "the network was tried: an internet socket was opened"
            super().__init__(family, *rest, **named)

    monkeypatch.setattr(socket, "socket", Guarded)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled answers and public clips; in CI it must be there."""
    if not SHARED.is_dir():
        if IN_CI:
            pytest.fail(f"{SHARED} is missing, and in CI the tests that use it must run")
        pytest.skip("the folder of labelled answers and clips isn't beside this repository")
    return SHARED


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fitted engines and checked hashes, shared by all tests of a run; one of its processes fits the first guide."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "fitted"
    cache.mkdir(exist_ok=True)
    from rehearse.coverage.engine import load_engine
    from rehearse.guides.library import GuideLibrary

    while (alone := claim(cache)) is None:
        time.sleep(0.1)
    try:
        load_engine(GuideLibrary().load("model-deployment"), cache=cache)
    finally:
        alone.release()
    return cache


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> type[Loudspeaker]:
    """A loudspeaker that plays nothing, and remembers what."""
    Loudspeaker.played, Loudspeaker.hangs, Loudspeaker.when_played = [], False, lambda: None
    monkeypatch.setattr(devices, "find_output", lambda _: None)
    monkeypatch.setattr(playback, "Player", Loudspeaker)
    return Loudspeaker


@pytest.fixture
def no_loudspeaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without one."""

    def refuse(*_: object, **__: object) -> None:
        raise DeviceError("There is no loudspeaker")

    monkeypatch.setattr(devices, "find_output", refuse)
