"""The coverage panel: a row for each section and mistake, a cursor, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Static

from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark
from rehearse.domain.guide import Guide
from rehearse.domain.languages import why_unjudged
from rehearse.domain.opinions import Opinion, labels_on
from rehearse.domain.transcript import Transcript
from rehearse.domain.wording import as_sentence, percent
from rehearse.ui.glyphs import section_class
from rehearse.ui.widgets.mark_row import MarkRow

ROOMY = 36
"""Rows of a window from which a quote gets two lines in a review: six sections and six mistakes take thirty then."""
FRESH_SECONDS = 1.6
"""How long a row that has just lit up stays highlighted."""


class CoveragePanel(VerticalScroll):
    """All marks of an answer. Live it only lights up; browsing it has a cursor and unfolds."""

    BINDING_GROUP_TITLE = "Marks"
    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False, tooltip="The mark above"),
        Binding("down", "move(1)", "Down", show=False, tooltip="The mark below"),
        Binding("home", "move(-99)", "First", show=False),
        Binding("end", "move(99)", "Last", show=False),
        Binding("enter", "play", "hear", tooltip="Hear the moment that earned this mark", id="panel.play"),
        Binding("w", "unfold", "why", tooltip="Unfold why this mark was given", id="panel.why"),
        Binding("enter,w", "reason", "why", tooltip="Unfold why this mark was given", id="panel.reason"),
        Binding("escape", "fold", "fold", show=False, tooltip="Fold what is unfolded", id="panel.fold"),
    ]

    coverage: reactive[Coverage | None] = reactive(None)
    cursor = var(0)

    @dataclass
    class MarkSelected(Message):
        """The cursor stands on another mark."""

        mark: SectionMark | MistakeMark

    @dataclass
    class PlayRequested(Message):
        """The moment behind a mark should be heard."""

        mark: SectionMark | MistakeMark

    def __init__(
        self,
        guide: Guide,
        *,
        live: bool,
        audible: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Args:
        guide: whose sections and mistakes are marked.
        live: it only lights up.
        audible: the moments behind the marks can be heard.
        id: the widget's.
        """
        super().__init__(id=id, can_focus=not live)
        self._guide = guide
        self._live = live
        self._audible = audible
        self.waiting = False
        """Words came, and the marks aren't ready to judge them."""
        self.transcript = Transcript()
        """What the marks are of, to say why there are none."""

    def compose(self) -> ComposeResult:
        yield Static(id="panel-head")
        for index, section in enumerate(self._guide.sections):
            yield MarkRow(
                section.id,
                section.title,
                section.letter,
                section_class(index),
                live=self._live,
                belongs=section.summary,
            )
        yield Static(id="panel-mistakes")
        if not self._live:
            for mistake in self._guide.mistakes:
                yield MarkRow(mistake.id, mistake.title, "", "mistake", live=False)
        yield Static(id="panel-foot")

    def on_mount(self) -> None:
        self._show_heads()
        if not self._live:
            # A screen that is closed while it opens has no rows any more.
            for row in self._rows()[:1]:
                row.selected = True

    def _rows(self) -> list[MarkRow]:
        return [row for row in self.query(MarkRow) if row.display]

    def watch_coverage(self, before: Coverage | None, now: Coverage | None) -> None:
        """Redraw what changed; what became covered lights up for a moment."""
        if now is None or not self.is_mounted:
            return
        old = {m.section_id: m for m in before.sections} if before else {}
        marked = {m.section_id for m in now.sections} | {m.mistake_id for m in now.mistakes}
        for row in self.query(MarkRow):
            row.unjudged = "" if now.judged or not now.final else as_sentence(why_unjudged(self.transcript))
            row.display = self._live or row.mark_id in marked
        for mark in now.sections:
            row = self.query_one(f"#mark-{mark.section_id}", MarkRow)
            if old.get(mark.section_id) != mark:
                row.show(mark)
            if self._live and mark.section_id in now.newly_covered(before):
                row.fresh = True
                self.set_timer(FRESH_SECONDS, lambda row=row: setattr(row, "fresh", False))
                row.scroll_visible()
        if not self._live:
            for mistake in now.mistakes:
                self.query_one(f"#mark-{mistake.mistake_id}", MarkRow).show(mistake)
        self._show_heads()

    def show_opinions(self, opinions: Sequence[Opinion]) -> None:
        """Draw what friends think below each mark."""
        for row in self.query(MarkRow):
            labels = tuple(labels_on(opinions, row.mark_id))
            if labels != row.labels:
                row.labels = labels
                row.refresh(layout=True)

    def wait(self) -> None:
        """Words are there, and no marks yet: say why."""
        if self.coverage is None and not self.waiting:
            self.waiting = True
            self._show_heads()

    def _show_heads(self) -> None:
        now = self.coverage
        covered = len(now.covered) if now else 0
        # A follow-up question asks for one section; the others aren't judged, and no mistakes are.
        total = len(now.sections) if now and now.final else len(self._guide.sections)
        width = max(20, self.size.width - 2)
        self.query_one("#panel-head", Static).update(
            Content.assemble(("Coverage".ljust(width - 4), "bold"), (f"{covered}/{total}", "bold"))
        )
        self.query_one("#panel-mistakes", Static).update(Content(self._mistake_line()))
        self.query_one("#panel-foot", Static).update(Content.styled(self._foot_line(), "dim"))

    def _mistake_line(self) -> str:
        if not self.coverage:
            return f"Mistakes: {len(self._guide.mistakes)} open" if self._live else "Mistakes"
        states = [mark.state for mark in self.coverage.mistakes]
        if not states:
            return ""
        parts = [
            f"{states.count(state)} {word}"
            for state, word in (
                (MistakeState.MADE, "made"),
                (MistakeState.AVOIDED, "avoided"),
                (MistakeState.OPEN, "open"),
            )
            if states.count(state)
        ]
        return "Mistakes: " + ", ".join(parts)

    def _foot_line(self) -> str:
        if not self.coverage:
            return "Learning this guide, once; marks follow." if self.waiting else ""
        if self.coverage.final and not self.coverage.judged:
            return as_sentence(why_unjudged(self.transcript))
        if self.coverage.heard is None or not self.coverage.final:
            return ""
        return f"heard {percent(self.coverage.heard)} of your speech"

    def on_resize(self, _: events.Resize) -> None:
        """Cut heads and quotes to the room that there is."""
        self._show_heads()
        for row in self.query(MarkRow):
            row.quote_lines = 2 if not self._live and self.app.size.height >= ROOMY else 1

    @property
    def row(self) -> MarkRow | None:
        """The row under the cursor."""
        rows = self._rows()
        return rows[self.cursor] if rows else None

    @property
    def selected(self) -> SectionMark | MistakeMark | None:
        """The mark under the cursor."""
        return self.row.mark if self.row else None

    def select(self, mark_id: str) -> None:
        """Put the cursor on a mark."""
        for index, row in enumerate(self._rows()):
            if row.mark_id == mark_id:
                self.cursor = index

    def watch_cursor(self, _: int, now: int) -> None:
        """Draw the cursor and say where it is."""
        rows = self._rows()
        for index, row in enumerate(rows):
            row.selected = index == now
        if rows:
            rows[now].scroll_visible()
            if mark := rows[now].mark:
                self.post_message(self.MarkSelected(mark))

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor = max(0, min(len(self._rows()) - 1, self.cursor + by))

    def action_unfold(self) -> None:
        """Unfold or fold the reasons."""
        row = self._rows()[self.cursor]
        row.unfolded = not row.unfolded
        self.call_after_refresh(row.scroll_visible)

    def action_reason(self) -> None:
        """The same, where enter has nothing to play."""
        self.action_unfold()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape folds where something is unfolded, and otherwise leads back; enter plays where there is something to
        hear.
        """
        match action:
            case "fold":
                return any(row.unfolded for row in self._rows())
            case "play" | "unfold":
                return self._audible
            case "reason":
                return not self._audible
            case _:
                return True

    def action_fold(self) -> None:
        """Fold every row."""
        for row in self._rows():
            row.unfolded = False

    def action_play(self) -> None:
        """Ask for the moment behind the mark."""
        if mark := self.selected:
            self.post_message(self.PlayRequested(mark))
