"""What a terminal of few characters shows."""

import io
from collections.abc import Iterable

import pytest
from rich.cells import cell_len

from rehearse.cli.ascii_glyphs import HANDLER, plain, register


def test_marks_keep_shapes_of_their_own() -> None:
    assert plain("✔ ◐ · ✘ ?") == "+ ~ . x ?"


def test_words_keep_their_letters() -> None:
    assert plain("“Ça va”, said Zoë – naïve…") == '"Ca va", said Zoe - naive.'


def cells() -> Iterable[str]:
    yield from "─│┌┐└┘├┼━╸╺╭╮▁▂▃▄▅▆▇█▔▀▌▐▏░▒⠋⠙→←★●○◌▶⏸✎日本語½€©"


@pytest.mark.parametrize("character", cells())
def test_every_sign_is_as_wide_as_what_it_stands_for(character: str) -> None:
    assert plain(character).isascii()
    assert len(plain(character)) == cell_len(character)


def test_only_what_the_encoding_lacks_is_replaced() -> None:
    register()
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="latin-1", errors=HANDLER) as file:
        file.write("café · ✔ 日")
        file.flush()
        assert raw.getvalue().decode("latin-1") == "café · + ??"
