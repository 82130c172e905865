"""The real microphone code, PortAudio and all, against a virtual microphone."""

import numpy as np
import pytest

from rehearse.audio.capture import Microphone
from rehearse.audio.files import load_audio
from rehearse.domain.sound import SAMPLE_RATE, Samples
from tests.e2e.virtual_microphone import VirtualMicrophone, wait_until
from tests.fakes import SHARED

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def speech() -> Samples:
    """Eleven seconds of a real voice."""
    return load_audio(SHARED / "audio" / "jfk.flac")


def test_what_is_spoken_arrives(virtual_microphone: VirtualMicrophone, speech: Samples) -> None:
    microphone = Microphone()
    microphone.open()
    parts = []
    try:
        first = microphone.read(10.0)
        assert first is not None
        speaking = virtual_microphone.speak(speech[: 3 * SAMPLE_RATE], wait=False)
        while speaking.poll() is None:
            if block := microphone.read(0.1):
                parts.append(block.samples)
    finally:
        microphone.close()
    heard = np.concatenate(parts)
    assert float(np.max(np.abs(heard))) > 0.3
    assert microphone.overflows == 0


@pytest.mark.usefixtures("virtual_microphone")
def test_it_is_heard_again_after_the_sound_server_came_back() -> None:
    with VirtualMicrophone() as pulseaudio:
        microphone = Microphone()
        microphone.open()
        heard = []

        def sounds() -> bool:
            block = microphone.read(0.1)
            heard.append(0 if block is None else len(block.samples))
            return block is not None

        def troubled() -> bool:
            sounds()
            return microphone.trouble is not None

        try:
            wait_until(sounds, "the first sound")
            pulseaudio.crash()
            wait_until(troubled, "the crash is noticed")
            pulseaudio.restart()
            wait_until(sounds, "sound comes again")
            assert microphone.trouble is None
            assert sum(heard) == microphone.frames_delivered
        finally:
            microphone.close()
