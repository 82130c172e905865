"""The sections of a quiz, the weakest first: which one to practise, and the way from one into the room."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rehearse.domain.rehearsal import section_drill
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.quiz.summary import Summary
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
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


def drill_about(summary: Summary | None, number: int, studio: Studio, *, typed: bool) -> to.Destination | None:
    """The interviewer's question about a summary's section of that number, from 1; None where there is none.

    Raises:
        InputError, GuideError: its guide has gone, or can't be read.
    """
    sections = summary.sections if summary else ()
    if not 1 <= number <= len(sections):
        return None
    weak = sections[number - 1]
    guide = studio.equipment.library.load(weak.guide_id)
    if not typed:
        return to.SectionDrill(guide, weak.section_id)
    return to.TypeAnswer(guide, section_drill(guide, weak.section_id, studio.equipment.settings.mode))
