"""A key and what it does stay on one line."""

import pytest
from textual.content import Content

from rehearse.ui.unbroken import joined, wrapped


@pytest.mark.parametrize("width", range(len("s: drill"), 60))
def test_what_is_joined_is_never_broken(width: int) -> None:
    text = Content(f"Say what the second version did better. {joined('m: less')} · {joined('s: drill')}")
    lines = [line.plain for line in wrapped(text, width)]
    assert any("m: less" in line for line in lines), lines
    assert any("s: drill" in line for line in lines), lines
    assert all(len(line) <= width for line in lines), lines
    assert " ".join(" ".join(lines).split()) == "Say what the second version did better. m: less · s: drill"


def test_looks_stay_with_their_words() -> None:
    text = Content.assemble("One two ", (joined("m: more"), "bold"))
    *_, last = wrapped(text, 9)
    assert last.plain == "m: more"
    assert [(span.start, span.end) for span in last.spans] == [(0, len("m: more"))]


def test_line_breaks_are_kept() -> None:
    assert [line.plain for line in wrapped(Content("one\ntwo"), 20)] == ["one", "two"]
