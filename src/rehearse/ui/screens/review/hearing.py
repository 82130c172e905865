"""Hearing an answer again: its player, the keys that move it, and where it is."""

from typing import TYPE_CHECKING, cast

from textual import on

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeMark, SectionMark
from rehearse.domain.languages import why_unjudged
from rehearse.services.replay import Replay
from rehearse.ui.bridge import JobDone
from rehearse.ui.screens.room import RoomScreen
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.timeline import Timeline
from rehearse.ui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from rehearse.audio.playback import Player


class HearingScreen(RoomScreen[None]):
    """A review whose answer can be heard."""

    answer: Answer
    _replay: Replay

    def open_player(self) -> None:
        """In the background: a long recording takes a while to read."""
        if self.answer.recording is None:
            self.notify("This answer has no recording.", severity="warning")
            return
        path, equipment = self.answer.recording, self.rehearse.equipment
        self.run_job("player", lambda cancelled: equipment.player_of(path, cancelled))

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The player is open, or something was stored."""
        if done.job == "player":
            player = cast("Player", done.result)
            self.query_one(PlayerBar).silent = player.silent
            self._replay.opened(player)

    def show_position(self) -> None:
        """Where the player is: in its bar, on the timeline, in the transcript."""
        player = self._replay.player
        if player is None:
            self.query_one(PlayerBar).playing = False
            return
        self.query_one(PlayerBar).follow(player)
        self.query_one(Timeline).position = player.position
        self.query_one(TranscriptView).heard_word = self._replay.word

    def action_toggle_play(self) -> None:
        """Play and pause."""
        self._replay.toggle()

    def action_jump(self, by: int) -> None:
        """Seconds back or on."""
        self._replay.jump(by)

    def action_speed(self, by: int) -> None:
        """Slower or faster, at the same pitch."""
        if not self._replay.change_speed(by):
            self.notify("space plays; then - and + change the speed.", timeout=3)

    @on(CoveragePanel.PlayRequested)
    def play_mark(self, request: CoveragePanel.PlayRequested) -> None:
        """Hear the moment behind a mark."""
        if not request.mark.evidence:
            self.notify(f"No moment earned this mark: {self._why_none(request.mark)}.")
            return
        start = request.mark.evidence[0].start
        if start is not None:
            self._replay.play(start - 0.3)

    def _why_none(self, mark: SectionMark | MistakeMark) -> str:
        if self.answer.marks is None or not self.answer.marks.judged:
            return why_unjudged(self.answer.transcript)
        if isinstance(mark, SectionMark) and mark.unheard:
            return mark.unheard[0]
        return "it is about what wasn't said"

    @on(TranscriptView.PlayRequested)
    def play_word(self, request: TranscriptView.PlayRequested) -> None:
        """Hear the answer from a word on."""
        self._replay.play(request.word.start - 0.1)

    def hear_moment(self, start: float | None) -> None:
        """Play from a second on; None where no moment was chosen."""
        if start is not None:
            self._replay.play(start)

    def on_unmount(self) -> None:
        """Close the player."""
        self._replay.close()
