"""Fixtures of the end-to-end tests."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.e2e.virtual_microphone import NoVirtualMicrophoneError, VirtualMicrophone


@pytest.fixture(scope="session")
def _pulseaudio() -> Iterator[VirtualMicrophone]:
    with ExitStack() as closing:
        try:
            microphone = closing.enter_context(VirtualMicrophone())
        except NoVirtualMicrophoneError as error:
            if os.environ.get("CI"):
                pytest.fail(f"the virtual microphone must run in CI: {error}")
            pytest.skip(f"no virtual microphone: {error}")
        yield microphone


@pytest.fixture
def virtual_microphone(_pulseaudio: VirtualMicrophone) -> VirtualMicrophone:
    """A microphone to speak into, plugged in and not muted. Skips where there can be none; in CI it fails."""
    _pulseaudio.plug_in()
    _pulseaudio.mute(muted=False)
    return _pulseaudio
