"""The keys of a replay, with a player of our own making."""

from typing import Any

import pytest

from rehearse.services.replay import SPEEDS, Replay
from tests.unit.history.support import spoken


class FakePlayer:
    """Stands where it was put; plays without moving."""

    def __init__(self, duration: float) -> None:
        self.duration, self.position, self.speed = duration, 0.0, 1.0
        self.playing = self.closed = self.silent = False

    @property
    def finished(self) -> bool:
        return self.position >= self.duration

    def play(self) -> None:
        self.playing = True

    def pause(self) -> None:
        self.playing = False

    def seek(self, seconds: float) -> None:
        self.position = seconds

    def close(self) -> None:
        self.closed = True


class Room:
    """A replay of ten words, one every half second, and who opens its player."""

    def __init__(self) -> None:
        self.transcript = spoken("We packed it in a box and shipped it twice.", start=1.0, pace=0.5)
        self.player: Any = FakePlayer(self.transcript.duration)
        self.asked = 0
        self.replay = Replay(self.transcript, self.ask)

    def ask(self) -> None:
        self.asked += 1

    def open(self) -> None:
        self.replay.opened(self.player)


@pytest.fixture
def room() -> Room:
    return Room()


def test_the_player_is_opened_once_and_begins_where_it_was_asked_to(room: Room) -> None:
    assert room.replay.word is None
    room.replay.play(2.0)
    assert room.asked == 1
    room.open()
    assert (room.player.playing, room.player.position) == (True, 2.0)
    room.replay.play(-1.0)
    assert (room.asked, room.player.position) == (1, 0.0)


def test_one_key_plays_pauses_goes_on_and_begins_anew(room: Room) -> None:
    room.replay.toggle()
    room.open()
    room.player.position = 2.0
    room.replay.toggle()
    assert not room.player.playing
    room.replay.toggle()
    assert (room.player.playing, room.player.position) == (True, 2.0)
    room.player.playing, room.player.position = False, room.player.duration
    room.replay.toggle()
    assert (room.player.playing, room.player.position) == (True, 0.0)


@pytest.mark.parametrize(("at", "by", "there"), [(3.0, -5, 0.0), (3.0, 5, 6.0), (0.5, 5, 5.5)])
def test_jumps_end_where_the_sound_does(room: Room, at: float, by: int, there: float) -> None:
    room.replay.play(at)
    room.open()
    room.replay.jump(by)
    assert room.player.position == there


def test_a_jump_before_anything_was_played_begins_there(room: Room) -> None:
    room.replay.jump(5)
    room.open()
    assert (room.player.playing, room.player.position) == (True, 5.0)


def test_the_speed_changes_by_steps_and_stops_at_the_ends(room: Room) -> None:
    assert not room.replay.change_speed(1)
    room.replay.play()
    room.open()
    assert room.replay.change_speed(1)
    assert room.player.speed == 1.25
    for _ in SPEEDS:
        room.replay.change_speed(1)
    assert room.player.speed == SPEEDS[-1]
    for _ in SPEEDS:
        room.replay.change_speed(-1)
    assert room.player.speed == SPEEDS[0]


@pytest.mark.parametrize(("position", "word"), [(0.5, None), (1.0, 0), (1.6, 1), (99.0, 9)])
def test_the_word_that_is_heard(room: Room, position: float, word: int | None) -> None:
    room.replay.play(position)
    room.open()
    assert room.replay.word == word


def test_leaving_pauses_and_closes_what_was_opened(room: Room) -> None:
    room.replay.pause()
    room.replay.close()
    room.replay.play()
    room.open()
    room.replay.pause()
    assert not room.player.playing
    room.replay.close()
    assert room.player.closed


def test_put_down_the_player_is_closed_and_the_next_goes_on_where_it_stood(room: Room) -> None:
    room.replay.play(2.0)
    room.open()
    room.replay.change_speed(1)
    first, room.player = room.player, FakePlayer(room.transcript.duration)
    room.replay.put_down()
    assert first.closed
    assert room.replay.player is None
    room.replay.toggle()
    assert room.asked == 2
    room.open()
    assert (room.player.playing, room.player.position, room.player.speed) == (True, 2.0, 1.25)
    room.replay.put_down()
    room.player = FakePlayer(room.transcript.duration)
    room.replay.jump(-1)
    room.open()
    assert room.player.position == 1.0


def test_put_down_while_the_player_is_being_opened_it_does_not_stay_open(room: Room) -> None:
    room.replay.play(2.0)
    room.replay.put_down()
    room.open()
    assert room.player.closed
    assert room.replay.player is None
    room.player = FakePlayer(room.transcript.duration)
    room.replay.play(3.0)
    room.open()
    assert (room.player.playing, room.player.position) == (True, 3.0)


def test_what_is_put_off_before_the_player_is_there_does_not_begin_later(room: Room) -> None:
    room.replay.play(2.0)
    room.replay.pause()
    room.open()
    assert not room.player.playing
    room.replay.toggle()
    assert room.player.playing


def test_a_loudspeaker_that_was_lost_is_looked_for_once_more(room: Room) -> None:
    room.replay.play(1.0)
    room.open()
    lost = room.player
    lost.position, lost.silent = 2.5, True
    room.replay.toggle()  # pause
    room.player = FakePlayer(lost.duration)
    room.replay.toggle()
    assert lost.closed
    assert room.asked == 2
    room.open()
    assert (room.player.playing, room.player.position) == (True, 2.5)


def test_where_there_was_none_from_the_first_nothing_is_opened_anew(room: Room) -> None:
    room.player.silent = True
    room.replay.play(1.0)
    room.open()
    room.replay.toggle()
    room.replay.toggle()
    assert room.asked == 1
