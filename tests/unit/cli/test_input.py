"""Standard input ends where its bound is."""

import io
import sys

import pytest

from rehearse.cli.input import MOST, MOST_SKIPPED, input_line, input_lines, whole_input
from rehearse.errors import InputError


class Endless:
    """A pipe that never ends and has no line ends."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> str:
        assert size > 0, "read whole"
        self.given += size
        return "x" * size

    def readline(self, size: int = -1) -> str:
        return self.read(size)


def test_a_pipe_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Endless()
    monkeypatch.setattr(sys, "stdin", pipe)
    with pytest.raises(InputError, match="longer than 1 million characters"):
        whole_input()
    assert pipe.given == MOST + 1


def test_sound_is_no_text_however_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("RIFF\0\0" * MOST))
    with pytest.raises(InputError, match="isn't text"):
        whole_input()


def test_a_line_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Endless()
    monkeypatch.setattr(sys, "stdin", pipe)
    with pytest.raises(InputError, match="a line without an end"):
        input_line()
    assert pipe.given <= MOST_SKIPPED + 3 * MOST


@pytest.mark.parametrize(("text", "said"), [("a\0b", "isn't text"), ("a\udce9", "isn't UTF-8 text")])
def test_what_is_no_text(monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    with pytest.raises(InputError, match=said):
        whole_input()


def test_a_line_that_is_too_long_doesnt_take_the_next_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"one\n{'x' * (2 * MOST + 5)}\n{'y' * MOST}\nlast"))
    assert [(line[:4], len(line), whole) for line, whole in input_lines()] == [
        ("one\n", 4, True),
        ("xxxx", MOST, False),
        ("yyyy", MOST + 1, True),
        ("last", 4, True),
    ]
    assert input_line() is None
