"""The big clock, the time bar and the level meter of a running answer. Fast values are polled, not pushed."""

from collections import deque

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Digits, Static

from rehearse.domain.rehearsal import Band, clock_text

METER_STEPS = " ▁▂▃▄▅▆▇█"
METER_FLOOR, METER_CEILING = -55.0, -8.0
"""dBFS drawn as nothing and as a full bar: room noise of a laptop and a close voice."""


def meter_step(dbfs: float) -> str:
    """A level in dBFS as a bar of eight heights."""
    share = (dbfs - METER_FLOOR) / (METER_CEILING - METER_FLOOR)
    return METER_STEPS[max(0, min(8, round(share * 8)))]


def time_bar(share: float, width: int) -> tuple[str, str]:
    """The done and the open part of a bar of `width` cells; half cells count."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    done = "━" * (halves // 2) + ("╸" if halves % 2 else "")
    return done, "─" * (width - len(done))


class Meter(Static):
    """The last few seconds of the microphone's level."""

    def __init__(self, width: int = 24, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._levels: deque[float] = deque([METER_FLOOR] * width, maxlen=width)
        self.note = ""

    def push(self, dbfs: float) -> None:
        """One more level, in dBFS."""
        self._levels.append(dbfs)
        self.refresh()

    def render(self) -> Content:
        room = max(8, self.size.width - len(self.note) - 2)
        bars = "".join(map(meter_step, list(self._levels)[-room:]))
        return Content.assemble((bars, "$accent"), "  ", (self.note, "bold"))


class RecordingBar(Vertical):
    """Clock, time bar, meter."""

    elapsed = reactive(0.0)
    band: reactive[Band | None] = reactive(None)

    def __init__(self, total: float, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.total = total
        """Seconds the bar stands for."""
        self.counts_down = True

    def compose(self) -> ComposeResult:
        yield Digits("0:00", id="clock")
        yield Static(id="time-bar")
        yield Meter(id="meter")

    def on_mount(self) -> None:
        """Show the time before it runs."""
        self.call_after_refresh(self.watch_elapsed, self.elapsed)

    def watch_elapsed(self, now: float) -> None:
        """Draw the time."""
        if not self.is_mounted:
            return
        left = self.total - now
        shown = left if self.counts_down else now
        text = (
            f"+{clock_text(-left)}" if self.counts_down and left < 0 else clock_text(shown + 0.999 if shown > 0 else 0)
        )
        clock = self.query_one("#clock", Digits)
        if clock.value != text:
            clock.update(text)
            self._draw_bar()

    def watch_band(self, before: Band | None, now: Band | None) -> None:
        """Colour and a word for the length."""
        for band in (before, now):
            if band:
                self.set_class(band is now, f"-{band.name.lower()}")
        if self.is_mounted:
            self._draw_bar()

    def _draw_bar(self) -> None:
        tail = f"  of {clock_text(self.total)}"
        word = f" {self.band.value}" if self.band else ""
        done, rest = time_bar(self.elapsed / self.total, max(8, self.size.width - len(tail) - len(word) - 1))
        self.query_one("#time-bar", Static).update(
            Content.assemble((done, "bold"), (rest, "dim"), (tail, "dim"), (word, "bold"))
        )
