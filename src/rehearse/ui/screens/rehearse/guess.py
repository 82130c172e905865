"""Exam: before the panel is revealed, one ticks by keys what one believes came up; then both stand side by side."""

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static
from textual.widgets.selection_list import Selection

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import JUST_SHOWN
from rehearse.ui.destinations import Review
from rehearse.ui.glyphs import SECTION_GLYPHS, SECTION_WORDS
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.tick_list import TickList


class GuessScreen(RoomScreen[None]):
    """Tick, reveal, go on."""

    HELP = (
        "Tick what you believe came up with substance: number keys or **space**. "
        "**enter** reveals the marks beside your guess."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "reveal",
            "reveal",
            priority=True,
            tooltip="Reveal the marks",
            id="guess.reveal",
        ),
        Binding("enter", "go_on", "go on", priority=True, tooltip="Go on to the review", id="guess.go_on"),
        *(Binding(str(n), f"tick({n - 1})", show=False) for n in range(1, 10)),
        *COMMON_KEYS,
    ]

    def __init__(self, guide: Guide, answer: Answer) -> None:
        super().__init__()
        self.guide = guide
        self.answer = answer
        self.revealed = False
        self._shown_at = 0.0

    def compose_room(self) -> ComposeResult:
        yield Heading("What came up?", "exam · before the reveal")
        yield Static(
            Content("Tick every section that an interviewer would tick: space, or its number."),
            id="task",
            classes="lead",
        )
        yield TickList[str](
            *(
                Selection(Content(f"{number}  {section.title}"), section.id)
                for number, section in enumerate(self.guide.sections, 1)
            ),
            id="guess",
        )
        yield Static(id="reveal")

    def on_mount(self) -> None:
        self._shown_at = self.rehearse.equipment.now()
        self.query_one(TickList).focus()

    def action_tick(self, index: int) -> None:
        """Tick or untick by number."""
        if not self.revealed and index < len(self.guide.sections):
            self.query_one(TickList).toggle(self.guide.sections[index].id)

    def action_reveal(self) -> None:
        """Store the guess and show both columns."""
        guess = tuple(s.id for s in self.guide.sections if s.id in self.query_one(TickList).selected)
        if not guess and self.rehearse.equipment.now() - self._shown_at < JUST_SHOWN:
            self.notify("Tick what came up, then enter.", timeout=3)
            return
        self._reveal(guess)

    @work(group="keeping")
    async def _reveal(self, guess: tuple[str, ...]) -> None:
        async with self.keeping():
            if not self.revealed:  # enter may come twice
                await asyncio.to_thread(self.rehearse.equipment.store.set_guess, self.answer.id, guess)
                self._show_both(guess)

    def _show_both(self, guess: tuple[str, ...]) -> None:
        self.answer = replace(self.answer, guess=guess)
        self.revealed = True
        self.query_one(TickList).display = False
        self.query_one(Heading).show(right="exam · revealed")
        self.query_one("#task", Static).update("Your guess, and beside it the marks.")
        self.query_one("#reveal", Static).update(self._columns(guess))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """First the reveal, then on."""
        if action in ("reveal", "tick"):
            return not self.revealed
        return self.revealed if action == "go_on" else True

    def _columns(self, guess: tuple[str, ...]) -> Content:
        assert self.answer.coverage is not None
        wide = max(len(section.title) for section in self.guide.sections) + 2
        lines = [Content.styled(f"{'':{wide}}{'your guess':<12}the marks", "dim")]
        right = 0
        for section in self.guide.sections:
            mark = self.answer.coverage.section(section.id)
            agreed = (section.id in guess) == (mark.state is SectionState.COVERED)
            right += agreed
            lines.append(
                Content.assemble(
                    (f"{section.title:<{wide}}", "bold"),
                    f"{'✔' if section.id in guess else '·':<12}",
                    f"{SECTION_GLYPHS[mark.state]} {SECTION_WORDS[mark.state].partition(':')[0]:<14}",
                    ("" if agreed else "← not as guessed", "$text-warning"),
                )
            )
        if any(mark.state is SectionState.THIN for mark in self.answer.coverage.sections):
            thin = f"{SECTION_GLYPHS[SectionState.THIN]} {SECTION_WORDS[SectionState.THIN]}"
            lines.append(Content.styled(thin, "dim"))
        lines += [
            Content(""),
            Content.styled(f"You judged {right} of {len(self.guide.sections)} rightly. enter goes on.", "bold"),
        ]
        return Content("\n").join(lines)

    def action_go_on(self) -> None:
        """To the review."""
        self.rehearse.move_to(Review(self.guide, self.answer))

    def action_leave(self) -> None:
        """Go on to the review; a guess that wasn't made isn't asked for again."""
        self.action_go_on()
