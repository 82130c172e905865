"""What the drills' screens share: how far it is, the next answer, hearing one, discarding one and bringing it back."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.binding import Binding, BindingType

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.guide import Guide
from rehearse.errors import RehearseError
from rehearse.services.drills import Drill, Underway, end, resume, series_for
from rehearse.services.replay import Replay
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.discarded import IN_THE_TRASH, Discarded
from rehearse.ui.screens.room import COMMON_KEYS, RoomScreen
from rehearse.ui.widgets.player_bar import PlayerBar

if TYPE_CHECKING:
    from rehearse.audio.playback import Player
    from rehearse.domain.rehearsal import Plan

BEFORE = 0.3
"""Seconds before a moment from which it is heard."""

COMMON_KEYS_OF_DRILLS: list[BindingType] = [
    Binding("t", "type", "type", tooltip="Type the next answer instead of speaking", id="drill.type"),
    Binding("space", "hear", "hear", tooltip="Hear it, or pause", id="drill.hear"),
    Binding("comma", "jump(-5)", show=False, key_display=",", tooltip="Five seconds back", id="drill.back"),
    Binding("full_stop", "jump(5)", show=False, key_display=".", tooltip="Five seconds on", id="drill.on"),
    Binding("minus", "speed(-1)", show=False, key_display="-", tooltip="Slower", id="drill.slower"),
    Binding("plus,equals_sign", "speed(1)", show=False, key_display="+", tooltip="Faster", id="drill.faster"),
    Binding("o", "open", "open", tooltip="The whole review of this answer", id="drill.open"),
    Binding("x", "discard", "discard", tooltip="Discard this answer; it can be brought back", id="drill.discard"),
    Binding("U", "restore", "undo", tooltip="Bring the discarded answer back", id="drill.restore"),
    Binding("n", "anew", "new", tooltip="Begin this drill anew; what was said stays kept", id="drill.anew"),
    *COMMON_KEYS,
]
"""Every drill ends its own keys with these."""


class DrillScreen(RoomScreen[None]):
    """A drill as it stands. All of it is computed from the answers that are kept: leaving it loses nothing."""

    AUTO_FOCUS = ""

    def __init__(self, guide: Guide, drill: Drill, series_id: str | None = None) -> None:
        """`series_id`: of the one to look at; None goes on with what is unfinished, or begins."""
        super().__init__()
        self.guide = guide
        self.drill = drill
        self.underway = Underway()
        self.looked = False
        """It is known how far the drill is."""
        self._series_id = series_id
        self._discarded = Discarded()
        self._heard: Answer | None = None
        self._replay: Replay | None = None
        self._heard_from: tuple[str, float | None] | None = None
        """What `space` played last: which answer, from which second."""

    # -- what a drill says of itself ---------------------------------------------------------------------------------

    @abstractmethod
    def draw(self) -> None:
        """Draw how far it is."""

    @abstractmethod
    def next_plan(self, series_id: str) -> Plan | None:
        """What is asked next; None where all is done."""

    @property
    @abstractmethod
    def place(self) -> tuple[str, str]:
        """For the heading of the next answer: which drill, which round."""

    @property
    @abstractmethod
    def shown_answer(self) -> Answer | None:
        """The answer that is heard, opened and discarded."""

    @abstractmethod
    def is_complete(self, underway: Underway) -> bool:
        """All was said."""

    def moment(self) -> float | None:
        """From which second the shown answer is heard; None from the beginning."""
        return None

    def light(self, answer: Answer, word: int | None) -> None:
        """Light the word that is heard."""

    # -- how far it is -------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Textual calls this for subclasses too, whatever they override."""
        self.query_one(PlayerBar).display = False
        self.set_interval(1 / 15, self._follow_player)

    def on_screen_resume(self) -> None:
        """An answer may have been given, corrected or deleted meanwhile."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """See how far it is, off the UI thread."""
        if not self.is_current:
            return
        equipment, drill, series_id = self.rehearse.equipment, self.drill, self._series_id

        def find(_: Event) -> Underway:
            underway = resume(equipment, drill, series_id)
            if underway.series and not equipment.store.read_only and self.is_complete(underway):
                end(equipment, underway.series, datetime.now(UTC))
            return underway

        self.run_job("look", find)

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """It is known how far it is, or there is something to hear."""
        if done.job == "look":
            self.underway, self.looked = cast("Underway", done.result), True
            self._series_id = self.underway.series.id if self.underway.series else None
            self.draw()
            self.refresh_bindings()
        elif done.job == "player" and self._replay is not None:
            player = cast("Player", done.result)
            self.query_one(PlayerBar).silent = player.silent
            self._replay.opened(player)

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        shown = self.shown_answer
        match action:
            case "type":
                return self.looked and self.next_plan("") is not None
            case "hear" | "jump" | "speed":
                return shown is not None and shown.recording is not None
            case "open" | "discard":
                return shown is not None
            case "restore":
                return bool(self._discarded)
            case "anew":
                return bool(self.underway.answers)
            case _:
                return True

    # -- the next answer -----------------------------------------------------------------------------------------------

    def speak(self) -> None:
        """Answer aloud; the very first time, look at the microphone before."""
        if self.rehearse.equipment.settings.checked_microphone:
            self.answer(typed=False)
        else:
            self.pause()
            self.rehearse.visit(
                to.CheckMicrophone(first_time=True), lambda go: self.answer(typed=False) if go else None
            )

    def action_type(self) -> None:
        """Answer with the keyboard."""
        self.answer(typed=True)

    def answer(self, *, typed: bool) -> None:
        """Give the next answer."""
        if not self.looked or self.next_plan("") is None:
            return
        self.pause()
        equipment = self.rehearse.equipment
        try:
            series = series_for(equipment, self.drill, self.underway, datetime.now(UTC))
        except RehearseError as error:
            self.show_error(error)
            return
        self._series_id = series.id
        plan = self.next_plan(series.id)
        assert plan is not None
        self.rehearse.visit(to.DrillRound(self.guide, plan, *self.place, typed=typed))

    def action_anew(self) -> None:
        """Leave this one as it is and begin another of the same matter."""
        self.pause()
        if (series := self.underway.series) is not None:
            try:
                end(self.rehearse.equipment, series, datetime.now(UTC))
            except RehearseError as error:
                self.show_error(error)
                return
        self._series_id = None
        self._discarded.clear()
        self.look()

    # -- away, and back ------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """The whole review of the shown answer."""
        if answer := self.shown_answer:
            self.pause()
            self.rehearse.visit(to.Review(self.guide, answer))

    def action_discard(self) -> None:
        """Move the shown answer to the trash."""
        answer = self.shown_answer
        if answer is None:
            return
        self.pause()
        self._discard(answer.id)

    @work(group="keeping")
    async def _discard(self, answer_id: str) -> None:
        async with self.keeping():
            await asyncio.to_thread(self.rehearse.equipment.store.discard, answer_id)
            self.take_discarded(answer_id)
            self.look()

    def take_discarded(self, answer_id: str) -> None:
        """An answer was discarded, here or while it was spoken: say how it comes back."""
        self._discarded.add(answer_id)
        self.refresh_bindings()
        self.notify(IN_THE_TRASH)

    def action_restore(self) -> None:
        """Bring the answer back that was discarded last; one that was being spoken is marked now."""
        try:
            answer = self._discarded.bring_back(self.rehearse.equipment.store)
        except RehearseError as error:  # another rehearse deleted it for good meanwhile, or holds the store
            self.show_error(error)
            return
        if answer.status is AnswerStatus.RECORDING:
            self.rehearse.visit(to.Recover(self.guide, answer))
        else:
            self.look()

    # -- hearing -------------------------------------------------------------------------------------------------------

    def action_hear(self) -> None:
        """Hear the shown answer, or pause."""
        answer = self.shown_answer
        if answer is None:
            return
        wanted = (answer.id, self.moment())
        if wanted == self._heard_from and self._replay is not None and self._replay.player:
            self._replay.toggle()
        else:
            self.hear(answer, self.moment())
        self._heard_from = wanted

    def hear(self, answer: Answer, start: float | None = None) -> None:
        """Hear an answer, from a second on."""
        if answer.recording is None:
            self.notify("There is no recording of this one.")
            return
        if self._heard is None or self._heard.id != answer.id or self._replay is None:
            self._silence()
            self._heard = answer
            self._replay = Replay(answer.transcript, self._open_player)
            bar = self.query_one(PlayerBar)
            bar.last(answer.duration)
            bar.display = True
        self._replay.play(None if start is None else max(0.0, start - BEFORE))

    def _open_player(self) -> None:
        if self._heard is None or self._heard.recording is None:
            return
        path, equipment = self._heard.recording, self.rehearse.equipment

        def open_player(cancelled: Event) -> Player:
            from rehearse.audio.recorded import read_recording

            player = equipment.player(read_recording(path))
            if cancelled.is_set():  # nobody waits for it any more
                player.close()
            return player

        self.run_job("player", open_player)

    def action_jump(self, by: int) -> None:
        """Seconds back or on."""
        if self._replay is not None:
            self._replay.jump(by)

    def action_speed(self, by: int) -> None:
        """Slower or faster, at the same pitch."""
        if self._replay is None or not self._replay.change_speed(by):
            self.notify("space plays; then - and + change the speed.", timeout=3)

    def pause(self) -> None:
        """Something else is looked at."""
        if self._replay is not None:
            self._replay.put_down()
            self.query_one(PlayerBar).playing = False

    def _silence(self) -> None:
        if self._replay is not None:
            self._replay.close()
        if self._heard is not None:
            self.light(self._heard, None)
        self._replay = self._heard = None

    def _follow_player(self) -> None:
        newest = self.underway.answers[-1:]
        if newest and self.rehearse.studio.rehearsals.refined(newest[0]) is not None:
            self.look()  # its last words were heard again, with more care
        if self._replay is None or self._heard is None or (player := self._replay.player) is None:
            return
        self.query_one(PlayerBar).follow(player)
        self.light(self._heard, self._replay.word)

    def on_unmount(self) -> None:
        """Close the player."""
        if self._replay is not None:
            self._replay.close()
