"""The brief before an answer: the thinking clock, what one can do, and the sections an interviewer waits for."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.guide import Guide
from rehearse.ui.glyphs import shortened
from rehearse.ui.widgets.recording_bar import Meter, RecordingBar


class Brief(Vertical):
    """What stands on the screen while one thinks."""

    def __init__(self, think: float) -> None:
        """`think` are the seconds there are to think."""
        super().__init__(id="brief")
        self._think = think

    def compose(self) -> ComposeResult:
        yield RecordingBar(self._think, id="brief-clock")
        yield Static(id="hint")
        yield Static(id="framework")

    def note(self, text: str) -> None:
        """Say beside the meter how the microphone is."""
        self.query_one(Meter).note = text

    def tick(self, elapsed: float, level: float | None, hint: str) -> None:
        """Draw the time, the level in dBFS where the microphone is open, and what one can do."""
        bar = self.query_one(RecordingBar)
        bar.elapsed = elapsed
        if level is not None:
            bar.query_one(Meter).push(level)
        self.hint(hint)

    def hint(self, text: str) -> None:
        """Say what one can do."""
        self.query_one("#hint", Static).update(Content.styled(text, "dim"))

    def show_framework(self, guide: Guide, width: int) -> None:
        """Draw the sections, each with its summary cut to a window of `width` columns."""
        room = max(20, width - 36)
        rows = [
            Content.assemble((f"  {section.title:<28}", "bold"), (shortened(section.summary, room), "dim"))
            for section in guide.sections
        ]
        lines = [Content.styled("Sections an interviewer waits for", "dim"), *rows]
        self.query_one("#framework", Static).update(Content("\n").join(lines))
