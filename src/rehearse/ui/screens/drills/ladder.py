"""The compression ladder: one question at 3:00, 2:00, 1:00 and 0:30, and what survives."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.answer import Answer, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.rehearsal import Plan, clock_text
from rehearse.drills.ladder import RUNG_SECONDS, Rung, fell_lines, leave_out_line, next_rung, rungs
from rehearse.drills.plans import RUNGS, rung_plan
from rehearse.services.drills import Underway, ladder
from rehearse.ui.glyphs import shortened
from rehearse.ui.screens.drills.board import COMMON_KEYS_OF_DRILLS, DrillScreen
from rehearse.ui.screens.drills.grid import LadderGrid, climbed
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.player_bar import PlayerBar


class LadderScreen(DrillScreen):
    """Four rungs."""

    HELP = (
        "The same question in three minutes, two, one, and half a minute. The grid shows which sections survive each "
        "rung: **●** covered, **◐** thin, **○** missing, **?** unheard. **enter** climbs the next rung, **t** types "
        "it. The arrow keys move in the grid, **space** plays the moment under the cursor, **r** climbs that rung once "
        "more. **x** discards its answer, **U** brings it back. Leave when you like: the ladder goes on where it "
        "stood. Rungs in which nobody could give the whole answer don't count as attempts at the question."
    )
    DEFAULT_CSS = """
    LadderScreen #line, LadderScreen #moment { height: auto; padding: 1 2 0 2; }
    LadderScreen #line { text-style: bold; color: $text-warning; }
    LadderScreen PlayerBar { height: 1; padding: 0 2; dock: bottom; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", tooltip="The first rung: three minutes", id="ladder.begin"),
        Binding("enter", "climb", "climb", tooltip="The next rung, in less time", id="ladder.climb"),
        Binding("r", "repeat", "again", tooltip="The rung under the cursor once more", id="ladder.again"),
        *COMMON_KEYS_OF_DRILLS,
    ]
    AUTO_FOCUS = "LadderGrid"

    def __init__(self, guide: Guide, scenario: Scenario, series_id: str | None = None) -> None:
        super().__init__(guide, ladder(guide, scenario.id), series_id)
        self.scenario = scenario
        self._rungs: tuple[Rung, ...] = rungs((), guide)
        self._repeated: int | None = None
        """Seconds of a rung that is climbed once more."""

    def compose_room(self) -> ComposeResult:
        yield Heading(f"Ladder: {self.scenario.title}")
        yield Static(Content(f"“{self.scenario.question}”"), id="question")
        yield LadderGrid(self.guide)
        yield Static(id="line")
        yield Static(id="moment")
        yield PlayerBar(0.0, available=True)

    def on_mount(self) -> None:
        self.draw()

    # -- what a drill says of itself -----------------------------------------------------------------------------------

    def next_plan(self, series_id: str) -> Plan | None:
        """The next rung, or the one that is repeated."""
        seconds = self._repeated or next_rung(self._rungs)
        if seconds is None:
            return None
        mode = self.rehearse.equipment.settings.mode
        return rung_plan(self.guide, self.scenario, seconds, mode, series_id=series_id)

    @property
    def place(self) -> tuple[str, str]:
        """Which rung is next."""
        seconds = self._repeated or next_rung(self._rungs) or RUNGS[-1]
        return f"Ladder: {self.scenario.title}", f"rung {RUNGS.index(seconds) + 1} of {len(RUNGS)}"

    @property
    def shown_answer(self) -> Answer | None:
        """That of the rung under the cursor."""
        rung = self.query_one(LadderGrid).rung
        return rung.answer if rung else None

    def is_complete(self, underway: Underway) -> bool:
        """Every rung was climbed."""
        return next_rung(rungs(underway.answers, self.guide)) is None

    def moment(self) -> float | None:
        """Where the section under the cursor came up."""
        cell = self.query_one(LadderGrid).cell
        return cell.evidence.start if cell and cell.evidence else None

    # -- drawing -------------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """The grid, and what to leave out."""
        self._repeated = None
        before = climbed(self._rungs)
        self._rungs = rungs(self.underway.answers, self.guide)
        grid = self.query_one(LadderGrid)
        grid.rungs = self._rungs
        done = climbed(self._rungs)
        if done != before and self.underway.answers:  # on what was said last
            latest = self.underway.answers[-1].settings.get(RUNG_SECONDS)
            grid.column = next((i for i, seconds in enumerate(RUNGS) if seconds == latest), 0)
        upcoming = next_rung(self._rungs)
        right = f"{done} of {len(RUNGS)} rungs" + (f" · next {clock_text(upcoming)}" if upcoming else " · done")
        self.query_one(Heading).show(right=right)
        self.query_one("#line", Static).update(Content(self._line(upcoming)))
        self.show_moment()
        self.refresh_bindings()

    def _line(self, upcoming: int | None) -> str:
        said = leave_out_line(self._rungs, self.guide, self.scenario)
        if not said:
            return "enter begins with three minutes; there is no microphone? t types."
        lines = [said, " ".join(fell_lines(self._rungs, self.guide))]
        if upcoming is None:
            lines.append("n begins another ladder.")
        return "\n".join(filter(None, lines))

    @on(LadderGrid.Moved)
    def show_moment(self) -> None:
        """The words behind the cell under the cursor."""
        cell = self.query_one(LadderGrid).cell
        quote = cell.evidence if cell else None
        text = ""
        if quote is not None:
            at = f"{clock_text(quote.start)} " if quote.start is not None else ""
            text = f"{at}“{shortened(quote.text, self.app.size.width - 14)}”"
        elif cell is not None and cell.state is not None:
            text = "No moment: it didn't come up."
        self.query_one("#moment", Static).update(Content.styled(text, "italic dim"))
        self.refresh_bindings()

    # -- keys ----------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        match action:
            case "begin":
                return self.looked and climbed(self._rungs) == 0
            case "climb":
                return climbed(self._rungs) > 0 and next_rung(self._rungs) is not None
            case "repeat":
                return self.is_mounted and self.shown_answer is not None
            case _:
                return self.is_mounted and super().check_action(action, parameters)

    def action_begin(self) -> None:
        """The first rung."""
        self._repeated = None
        self.speak()

    def action_climb(self) -> None:
        """The next rung."""
        self._repeated = None
        self.speak()

    def action_repeat(self) -> None:
        """The rung under the cursor once more; its last answer is the one that counts here."""
        rung = self.query_one(LadderGrid).rung
        if rung is None or rung.answer is None:
            return
        self._repeated = rung.seconds
        if rung.answer.source is Source.TYPED:
            self.answer(typed=True)
        else:
            self.speak()

    def action_type(self) -> None:
        """The next rung, with the keyboard."""
        self._repeated = None
        super().action_type()
