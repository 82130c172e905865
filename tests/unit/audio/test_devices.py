import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from threading import Thread
from time import sleep
from typing import Any

import pytest

from rehearse.audio.devices import (
    find_input,
    find_output,
    input_devices,
    no_device,
    output_devices,
    portaudio,
    refresh,
    remember_stream,
)
from rehearse.errors import DeviceError
from tests.unit.audio.fake_portaudio import FakePortAudio, device

HEADSET = device("USB Headset: Mono (hw:1,0)", inputs=1, outputs=2, rate=48_000)
INTERNAL = device("Internal", inputs=2, outputs=2)
SPEAKER = device("HDMI", outputs=8)


def test_the_default_comes_first_and_outputs_are_no_inputs() -> None:
    library = FakePortAudio([INTERNAL, SPEAKER, HEADSET], default=(2, 1))
    assert [found.name for found in input_devices(library)] == ["USB Headset: Mono (hw:1,0)", "Internal"]
    assert [found.is_default for found in input_devices(library)] == [True, False]
    assert [found.name for found in output_devices(library)] == ["HDMI", "Internal", "USB Headset: Mono (hw:1,0)"]
    assert input_devices(library)[0].rate == 48_000
    assert input_devices(library)[0].index == 2


def test_a_name_is_listed_once_and_the_first_one_counts() -> None:
    library = FakePortAudio([INTERNAL, HEADSET, INTERNAL, HEADSET], default=(1, 0))
    assert [(found.name, found.index) for found in input_devices(library)] == [(HEADSET["name"], 1), ("Internal", 0)]


def test_a_device_is_found_by_name_and_by_a_part_of_it() -> None:
    library = FakePortAudio([INTERNAL, HEADSET, device("internal microphone", inputs=1)])
    assert find_input(None, library).name == "Internal"
    assert find_input("usb headset", library).index == 1
    assert find_input("INTERNAL", library).index == 0, "the whole name goes before a part"
    assert find_output("headset", library).index == 1


def test_without_a_default_the_first_device_is_used() -> None:
    assert find_input(None, FakePortAudio([INTERNAL], default=(-1, -1))).name == "Internal"


def test_a_device_plugged_in_late_is_found() -> None:
    library = FakePortAudio([SPEAKER], later=[SPEAKER, HEADSET])
    assert find_input("headset", library).index == 1
    assert library.refreshes == 1


def test_no_device_at_all_is_said_with_what_to_do() -> None:
    with pytest.raises(DeviceError, match="There is no microphone: PortAudio sees no such device"):
        find_input(None, FakePortAudio([SPEAKER]))
    with pytest.raises(DeviceError, match="There is no loudspeaker"):
        find_output(None, FakePortAudio([]))


def test_a_wrong_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(DeviceError) as caught:
        find_input("studio", FakePortAudio([INTERNAL, HEADSET]))
    assert caught.value.what == "There is no microphone “studio”"
    assert "“Internal”, “USB Headset: Mono (hw:1,0)”" in caught.value.next_step


@pytest.mark.parametrize(
    ("platform", "word"), [("linux", "PipeWire"), ("darwin", "Privacy"), ("win32", "desktop apps")]
)
def test_advice_fits_the_platform(platform: str, word: str) -> None:
    assert word in no_device("input", None, [], platform).next_step


def test_devices_are_not_looked_for_again_while_a_stream_is_open() -> None:
    library = FakePortAudio([INTERNAL])
    stream = library.InputStream(samplerate=16_000, channels=1)
    remember_stream(stream, library)
    assert not refresh(library)
    assert library.refreshes == 0
    stream.close()
    assert refresh(library)
    assert library.refreshes == 1


def test_a_sound_server_that_was_gone_for_a_while_is_found_again() -> None:
    library = FakePortAudio([INTERNAL])
    library.dead = True
    with pytest.raises(DeviceError, match="PortAudio doesn't start"):
        refresh(library)
    with pytest.raises(DeviceError, match="PortAudio doesn't start"):
        input_devices(library)
    library.dead = False
    assert [found.name for found in input_devices(library)] == ["Internal"]
    assert refresh(library), "it isn't terminated twice"


class Refuses(MetaPathFinder):
    """Makes `import sounddevice` fail as it does without the PortAudio library."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def find_spec(self, fullname: str, path: object, target: object = None) -> Any:
        del path, target
        if fullname == "sounddevice":
            raise self.error


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError("PortAudio library not found"), "PortAudio is missing"),
        (RuntimeError("Error initializing PortAudio"), "PortAudio doesn't start"),
    ],
)
def test_missing_portaudio_is_said_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, error: Exception, what: str
) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refuses(error), *sys.meta_path])
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(DeviceError, match=what) as caught:
        portaudio()
    assert caught.value.why == str(error)
    assert caught.value.next_step
    if isinstance(error, OSError):
        assert "libportaudio2" in caught.value.next_step


def test_no_two_threads_are_in_portaudio_at_once() -> None:
    """It lists, opens and ends for one thread at a time; two that looked for devices together ended the process."""
    inside, most = 0, 0

    class Crowded(FakePortAudio):
        def _enter(self) -> None:
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            sleep(0.001)
            inside -= 1

        def query_devices(self) -> Any:
            self._enter()
            return super().query_devices()

        def _terminate(self) -> None:
            self._enter()
            super()._terminate()

        def _initialize(self) -> None:
            self._enter()
            super()._initialize()

    library = Crowded([])

    def look(find: Callable[[str | None, Any], Any]) -> None:
        for _ in range(5):
            with pytest.raises(DeviceError):
                find(None, library)

    threads = [Thread(target=look, args=[find]) for find in (find_input, find_output) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
