"""An answer while it is given: its clock, its words, its marks."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import ProgressBar

from rehearse.domain.guide import Guide
from rehearse.live.events import CoverageChanged, FinalisingProgress, LiveEvent, MarksAwaited, TranscriptChanged
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.recording_bar import RecordingBar
from rehearse.ui.widgets.transcript_view import TranscriptView


class LiveAnswer(Horizontal):
    """Draws what the pipeline reports."""

    def __init__(self, guide: Guide, seconds: float) -> None:
        """`seconds`: the time there is for the answer."""
        super().__init__(id="answer")
        self._guide = guide
        self._seconds = seconds

    def compose(self) -> ComposeResult:
        with Vertical(id="left"):
            yield RecordingBar(self._seconds, id="answer-clock")
            finalising = ProgressBar(id="finalising", show_eta=False)
            finalising.display = False
            yield finalising
            yield TranscriptView(live=True, id="transcript")
        yield CoveragePanel(self._guide, live=True, id="panel")

    def show_event(self, event: LiveEvent) -> None:
        """Draw one event; those that aren't about words, marks or the end are nothing to it."""
        match event:
            case TranscriptChanged(transcript=transcript, tentative=tentative):
                self.query_one(TranscriptView).show(transcript, tentative)
                self.query_one(CoveragePanel).transcript = transcript
            case MarksAwaited():
                self.query_one(CoveragePanel).wait()
            case CoverageChanged(coverage=coverage):
                self.query_one(CoveragePanel).coverage = coverage
            case FinalisingProgress(done=done, total=total):
                bar = self.query_one("#finalising", ProgressBar)
                bar.display = True
                bar.update(total=total, progress=done)
            case _:
                pass
