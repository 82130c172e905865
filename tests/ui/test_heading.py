"""The line at the top: what this is, and where it stands."""

from textual.app import App, ComposeResult

from rehearse.ui.screens.room import LEAST_HEADING, Heading
from tests.ui.driving import shown


class Headed(App[None]):
    """A heading, and nothing under it."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__()
        self._said = left, right

    def compose(self) -> ComposeResult:
        yield Heading(*self._said)


async def test_a_title_that_is_cut_says_so() -> None:
    title = "When all the others in the working group are your equals, in the same office"
    app = Headed(title, "6/6 · no mistakes · typed · 6 h ago")
    async with app.run_test(size=(80, 24)):
        said = shown(app).splitlines()[0]
        left, _, right = said.partition("…")
        assert title.startswith(left)
        assert len(left) >= LEAST_HEADING
        assert right.strip() == "6/6 · no mistakes · typed · 6 h ago"


async def test_what_has_room_stands_whole() -> None:
    app = Headed("History", "25 answers · newest first")
    async with app.run_test(size=(80, 24)):
        said = shown(app).splitlines()[0]
        assert said.startswith("History ")
        assert said.endswith(" 25 answers · newest first")
