"""How practice goes over time: coverage by section, mistakes, pace, calendar, and what to drill next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rehearse.delivery import USUAL_PACE
from rehearse.domain.guide import Guide
from rehearse.domain.wording import counted, percent
from rehearse.history.progress import Calendar, Progress, progress, self_knowledge_note
from rehearse.services.next_drill import NextDrill, next_in_guide
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.drills import drill_for
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.plot import plot
from rehearse.ui.widgets.recording_bar import time_bar

SHADES = "·░▒▓█"
COLUMNS = 30
WEEKS = 14
PACE_RANGE, FILLER_RANGE = (80, 220), (0, 12)
"""What the plots reach over, whatever the values: crawling to rushing, none to one every five seconds."""


def shade(share: float | None) -> str:
    """A cell of the heat map: "·" never covered, "█" always, " " not judged."""
    return " " if share is None else SHADES[round(share * 4)]


@dataclass(frozen=True)
class Look:
    """What the screen shows."""

    progress: Progress
    drill: NextDrill | None
    """What helps most in this guide; over all guides it may be another."""


class ProgressScreen(RoomScreen[None]):
    """Figures over all answers to one guide."""

    HELP = "The heat map goes from the oldest answer at the left to the newest. **enter** drills what is suggested."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "drill", "drill what is suggested", tooltip="Rehearse what is suggested", id="progress.drill"),
        Binding("g", "next_guide", "other guide", tooltip="The next guide", id="progress.guide"),
        *COMMON_KEYS,
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self.guide = guide
        self._drill: NextDrill | None = None

    def compose_room(self) -> ComposeResult:
        yield Heading("Progress", self.guide.title)
        with VerticalScroll(id="figures"):
            yield Static(id="next-drill", classes="lead")
            yield Static(id="matrix")
            with Horizontal(id="trends"):
                yield Static(id="pace")
                yield Static(id="fillers")
            yield Static(id="mistakes")
            yield Static(id="calendar")

    def on_mount(self) -> None:
        self.query_one("#figures").focus()
        self.look()

    def look(self) -> None:
        """Compute the figures, off the UI thread."""
        studio, guide = self.rehearse.studio, self.guide

        def compute(_: Event) -> Look:
            attempts = studio.equipment.store.attempts(guide.id)
            now = datetime.now(UTC)
            zone = now.astimezone().tzinfo or UTC
            figures = progress(attempts, now, columns=COLUMNS, zone=zone)
            return Look(figures, next_in_guide(studio.equipment, guide, now))

        self.run_job("look", compute)

    @on(JobDone)
    def show(self, done: JobDone) -> None:
        """Draw the figures."""
        if not isinstance(done.result, Look):
            return
        figures = done.result.progress
        self._drill = done.result.drill
        if self._drill is not None:
            title, why = self._drill.scenario.title, self._drill.suggestion.why
            self.query_one("#next-drill", Static).update(
                Content.assemble(("In this guide: ", "bold"), f"{title}. ", (why, "$text-warning"))
            )
        self.query_one(Heading).show(right=f"{self.guide.title} · {counted(figures.attempts, 'answer')}")
        empty = not figures.attempts
        for name in ("#matrix", "#trends", "#mistakes", "#calendar"):
            self.query_one(name).display = not empty
        if empty:
            return
        self.query_one("#matrix", Static).update(self._matrix(figures))
        self._draw_trends(figures)
        self.query_one("#mistakes", Static).update(self._mistakes(figures))
        self.query_one("#calendar", Static).update(calendar_text(figures.calendar, datetime.now().astimezone().date()))

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def _matrix(self, figures: Progress) -> Content:
        lines = [Content.styled(f"Coverage over time   {SHADES[0]} never  {SHADES[4]} always", "bold")]
        for section in self.guide.sections:
            cells = "".join(shade(column.covered.get(section.id)) * 2 for column in figures.matrix)
            recent = [c.covered[section.id] for c in figures.matrix[-5:] if section.id in c.covered]
            late = f" {percent(sum(recent) / len(recent))} lately" if recent else ""
            lines.append(Content.assemble(f"{section.title:<28}", (cells, "$accent"), (late, "dim")))
        if note := self_knowledge_note(figures.knowledge, self.guide):
            lines.append(Content.styled(note, "dim"))
        lines.append(Content.styled("Demos, follow-ups and answers too short to judge are left out.", "dim"))
        return Content("\n").join(lines)

    def _draw_trends(self, figures: Progress) -> None:
        pace = [point.words_per_minute for point in figures.trend]
        fillers = [point.fillers_per_minute for point in figures.trend]
        self.query_one("#trends").display = len(pace) > 1
        if len(pace) < 2:
            return
        low, high = USUAL_PACE
        self.query_one("#pace", Static).update(
            _plotted(
                "Words a minute", pace, PACE_RANGE, f"first {pace[0]:.0f}, last {pace[-1]:.0f}; usual {low}–{high}"
            )
        )
        self.query_one("#fillers", Static).update(
            _plotted("Fillers a minute", fillers, FILLER_RANGE, f"first {fillers[0]:.1f}, last {fillers[-1]:.1f}")
        )

    def _mistakes(self, figures: Progress) -> Content:
        titles = {mistake.id: mistake.title for mistake in self.guide.mistakes}
        lines = [Content.styled("Mistakes", "bold")]
        for frequency in figures.mistakes:
            if frequency.mistake_id not in titles:
                continue
            done, rest = time_bar(frequency.made / frequency.judged, 14)
            late = f"{frequency.made} of {frequency.judged}"
            if frequency.judged_recently < frequency.judged:
                late += f", {frequency.made_recently} of the last {frequency.judged_recently}"
            lines.append(
                Content.assemble(f"{titles[frequency.mistake_id]:<34}", (done, "$error"), (rest, "dim"), f"  {late}")
            )
        return Content("\n").join(lines)

    def action_drill(self) -> None:
        """Rehearse what is suggested."""
        if self._drill is not None:
            self.rehearse.move_to(drill_for(self._drill, self.rehearse.studio))

    def action_next_guide(self) -> None:
        """The figures of the next guide."""
        guides = list(self.rehearse.equipment.library.readable().values())
        ids = [guide.id for guide in guides]
        self.guide = guides[(ids.index(self.guide.id) + 1) % len(ids) if self.guide.id in ids else 0]
        self.look()


def _plotted(name: str, values: list[float], span: tuple[int, int], said: str) -> Content:
    low, high = span
    top, bottom = plot(values, low, high, width=COLUMNS)
    title = Content.assemble((name, "bold"), (f"  {low} to {high}", "dim"))
    return Content("\n").join([title, Content.styled(top, "$accent"), Content.styled(bottom, "$accent"), Content(said)])


def calendar_text(calendar: Calendar, today: date) -> Content:
    """The last weeks, a column a week from Monday down, darker where more was done."""
    monday = today - timedelta(days=today.weekday())
    lines = [
        Content.styled(
            f"Practice   streak {counted(calendar.streak, 'day')}, best {counted(calendar.best_streak, 'day')}", "bold"
        )
    ]
    for weekday, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        days = [monday - timedelta(weeks=back) + timedelta(days=weekday) for back in reversed(range(WEEKS))]
        cells = "".join("  " if day > today else f"{SHADES[min(4, calendar.days.get(day, 0))]} " for day in days)
        lines.append(Content.assemble((f"{name}  ", "dim"), (cells, "$accent")))
    return Content("\n").join(lines)
