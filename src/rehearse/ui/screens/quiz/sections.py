"""A small window over the quiz: which section is to be practised, the weakest first."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rehearse.quiz.retrievability import SectionOutlook
from rehearse.ui.widgets.quiz_summary import MOST_SECTIONS, section_rows


class SectionDialog(ModalScreen[SectionOutlook | None]):
    """One number key picks a section; None when it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"pick({n})", show=False) for n in range(1, MOST_SECTIONS + 1)),
        Binding("escape,q,ctrl+g", "call_off", "back"),
    ]

    def __init__(self, sections: Sequence[SectionOutlook]) -> None:
        super().__init__()
        self._sections = tuple(sections)[:MOST_SECTIONS]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static(Content.styled("Which section?", "bold"))
            yield Static(Content("\n").join(section_rows(self._sections)))
            yield Static(Content.styled("number practise   q back", "dim"), classes="keys")

    def action_pick(self, number: int) -> None:
        """Close with that section."""
        if number <= len(self._sections):
            self.dismiss(self._sections[number - 1])

    def action_call_off(self) -> None:
        """Close without one."""
        self.dismiss(None)
