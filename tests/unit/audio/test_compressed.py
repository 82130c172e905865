import base64
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio import compressed
from rehearse.audio.compressed import data_uri
from rehearse.audio.files import load_audio
from rehearse.domain.sound import SAMPLE_RATE, Samples


def tone(seconds: float) -> Samples:
    """Half a second of silence, then 440 Hz."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.where(at < 0.5, 0, 0.5 * np.sin(2 * np.pi * 440 * at)).astype(np.float32)


def unpacked(uri: str, folder: Path) -> tuple[str, bytes, Samples]:
    head, _, body = uri.partition(";base64,")
    data = base64.b64decode(body, validate=True)
    path = folder / "sound"
    path.write_bytes(data)
    return head, data, load_audio(path)


def test_sound_becomes_a_small_mp3_on_the_same_time_line(tmp_path: Path) -> None:
    kind, data, heard = unpacked(data_uri(tone(20)), tmp_path)
    assert kind == "data:audio/mpeg"
    assert len(data) == pytest.approx(20 * 4000, rel=0.1)
    assert len(heard) / SAMPLE_RATE == pytest.approx(20, abs=0.1)
    began = np.flatnonzero(np.abs(heard) > 0.1)[0] / SAMPLE_RATE
    assert began == pytest.approx(0.5, abs=0.08)
    spectrum = np.abs(np.fft.rfft(heard[SAMPLE_RATE : 2 * SAMPLE_RATE]))
    assert np.argmax(spectrum) == 440


def test_where_there_is_no_encoder_it_is_wav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_encoder(_: Samples) -> bytes:
        raise ValueError("libmp3lame")

    monkeypatch.setattr(compressed, "_mp3", no_encoder)
    kind, _, heard = unpacked(data_uri(tone(1)), tmp_path)
    assert kind == "data:audio/wav"
    assert heard == pytest.approx(tone(1), abs=1e-4)
