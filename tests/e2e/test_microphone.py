"""The real microphone code, PortAudio and all, against a virtual microphone."""

import numpy as np
import pytest

from rehearse.audio.capture import Microphone
from rehearse.audio.files import load_audio
from rehearse.domain.sound import SAMPLE_RATE, Samples
from tests.e2e.virtual_microphone import VirtualMicrophone
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
