"""What is drawn holds nothing that a terminal obeys, and shows brackets as they are."""

from rich.segment import Segment
from textual.color import Color

from rehearse.errors import InputError
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog, LineDialog
from rehearse.ui.shown_lines import ShownLines
from tests.ui.driving import wait_until

EVIL = "\x1b]0;owned\x07\x9b31m\u202e[bold]x[/bold]"
UNSEEN = {"\x1b", "\x07", "\x9b", "\u202e"}
SEEN = "]0;owned31m[bold]x[/bold]"


def cleaned(text: str) -> str:
    return "".join(segment.text for segment in ShownLines().apply([Segment(text)], Color(0, 0, 0)))


def test_a_line_keeps_its_width() -> None:
    assert cleaned(f"a{EVIL}b\udce9c") == f"a{SEEN}b\ufffdc"
    assert cleaned("ü日本👩‍🔬") == "ü日本👩‍🔬"


def test_lines_without_are_passed_on_as_they_are() -> None:
    line = [Segment("│ all is fine")]
    assert ShownLines().apply(line, Color(0, 0, 0)) is line


async def test_an_error_a_note_and_a_line_to_edit(studio: Studio) -> None:
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:

        def drawn() -> str:
            return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

        for screen in (ErrorDialog(InputError(f"There is no file {EVIL}")), LineDialog(f"Rename {EVIL}", EVIL)):
            app.push_screen(screen)
            await wait_until(pilot, lambda: SEEN in drawn())
            assert not set(drawn()) & UNSEEN
        before = drawn().count(SEEN)
        app.notify(EVIL)
        await wait_until(pilot, lambda: drawn().count(SEEN) > before)
        assert not set(drawn()) & UNSEEN
