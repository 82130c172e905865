"""One page of headings, prose and rows, with a cursor that goes from row to row and scrolls with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import Static

from rehearse.ui.widgets.hanging import HangingRows, Row


class ReportRow(HangingRows):
    """Something that can be opened or heard."""

    selected = reactive(False, toggle_class="-selected")

    def __init__(self, rows: Iterable[Row], value: object) -> None:
        """Args: its lines, and what it stands for."""
        super().__init__()
        self.value = value
        self.show(rows)


def heading(text: str) -> Static:
    """Before rows."""
    return Static(Content(text), classes="head")


def prose(text: Content | str) -> Static:
    """Between them."""
    return Static(Content(text) if isinstance(text, str) else text, classes="prose")


class ReportPage(VerticalScroll):
    """Scrolls; the cursor stands on one of its rows."""

    BINDING_GROUP_TITLE = "Report"
    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False, tooltip="The row above"),
        Binding("down", "move(1)", "Down", show=False, tooltip="The row below"),
        Binding("home", "move(-999)", "First", show=False),
        Binding("end", "move(999)", "Last", show=False),
    ]

    cursor = var(0)

    @dataclass
    class Selected(Message):
        """The cursor stands on another row."""

        value: object

    async def show(self, widgets: Iterable[Widget]) -> None:
        """Draw these; the cursor stays where it was, or goes to the last row there is."""
        await self.remove_children()
        await self.mount_all(widgets)
        rows = self._rows()
        self.cursor = max(0, min(self.cursor, len(rows) - 1))
        self._mark()

    def _rows(self) -> list[ReportRow]:
        return list(self.query(ReportRow))

    @property
    def selected(self) -> object:
        """What the row under the cursor stands for; None where there is none."""
        rows = self._rows()
        return rows[self.cursor].value if rows else None

    def _mark(self) -> None:
        for index, row in enumerate(self._rows()):
            row.selected = index == self.cursor
        self.post_message(self.Selected(self.selected))

    def action_move(self, by: int) -> None:
        """Another row; from the first one up and from the last one down it scrolls, to what stands there."""
        rows = self._rows()
        there = max(0, min(len(rows) - 1, self.cursor + by))
        if not rows or there == self.cursor:
            self.scroll_relative(y=1 if by > 0 else -1, animate=False, immediate=True)
            return
        self.cursor = there
        self._mark()
        if there == 0:
            self.scroll_home(animate=False, immediate=True)
        else:
            rows[there].scroll_visible(animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """The row that was clicked."""
        for index, row in enumerate(self._rows()):
            if event.widget is row:
                self.cursor = index
                self._mark()
