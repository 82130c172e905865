import numpy as np
import pytest

from rehearse.audio.capture import Microphone
from rehearse.audio.devices import remember_stream
from rehearse.audio.route import RouteWatch, Source
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.errors import DeviceError
from tests.unit.audio.fake_portaudio import BAD_RATE, BUSY, GONE, FakePortAudio, FakeStream, device


class Clock:
    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def tone(seconds: float, rate: int = SAMPLE_RATE, hertz: float = 440.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def opened(library: FakePortAudio, clock: Clock | None = None) -> tuple[Microphone, FakeStream]:
    microphone = Microphone(now=clock or Clock(), library=library)
    microphone.open()
    (stream,) = library.streams
    assert stream.active
    return microphone, stream


def drained(microphone: Microphone) -> list[AudioBlock]:
    blocks = []
    while (block := microphone.read(0.0)) is not None:
        blocks.append(block)
    return blocks


@pytest.fixture
def library() -> FakePortAudio:
    return FakePortAudio([device("Mic", inputs=2)])


def test_blocks_come_out_as_they_went_in(library: FakePortAudio) -> None:
    microphone, stream = opened(library)
    sound = tone(0.5)
    for start in range(0, len(sound), 800):
        stream.bring(sound[start : start + 800])
    blocks = drained(microphone)
    assert [block.first_sample for block in blocks] == list(range(0, len(sound), 800))
    np.testing.assert_array_equal(np.concatenate([block.samples for block in blocks]), sound)
    assert microphone.frames_delivered == microphone.frames_captured == len(sound)


def test_nothing_within_the_timeout_is_none(library: FakePortAudio) -> None:
    microphone, _ = opened(library)
    assert microphone.read(0.0) is None
    assert not microphone.ended


def test_what_waits_is_still_there_after_close(library: FakePortAudio) -> None:
    microphone, stream = opened(library)
    stream.bring(tone(0.1))
    microphone.close()
    microphone.close()
    assert stream.closed
    assert not microphone.ended
    assert [len(block.samples) for block in drained(microphone)] == [1600]
    assert microphone.ended
    assert microphone.read(10.0) is None, "must not wait for what can't come"


def test_where_the_device_lost_sound_is_marked(library: FakePortAudio) -> None:
    microphone, stream = opened(library)
    for overflow in (False, True, False, True):
        stream.bring(tone(0.05), overflow=overflow)
    assert [block.overflowed for block in drained(microphone)] == [False, True, False, True]


def test_a_device_of_another_rate_is_resampled_without_seams() -> None:
    library = FakePortAudio([device("Array", inputs=4, rate=44_100)])
    library.refuse = lambda rate, channels: None if (rate, channels) == (44_100, 2) else BAD_RATE
    microphone, stream = opened(library)
    left = tone(2.0, 44_100)
    frames = np.stack([left, left], axis=1)
    for start in range(0, len(frames), 2205):
        stream.bring(frames[start : start + 2205])
    microphone.close()
    blocks = drained(microphone)
    heard = np.concatenate([block.samples for block in blocks])
    assert microphone.frames_captured == 2 * SAMPLE_RATE
    assert abs(microphone.frames_delivered - 2 * SAMPLE_RATE) <= 1
    assert [block.first_sample for block in blocks] == [
        sum(len(before.samples) for before in blocks[:i]) for i in range(len(blocks))
    ]
    expected = tone(2.0)
    inner = slice(200, 2 * SAMPLE_RATE - 200)
    assert float(np.max(np.abs(heard[inner] - expected[inner]))) < 0.01


def test_two_channels_become_their_mean() -> None:
    library = FakePortAudio([device("Stereo only", inputs=2, rate=SAMPLE_RATE)])
    library.refuse = lambda _rate, channels: None if channels == 2 else BAD_RATE
    microphone, stream = opened(library)
    stream.bring(np.array([[0.5, 0.25], [0.25, 0.25], [-1.0, -0.5]], np.float32))
    (block,) = drained(microphone)
    np.testing.assert_allclose(block.samples, [0.375, 0.25, -0.75])


def test_channels_that_cancel_each_other_are_heard_and_samples_that_are_no_numbers_are_not() -> None:
    library = FakePortAudio([device("Crossed wires", inputs=2, rate=SAMPLE_RATE)])
    library.refuse = lambda _rate, channels: None if channels == 2 else BAD_RATE
    microphone, stream = opened(library)
    stream.bring(np.array([[0.5, -0.5], [np.nan, np.inf], [-1.0, 1.0]], np.float32))
    (block,) = drained(microphone)
    np.testing.assert_allclose(block.samples, [0.5, 0.0, -1.0])


def test_a_stall_is_trouble_until_sound_comes_again(library: FakePortAudio) -> None:
    clock = Clock()
    microphone, stream = opened(library, clock)
    stream.bring(tone(0.1))
    assert microphone.trouble is None
    clock.seconds += 2.0
    assert microphone.trouble is not None
    assert microphone.trouble.what == "The microphone has stopped"
    stream.bring(tone(0.1))
    assert microphone.trouble is None


def test_zeros_are_trouble_until_a_sample_is_not_zero(library: FakePortAudio) -> None:
    microphone, stream = opened(library)
    for _ in range(31):
        stream.bring(np.zeros(1600, np.float32))
    drained(microphone)
    assert microphone.trouble is not None
    assert microphone.trouble.what == "The microphone delivers only silence"
    stream.bring(tone(0.1))
    drained(microphone)
    assert microphone.trouble is None


def test_a_stream_that_ends_by_itself_is_trouble_and_a_closed_one_is_not(library: FakePortAudio) -> None:
    microphone, stream = opened(library)
    stream.bring(tone(0.1))
    stream.die()
    assert microphone.trouble is not None
    microphone.close()
    assert microphone.trouble is None


def test_before_it_is_open_there_is_no_trouble() -> None:
    assert Microphone().trouble is None


def test_a_device_that_does_not_start_is_closed_again(library: FakePortAudio) -> None:
    library.start_error = BUSY
    microphone = Microphone(library=library)
    with pytest.raises(DeviceError, match="it is busy"):
        microphone.open()
    assert library.streams[0].closed


def test_a_wrong_name_is_an_error_before_anything_opens(library: FakePortAudio) -> None:
    with pytest.raises(DeviceError, match="no microphone “elsewhere”"):
        Microphone("elsewhere", library=library).open()
    assert not library.streams


def test_what_a_monitor_brings_is_dropped(library: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RouteWatch, "_follow", lambda _: None)
    source = Source("mic")
    clock = Clock()
    microphone = Microphone(now=clock, library=library, look=lambda: source)
    microphone.open()
    (stream,) = library.streams
    stream.bring(tone(0.1))
    source = Source("speaker.monitor", monitor=True)
    microphone._route.look()
    assert drained(microphone) == [], "what is only read now may have come from it"
    stream.bring(tone(0.3))
    assert drained(microphone) == []
    assert microphone.trouble is not None
    assert microphone.trouble.what == "The microphone is gone"
    source = Source("mic")
    microphone._route.look()
    stream.bring(tone(0.1))
    assert drained(microphone) == [], "its last samples may still be on their way"
    clock.seconds += 0.4
    stream.bring(tone(0.2))
    (block,) = drained(microphone)
    assert (block.first_sample, len(block.samples)) == (0, 3200), "it goes on without a gap"
    assert microphone.trouble is None


def test_why_it_doesnt_come_back_is_said(library: FakePortAudio) -> None:
    clock = Clock()
    microphone, stream = opened(library, clock)
    stream.bring(tone(0.1))
    drained(microphone)
    stream.die()
    microphone.read(0.0)
    library.refuse = lambda _rate, _channels: BUSY
    clock.seconds += 1.1
    microphone.read(0.0)
    assert microphone.trouble is not None
    assert microphone.trouble.why == "it is busy: another program uses it"
    library.refuse = lambda _rate, _channels: None
    clock.seconds += 1.1
    microphone.read(0.0)
    library.streams[-1].bring(tone(0.1))
    assert microphone.trouble is None


class TestComingBack:
    """A stream that has stopped is opened anew from `read`."""

    def test_a_dead_stream_is_replaced_after_a_second(self, library: FakePortAudio) -> None:
        clock = Clock()
        microphone, dead = opened(library, clock)
        dead.bring(tone(0.1))
        dead.die()
        drained(microphone)
        assert len(library.streams) == 1, "callbacks may come again by themselves"
        clock.seconds += 1.1
        assert microphone.read(0.0) is None
        assert dead.closed
        assert library.refreshes == 1, "a device plugged in since is found"
        assert microphone.trouble is not None, "until sound comes"
        library.streams[1].bring(tone(0.2))
        (block,) = drained(microphone)
        assert microphone.trouble is None
        assert block.first_sample == 1600
        assert microphone.frames_captured == microphone.frames_delivered == 4800

    def test_it_is_tried_every_second_until_it_works(self, library: FakePortAudio) -> None:
        clock = Clock()
        microphone, stream = opened(library, clock)
        stream.die()
        tried: list[float] = []

        def refuse(_rate: int, _channels: int) -> int:
            tried.append(clock.seconds)
            return GONE

        library.refuse = refuse
        for _ in range(40):
            clock.seconds += 0.1
            assert microphone.read(0.0) is None
        assert 3 <= len(set(tried)) <= 4
        assert microphone.trouble is not None
        library.refuse = lambda _rate, _channels: None
        clock.seconds += 1.1
        microphone.read(0.0)
        library.streams[-1].bring(tone(0.1))
        assert len(drained(microphone)) == 1
        assert microphone.trouble is None
        microphone.close()
        assert all(stream.closed for stream in library.streams)

    def test_another_rate_follows_without_a_gap(self) -> None:
        library = FakePortAudio([device("Array", inputs=1, rate=44_100)])
        library.refuse = lambda rate, _channels: None if rate == 44_100 else BAD_RATE
        clock = Clock()
        microphone, stream = opened(library, clock)
        stream.bring(tone(1.0, 44_100))
        stream.die()
        blocks = drained(microphone)
        library.refuse = lambda _rate, _channels: None
        clock.seconds += 1.1
        microphone.read(0.0)
        library.streams[1].bring(tone(1.0))
        microphone.close()
        blocks += drained(microphone)
        assert [b.first_sample for b in blocks] == [sum(len(a.samples) for a in blocks[:i]) for i in range(len(blocks))]
        assert microphone.frames_captured == 2 * SAMPLE_RATE
        assert abs(microphone.frames_delivered - 2 * SAMPLE_RATE) <= 1

    def test_a_stall_of_the_whole_process_costs_no_stream(self, library: FakePortAudio) -> None:
        clock = Clock()
        microphone, stream = opened(library, clock)
        stream.bring(tone(0.1))
        drained(microphone)
        clock.seconds += 60.0
        assert microphone.read(0.0) is None
        stream.bring(tone(0.1))
        assert len(drained(microphone)) == 1
        assert library.streams == [stream]

    def test_a_closed_one_stays_closed(self, library: FakePortAudio) -> None:
        clock = Clock()
        microphone, stream = opened(library, clock)
        stream.die()
        microphone.read(0.0)
        microphone.close()
        clock.seconds += 5.0
        microphone.read(0.0)
        assert len(library.streams) == 1

    def test_while_a_player_is_open_devices_are_left_alone(self, library: FakePortAudio) -> None:
        clock = Clock()
        microphone, stream = opened(library, clock)
        player = library.OutputStream(samplerate=SAMPLE_RATE, channels=1, callback=None)
        remember_stream(player, library)
        stream.die()
        microphone.read(0.0)
        clock.seconds += 1.1
        microphone.read(0.0)
        assert library.refreshes == 0
        assert len(library.streams) == 3
