"""The player, on a loudspeaker that the test moves, and silently against a clock."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from rehearse.audio.playback import FIRST_SECONDS, HANGS_SECONDS, LATE_SECONDS, Player
from rehearse.domain.sound import SAMPLE_RATE, Samples
from tests.unit.audio.fake_portaudio import BUSY, GONE, FakePortAudio, FakeStream, device

SOUND: Samples = np.full(4 * SAMPLE_RATE, 0.25, np.float32)


class Clock:
    def __init__(self) -> None:
        self.time = 7.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def library() -> FakePortAudio:
    return FakePortAudio([device("Speakers", outputs=2, rate=48_000)])


@pytest.fixture
def player(library: FakePortAudio) -> Iterator[Player]:
    player = Player(SOUND, library=library)
    yield player
    player.close()


def running(library: FakePortAudio, starts: int = 1) -> FakeStream:
    """The stream, once the feeder's thread has started it."""
    stream = library.streams[0]
    for _ in range(2000):
        if stream.starts >= starts and stream.active:
            return stream
        threading.Event().wait(0.005)
    raise AssertionError("the stream was never started")


def play_on(stream: FakeStream, player: Player, seconds: float) -> None:
    """Let the loudspeaker take so much sound, never faster than it is prepared."""
    for _ in range(round(seconds * 20)):
        for _ in range(2000):
            feed = player._feed
            if feed is None or feed.drained or not feed._pieces.empty() or feed._rest is not None:
                break
            threading.Event().wait(0.001)
        stream.take(stream.rate // 20)


def test_nothing_sounds_before_play(player: Player, library: FakePortAudio) -> None:
    assert (player.silent, player.playing, player.finished) == (False, False, False)
    assert player.duration == 4.0
    assert player.position == 0.0
    assert library.streams[0].starts == 0


def test_play_pause_and_on(player: Player, library: FakePortAudio) -> None:
    player.play()
    stream = running(library)
    play_on(stream, player, 1.0)
    assert player.position == pytest.approx(1.0, abs=0.06)
    player.pause()
    assert not player.playing
    stood = player.position
    library.time += 10
    assert player.position == stood
    player.play()
    play_on(running(library, 2), player, 0.5)
    assert player.position == pytest.approx(stood + 0.5, abs=0.06)


def test_seek_keeps_playing_or_standing(player: Player, library: FakePortAudio) -> None:
    player.seek(2.5)
    assert (player.position, player.playing) == (2.5, False)
    player.play()
    running(library)
    player.seek(-3)
    play_on(running(library, 2), player, 0.2)
    assert player.playing
    assert player.position == pytest.approx(0.2, abs=0.06)
    player.seek(99)
    assert player.position == pytest.approx(4.0)


def test_speed_keeps_the_place(player: Player, library: FakePortAudio) -> None:
    player.play()
    play_on(running(library), player, 1.0)
    player.speed = 2.0
    play_on(running(library, 2), player, 1.0)
    assert player.position == pytest.approx(3.0, abs=0.12)
    player.speed = 9
    assert player.speed == 2.0
    player.speed = 0.1
    assert player.speed == 0.5


def test_the_end_and_from_the_beginning_again(library: FakePortAudio) -> None:
    player = Player(SOUND[: SAMPLE_RATE // 2], library=library)
    player.play()
    play_on(running(library), player, 0.8)
    assert player.finished
    assert not player.playing
    assert player.position == 0.5
    player.play()
    running(library, 2)
    assert player.position < 0.5
    player.close()


def test_closing_gives_the_loudspeaker_back(player: Player, library: FakePortAudio) -> None:
    player.play()
    running(library)
    player.close()
    player.close()
    assert library.streams[0].closed
    assert player.silent


@pytest.mark.parametrize(("code", "why"), [(BUSY, "busy"), (GONE, "isn't there any more")])
def test_a_loudspeaker_that_doesnt_open_is_a_silent_read_along(code: int, why: str) -> None:
    library = FakePortAudio([device("Speakers", outputs=2)])
    library.refuse = lambda _rate, _channels: code
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    assert player.silent
    assert player.why_silent
    assert why in player.why_silent.why
    player.play()
    clock.time += 1.5
    assert player.position == pytest.approx(1.5)
    player.speed = 2.0
    clock.time += 1.0
    assert player.position == pytest.approx(3.5)
    player.pause()
    clock.time += 5
    assert player.position == pytest.approx(3.5)
    player.play()
    clock.time += 5
    assert player.finished
    assert player.position == 4.0
    player.close()


def test_no_loudspeaker_at_all() -> None:
    player = Player(SOUND, library=FakePortAudio([device("Desk", inputs=1)]))
    assert player.silent
    assert player.why_silent
    assert str(player.why_silent).startswith("There is no loudspeaker")


def test_one_that_refuses_to_start(library: FakePortAudio) -> None:
    library.start_error = BUSY
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    player.play()
    for _ in range(2000):
        if player.silent:
            break
        threading.Event().wait(0.005)
    assert player.why_silent
    assert "busy" in player.why_silent.why
    clock.time += 1
    assert player.position == pytest.approx(1.0)
    assert library.streams[0].closed
    player.close()


def test_one_that_is_unplugged_goes_on_silently_from_there(library: FakePortAudio) -> None:
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    player.play()
    stream = running(library)
    play_on(stream, player, 1.0)
    stream.die()
    assert player.position == pytest.approx(1.0, abs=0.06)
    assert player.silent
    assert player.why_silent
    assert "unplugged" in player.why_silent.why
    clock.time += 1
    assert player.position == pytest.approx(2.0, abs=0.06)
    player.close()


def test_one_that_takes_no_more_sound_goes_on_silently_from_there(library: FakePortAudio) -> None:
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    player.play()
    stream = running(library)
    clock.time += FIRST_SECONDS
    play_on(stream, player, 1.0)
    stood = player.position
    assert stood == pytest.approx(1.0, abs=0.06)
    clock.time += LATE_SECONDS + 0.01
    assert (player.position, player.silent) == (stood, False)
    clock.time += HANGS_SECONDS
    assert player.position == pytest.approx(stood)
    assert player.why_silent
    assert str(player.why_silent) == ("The loudspeaker has stopped: it hangs, or the sound system has suspended it.")
    assert stream.closed
    clock.time += 1
    assert player.position == pytest.approx(stood + 1)
    clock.time += 9
    assert player.finished
    player.close()


def test_one_that_takes_its_time_at_the_start_is_waited_for(library: FakePortAudio) -> None:
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    player.play()
    stream = running(library)
    play_on(stream, player, 0.25)
    for _ in range(4):  # PulseAudio's takes a little at once, and then nothing for up to two seconds
        clock.time += 1
        assert not player.silent
        assert player.position == pytest.approx(0.25, abs=0.06)
    play_on(stream, player, 0.5)
    assert player.position == pytest.approx(0.75, abs=0.06)
    player.close()


def test_a_process_that_slept_goes_on_aloud(library: FakePortAudio) -> None:
    clock = Clock()
    player = Player(SOUND, library=library, now=clock)
    player.play()
    stream = running(library)
    for _ in range(3):
        clock.time += 60
        assert player.position < 4.0
        play_on(stream, player, 0.5)
        assert player.position < 4.0
    assert not player.silent
    player.close()


def test_one_that_has_taken_everything_is_not_waited_for(library: FakePortAudio) -> None:
    clock = Clock()
    player = Player(SOUND[: SAMPLE_RATE // 2], library=library, now=clock)
    player.play()
    play_on(running(library), player, 0.8)
    clock.time += 60
    assert player.finished
    clock.time += 60
    assert player.finished
    assert not player.silent
    player.close()


def test_an_empty_sound_is_over(library: FakePortAudio) -> None:
    player = Player(np.zeros(0, np.float32), library=library)
    assert player.finished
    player.play()
    assert not player.playing
    player.close()
