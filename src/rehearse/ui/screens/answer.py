"""One answer, just given or kept: transcript and marks, replay, corrections, notes, what to do next."""

from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.advice import follow_up_section, next_step
from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.corrections import turned_around
from rehearse.domain.coverage import Correction, SectionState
from rehearse.domain.guide import Guide, Section
from rehearse.domain.rehearsal import clock_text, follow_up_plan
from rehearse.domain.wording import counted
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.glyphs import shortened
from rehearse.ui.highlights import highlights
from rehearse.ui.screens.base import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.timeline import Timeline
from rehearse.ui.widgets.transcript_view import TranscriptView
from rehearse.ui.wording import ago, delivery_line

if TYPE_CHECKING:
    from rehearse.audio.playback import Player

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)

LOW = 32
"""Rows under which the advice gets three lines; see the style sheet."""
WRAPPING = 9
"""Cells a line loses because words aren't cut."""


class AnswerScreen(RoomScreen[None]):
    """Review of one answer."""

    HELP = (
        "The panel shows what came up, with the words that earned it. **enter** on a mark plays its moment, **w** says "
        "why it was given, **c** puts your own word over it. **tab** goes to the transcript: **enter** plays from the "
        "word under the cursor, **i** excuses a word that is no filler."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again", "again", tooltip="Rehearse this scenario again", id="answer.again"),
        Binding(
            "f", "follow_up", "ask me", tooltip="Answer the interviewer's follow-up question", id="answer.follow-up"
        ),
        Binding("space", "toggle_play", "play", tooltip="Play and pause the recording", id="answer.play", show=False),
        Binding(
            "comma", "jump(-5)", "5 s back", show=False, key_display=",", tooltip="Five seconds back", id="answer.back"
        ),
        Binding(
            "full_stop", "jump(5)", "5 s on", show=False, key_display=".", tooltip="Five seconds on", id="answer.on"
        ),
        Binding(
            "minus", "speed(-1)", "slower", show=False, key_display="-", tooltip="Slower replay", id="answer.slower"
        ),
        Binding(
            "plus,equals_sign",
            "speed(1)",
            "faster",
            show=False,
            key_display="+",
            tooltip="Faster replay",
            id="answer.faster",
        ),
        Binding("c", "correct", "correct", tooltip="Put your word over this mark", id="answer.correct"),
        Binding("u", "undo", "undo", tooltip="Take the last correction back", id="answer.undo"),
        Binding("i", "excuse", "no filler", tooltip="This word is no filler", id="answer.excuse", show=False),
        Binding("n", "note", "note", tooltip="Write a note", id="answer.note", show=False),
        Binding("asterisk", "star", "star", key_display="*", tooltip="Star this answer", id="answer.star", show=False),
        Binding(
            "v",
            "compare",
            "compare",
            tooltip="Compare with an earlier attempt or the sample answer",
            id="answer.compare",
        ),
        Binding("d", "delivery", "delivery", tooltip="Pace, fillers, pauses, hesitations", id="answer.delivery"),
        Binding("x", "export", "export", tooltip="Export this answer", id="answer.export", show=False),
        Binding(
            "delete",
            "delete",
            "delete",
            key_display="del",
            tooltip="Delete this answer; can be undone",
            id="answer.delete",
            show=False,
        ),
        *COMMON_KEYS,
    ]

    def __init__(self, guide: Guide, answer: Answer, *, fresh: bool = False) -> None:
        super().__init__()
        self.guide = guide
        self.answer = answer
        self._fresh = fresh
        self._player: Player | None = None
        self._wanted_position: float | None = None
        self._undone: list[Correction | None] = []
        self._starts = [word.start for word in answer.transcript.words]

    # -- drawing -----------------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        yield Heading(self.guide.scenario(self.answer.scenario_id).title)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Static(Content.styled(f"“{self.answer.question}”", "bold"), id="asked")
                yield TranscriptView(live=False, id="transcript")
                yield Static(id="note")
            yield CoveragePanel(self.guide, live=False, id="panel")
        yield Static(id="next")
        yield Static(id="facts")
        yield Timeline(self.guide, id="timeline")
        yield PlayerBar(self.answer.duration, available=self.answer.recording is not None)

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.transcript = self.answer.transcript
        view.placeholder = "Nothing was heard in this answer."
        self.query_one(CoveragePanel).focus()
        self.show_answer()
        self.set_interval(1 / 30, self._follow_player)

    def show_answer(self) -> None:
        """Draw everything that a correction or a note may change."""
        answer, marks = self.answer, self.answer.marks
        self.query_one(Heading).show(right=self._summary())
        if marks:
            self.query_one(CoveragePanel).coverage = marks
            self.query_one(TranscriptView).highlights = highlights(self.guide, marks)
        fillers = answer.delivery.fillers if answer.delivery else ()
        self.query_one(TranscriptView).fillers = frozenset(
            index for filler in fillers for index in range(filler.first_word, filler.end_word)
        )
        self.query_one("#facts", Static).update(Content(delivery_line(answer.delivery)))
        self.query_one("#next", Static).update(self._advice())
        self.query_one(Timeline).show(answer.delivery, answer.duration)
        note = self.query_one("#note", Static)
        note.update(Content(f"✎ {answer.notes}"))
        note.display = bool(answer.notes)
        self.refresh_bindings()

    def _advice(self) -> Content:
        section = self._follow_up_section()
        offer = f" f: the interviewer asks about {section.title}." if section else ""
        if answered := self._answered_since():
            offer = f" You told it when asked: {', '.join(answered)}.{offer}"
        width, height = self.app.size
        lines = 3 if height < LOW else 4
        room = lines * (width - 2) - len(f"Next: {offer}") - WRAPPING * (lines - 1)
        advice = shortened(next_step(self.guide, self.answer), room)
        return Content.assemble(("Next: ", "bold"), advice, (offer, "bold"))

    def on_screen_resume(self) -> None:
        """A follow-up question may have been answered meanwhile."""
        if self.is_mounted:
            self.query_one("#next", Static).update(self._advice())
            self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """The advice is cut to the room there is."""
        del event  # the base class has its own handler, which Textual calls too
        self.query_one("#next", Static).update(self._advice())

    def _summary(self) -> str:
        marks = self.answer.marks
        star = "★ " if self.answer.starred else ""
        when = ago(self.answer.created_at, datetime.now(UTC))
        if marks is None:
            return f"{star}{when}"
        length = f" · {clock_text(self.answer.duration)}" if self.answer.transcript.timed else " · typed"
        guess = self._guess_line()
        score = f"{len(marks.covered)}/{len(marks.sections)} · {counted(len(marks.made), 'mistake')}"
        if not marks.judged:
            score = "not judged"
        elif self.answer.follow_up_of:
            score = f"follow-up · {'covered' if marks.covered else 'not covered'}"
        return f"{star}{score}{length}{guess} · {when}"

    def _guess_line(self) -> str:
        marks, guess = self.answer.marks, self.answer.guess
        if guess is None or marks is None:
            return ""
        right = sum((mark.section_id in guess) == (mark.state is SectionState.COVERED) for mark in marks.sections)
        return f" · guessed {right}/{len(marks.sections)}"

    # -- replay ------------------------------------------------------------------------------------------------------

    @property
    def player(self) -> "Player | None":
        """Opened when it is first asked for."""
        return self._player

    def _play_from(self, position: float | None) -> None:
        if self.answer.recording is None:
            self.notify("This answer has no recording.", severity="warning")
            return
        if self._player is not None:
            if position is not None:
                self._player.seek(max(0.0, position))
            self._player.play()
            return
        self._wanted_position = position
        path, studio = self.answer.recording, self.rehearse.studio

        def open_player(_: Event) -> "Player":
            from rehearse.audio.recording import read_recording

            return studio.player(read_recording(path))

        self.run_job("player", open_player)

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The player is open, or something was stored."""
        if done.job == "player":
            player: Player = done.result  # type: ignore[assignment]
            self._player = player
            self.query_one(PlayerBar).silent = player.silent
            self._play_from(self._wanted_position)

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def _follow_player(self) -> None:
        player = self._player
        if player is None:
            return
        bar, view = self.query_one(PlayerBar), self.query_one(TranscriptView)
        bar.playing = player.playing
        bar.position = player.position
        bar.speed = player.speed
        self.query_one(Timeline).position = player.position
        index = bisect_right(self._starts, player.position) - 1
        view.heard_word = index if index >= 0 and (player.playing or player.position > 0) else None

    def action_toggle_play(self) -> None:
        """Play and pause."""
        if self._player is not None and self._player.playing:
            self._player.pause()
        elif self._player is not None and self._player.finished:
            self._play_from(0.0)
        else:
            self._play_from(None)

    def action_jump(self, by: int) -> None:
        """Seconds back or on."""
        if self._player is None:
            self._play_from(max(0.0, float(by)))
        else:
            self._player.seek(min(self.answer.duration, max(0.0, self._player.position + by)))

    def action_speed(self, by: int) -> None:
        """Slower or faster, at the same pitch."""
        player = self._player
        if player is None:
            self.notify("space plays; then - and + change the speed.", timeout=3)
        else:
            here = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - player.speed))
            player.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, here + by))]

    @on(CoveragePanel.PlayRequested)
    def play_mark(self, request: CoveragePanel.PlayRequested) -> None:
        """Hear the moment behind a mark."""
        if not request.mark.evidence:
            self.notify("No moment earned this mark: it is about what wasn't said.")
            return
        start = request.mark.evidence[0].start
        if start is not None:
            self._play_from(start - 0.3)

    @on(TranscriptView.PlayRequested)
    def play_word(self, request: TranscriptView.PlayRequested) -> None:
        """Hear the answer from a word on."""
        self._play_from(self.answer.transcript.words[request.word].start - 0.1)

    @on(CoveragePanel.MarkSelected)
    def show_mark(self, selected: CoveragePanel.MarkSelected) -> None:
        """Show the words of the mark under the cursor."""
        if selected.mark.evidence:
            self.query_one(TranscriptView).cursor = selected.mark.evidence[0].first_word

    def on_unmount(self) -> None:
        """Close the player."""
        if self._player is not None:
            self._player.close()

    # -- the user's word ---------------------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Turn the mark under the cursor around: yours wins and is shown as such."""
        mark = self.query_one(CoveragePanel).selected
        if mark is None:
            return
        view = self.query_one(TranscriptView)
        # Only a word that was pointed at is evidence; the cursor also goes along with the marks.
        pointed_at = view.cursor if view.has_focus else None
        self._correct(turned_around(mark, self.answer.transcript, pointed_at))

    def _correct(self, correction: Correction) -> None:
        self.answer = self.rehearse.studio.correct(self.guide, self.answer, correction)
        self.show_answer()
        remembered = (
            " It is remembered for later answers." if self.rehearse.studio.settings.remember_corrections else ""
        )
        self.app.clear_notifications()
        self.notify(f"Your word stands.{remembered} u takes it back.", timeout=3)

    def action_undo(self) -> None:
        """Take the last correction back."""
        if not self.answer.corrections:
            self.notify("There is no correction to take back.")
            return
        self.answer = self.rehearse.studio.undo_correction(self.guide, self.answer)
        self.show_answer()

    def action_excuse(self) -> None:
        """The word under the cursor is no filler; again: it is."""
        cursor = self.query_one(TranscriptView).cursor
        if cursor is None or self.answer.delivery is None:
            return
        excused = set(self.answer.excused) ^ {cursor}
        self.answer = self.rehearse.studio.excuse(self.answer, tuple(sorted(excused)))
        self.show_answer()

    def action_note(self) -> None:
        """Write a note."""
        from rehearse.ui.screens.dialogs import LineDialog

        def keep(text: str | None) -> None:
            if text is not None:
                self.rehearse.studio.store.note(self.answer.id, text)
                self.answer = replace(self.answer, notes=text)
                self.show_answer()

        self.app.push_screen(LineDialog("Your note on this answer", self.answer.notes), keep)

    def action_star(self) -> None:
        """Star it, or not."""
        starred = not self.answer.starred
        self.rehearse.studio.store.star(self.answer.id, starred)
        self.answer = replace(self.answer, starred=starred)
        self.show_answer()

    # -- going on ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible with this answer."""
        match action:
            case "undo":
                return bool(self.answer.corrections)
            case "follow_up":
                return self._follow_up_section() is not None
            case "delivery":
                return self.answer.delivery is not None
            case "toggle_play" | "jump" | "speed":
                return self.answer.recording is not None
            case _:
                return True

    def _follow_up_section(self) -> Section | None:
        studio = self.rehearse.studio
        answered = studio.answered_since(self.answer.id)
        return follow_up_section(self.guide, self.answer, answered) if studio.settings.follow_ups else None

    def _answered_since(self) -> list[str]:
        """Titles of the sections that follow-up answers of this sitting covered."""
        answered = self.rehearse.studio.answered_since(self.answer.id)
        return [section.title for section in self.guide.sections if section.id in answered]

    def action_follow_up(self) -> None:
        """The interviewer asks about what was left out."""
        section = self._follow_up_section()
        if section is None:
            return
        from rehearse.ui.screens.rehearsal import RehearsalScreen

        self._stop_player()
        self.app.push_screen(
            RehearsalScreen(self.guide, follow_up_plan(self.guide, self.answer, section.id, Mode.COACHED))
        )

    def action_again(self) -> None:
        """Rehearse this scenario once more, in the same way."""
        from rehearse.ui.screens.rehearsal import RehearsalScreen
        from rehearse.ui.screens.typed import TypedScreen

        self._stop_player()
        scenario = self.guide.scenario(self.answer.scenario_id)
        if self.answer.source is Source.TYPED:
            self.app.switch_screen(TypedScreen(self.guide, scenario))
        else:
            self.app.switch_screen(RehearsalScreen(self.guide, self.rehearse.studio.plan(self.guide, scenario)))

    def _stop_player(self) -> None:
        if self._player is not None:
            self._player.pause()

    def action_compare(self) -> None:
        """Side by side with an earlier attempt or the sample answer."""
        self._stop_player()
        from rehearse.ui.screens.compare import CompareScreen

        self.app.push_screen(CompareScreen(self.guide, self.answer))

    def action_delivery(self) -> None:
        """How it was spoken; comes back with a moment to hear."""
        from rehearse.ui.screens.delivery import DeliveryScreen

        if self.answer.delivery is not None:
            self._stop_player()
            self.app.push_screen(DeliveryScreen(self.guide, self.answer.delivery), self._hear_moment)

    def _hear_moment(self, start: float | None) -> None:
        if start is not None:
            self._play_from(start)

    def action_export(self) -> None:
        """Write this answer to files."""
        from rehearse.ui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen([self.answer.id]))

    def action_delete(self) -> None:
        """Move to the trash; the list offers to bring it back."""
        self.rehearse.studio.store.discard(self.answer.id)
        title = shortened(self.guide.scenario(self.answer.scenario_id).title, 40)
        self.dismiss()
        self.notify(f"“{title}” is in the trash. U on the history screen brings it back.", markup=False)
