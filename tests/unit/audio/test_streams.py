from typing import Any

import pytest

from rehearse.audio.devices import Kind
from rehearse.audio.streams import open_stream
from rehearse.errors import DeviceError
from tests.unit.audio.fake_portaudio import BAD_CHANNELS, BAD_RATE, BUSY, GONE, HOST, FakePortAudio, device


def opened(library: FakePortAudio, kind: Kind = "input") -> tuple[Any, int, str]:
    return open_stream(kind, None, 16_000, library, callback=lambda *_: None)


def test_the_wanted_rate_in_mono_where_the_device_can() -> None:
    stream, rate, name = opened(FakePortAudio([device("Mic", inputs=2)]))
    assert (rate, stream.channels, name) == (16_000, 1, "Mic")
    assert stream.settings["dtype"] == "float32"
    assert stream.stopped, "the caller starts it"


@pytest.mark.parametrize(
    ("takes", "expected"),
    [
        ({(48_000, 1), (48_000, 2)}, (48_000, 1)),
        ({(48_000, 2), (48_000, 6)}, (48_000, 2)),
        ({(48_000, 6)}, (48_000, 6)),
    ],
)
def test_otherwise_the_devices_own_format(takes: set[tuple[int, int]], expected: tuple[int, int]) -> None:
    library = FakePortAudio([device("Array", inputs=6, rate=48_000)])

    def refuse(rate: int, channels: int) -> int | None:
        if (rate, channels) in takes:
            return None
        return BAD_RATE if rate != 48_000 else BAD_CHANNELS

    library.refuse = refuse
    stream, rate, _ = opened(library)
    assert (rate, stream.channels) == expected


def test_a_device_that_takes_no_format_is_refused() -> None:
    library = FakePortAudio([device("Odd", inputs=2)])
    library.refuse = lambda _rate, _channels: BAD_RATE
    with pytest.raises(DeviceError, match="The microphone “Odd” can't be opened: the driver said no"):
        opened(library)


def test_busy_is_said_at_once() -> None:
    library = FakePortAudio([device("Mic", inputs=2)])
    tried = []

    def refuse(rate: int, channels: int) -> int:
        tried.append((rate, channels))
        return BUSY

    library.refuse = refuse
    with pytest.raises(DeviceError, match="it is busy: another program uses it") as caught:
        opened(library)
    assert "Close that program" in caught.value.next_step
    assert tried == [(16_000, 1)]


def test_a_host_error_carries_the_hosts_words() -> None:
    library = FakePortAudio([device("Out", outputs=2)])
    library.refuse = lambda _rate, _channels: HOST
    with pytest.raises(DeviceError, match="The loudspeaker “Out” can't be opened: the driver said no"):
        opened(library, "output")


def test_an_old_list_of_devices_is_made_anew() -> None:
    gone, new = device("Unplugged", inputs=1), device("New default", inputs=1)
    library = FakePortAudio([gone], later=[new])
    library.refuse = lambda _rate, _channels: GONE if library.refreshes == 0 else None
    stream, _, name = opened(library)
    assert name == "New default"
    assert stream.settings["device"] == 0


def test_a_device_that_is_gone_for_good_is_said_so() -> None:
    library = FakePortAudio([device("Mic", inputs=1)])
    library.refuse = lambda _rate, _channels: GONE
    with pytest.raises(DeviceError, match="it isn't there any more"):
        opened(library)
    assert library.refreshes == 1
