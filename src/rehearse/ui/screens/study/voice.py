"""The sample answers of the study screen, spoken: making ready, playing, following with the words lit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rehearse.domain.transcript import Transcript
from rehearse.services.replay import Replay
from rehearse.ui.bridge import JobFailed
from rehearse.ui.screens.room import RoomScreen
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from rehearse.audio.playback import Player
    from rehearse.domain.guide import Scenario
    from rehearse.services.equipment import Equipment


@dataclass(frozen=True)
class Spoken:
    """A sample answer that can be heard."""

    scenario_id: str
    transcript: Transcript
    player: Player


@dataclass
class VoiceProgress(Message):
    """So many sentences of a sample answer are spoken."""

    done: int
    whole: int


def speak_sample(
    equipment: Equipment, scenario: Scenario, cancelled: Event, told: Callable[[int, int], object]
) -> Spoken:
    """Speak a scenario's sample answer; raises as `read_aloud`."""
    from rehearse.services.spoken_sample import read_aloud

    spoken = read_aloud(scenario.sample_text, equipment.voice(), cancelled, told)
    player = equipment.player(spoken.sound)
    if cancelled.is_set():
        player.close()
    return Spoken(scenario.id, spoken.transcript, player)


class VoicedScreen(RoomScreen[None]):
    """A screen that reads sample answers aloud; it composes `#voice`, a player bar and a transcript view."""

    def __init__(self) -> None:
        super().__init__()
        self._voiced = ""
        """Id of the scenario whose sample answer is in the player, or on its way there."""
        self.replay = self._new_replay()

    @property
    def voiced_scenario(self) -> Scenario | None:
        """Whose sample answer is seen just now."""
        raise NotImplementedError

    def forget_voice(self) -> None:
        """What was spoken is of a guide that has been edited."""
        self.replay.close()
        self.replay, self._voiced = self._new_replay(), ""

    def show_player(self) -> None:
        """The bar, where what it plays is seen."""
        scenario = self.voiced_scenario
        self.query_one(PlayerBar).display = scenario is not None and self._voiced == scenario.id

    def _new_replay(self) -> Replay:
        return Replay(Transcript(), self._open_player)

    def action_hear(self) -> None:
        """Read the sample answer aloud, or pause."""
        scenario = self.voiced_scenario
        if scenario is None:
            return
        if self._voiced != scenario.id:
            self.replay.close()
            self.replay = self._new_replay()
        self.replay.toggle()

    def _open_player(self) -> None:
        scenario = self.voiced_scenario
        if scenario is None or self._voiced == scenario.id:
            return
        self._voiced = scenario.id
        self.say("The voice is getting ready …")
        equipment = self.rehearse.equipment

        def speak(cancelled: Event) -> Spoken:
            return speak_sample(
                equipment, scenario, cancelled, lambda done, of: self.post_message(VoiceProgress(done, of))
            )

        self.run_job("voice", speak)

    @on(VoiceProgress)
    def show_progress(self, progress: VoiceProgress) -> None:
        """How far the voice is."""
        if self.voiced_scenario is not None and self.replay.player is None:
            self.say(f"The voice is getting ready: sentence {progress.done + 1} of {progress.whole} …")

    def say(self, text: str) -> None:
        """What there is to say of the voice; "" hides the line."""
        voice = self.query_one("#voice", Static)
        voice.update(Content.styled(text, "dim"))
        voice.display = bool(text)

    def take_voice(self, spoken: Spoken) -> None:
        """The voice is ready: play it, unless another page is read by now."""
        scenario = self.voiced_scenario
        self.say("")
        if scenario is None or scenario.id != spoken.scenario_id:
            spoken.player.close()
            self._voiced = ""
            return
        self.replay.follow(spoken.transcript)
        bar = self.query_one(PlayerBar)
        bar.last(spoken.transcript.duration)
        bar.silent = spoken.player.silent
        bar.display = True
        self.replay.opened(spoken.player)

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed; the page can be read all the same."""
        if failed.job == "voice":
            self._voiced = ""
            self.say("")
            self.show_error(failed.error)

    def on_mount(self) -> None:
        """Textual calls this beside the subclass's own."""
        self.set_interval(1 / 30, self._follow_player)

    def _follow_player(self) -> None:
        player = self.replay.player
        if player is None or self.voiced_scenario is None or self._voiced != self.voiced_scenario.id:
            return
        self.query_one(PlayerBar).follow(player)
        self.query_one(TranscriptView).heard_word = self.replay.word

    def action_jump(self, by: int) -> None:
        """Seconds back or on."""
        if self.replay.player is not None:
            self.replay.jump(by)

    def action_speed(self, by: int) -> None:
        """Slower or faster, at the same pitch."""
        self.replay.change_speed(by)

    def on_unmount(self) -> None:
        """Give the loudspeaker back."""
        self.replay.close()
