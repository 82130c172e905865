"""A screen on which the interviewer speaks: aloud, or as text where there is no loudspeaker. Any key interrupts."""

from dataclasses import dataclass

from textual import events, on
from textual.message import Message

from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import RoomScreen
from rehearse.ui.widgets.paced_text import PacedText

_AT_LATEST = 0.7
"""Seconds after which a text is shown whose voice is still being made."""


@dataclass
class VoiceBegan(Message):
    """The first sentence is heard."""


class SpeakingScreen(RoomScreen[None]):
    """Says texts and shows them in a `PacedText`; its owner calls `tick_voice` many times a second."""

    _saying: PacedText | None = None
    """Where the text stands that is being said."""
    _asked_at = 0.0
    _talks = False
    """Something is being said, or made to be said."""
    _sounds = False
    """Some of it was heard."""

    @property
    def is_asking(self) -> bool:
        """The interviewer says something just now, or it appears word by word."""
        return self._talks or any(not text.complete for text in self.query(PacedText))

    def say(
        self,
        text: str,
        where: PacedText,
        *,
        shown: str,
        lead: str = "",
        asked_for: bool = False,
        insists: float = 0.0,
    ) -> None:
        """Say a text aloud if the voice is on or somebody asked for it, else show it; where nothing can be heard, at
        reading pace.

        Args:
            text: what is said.
            where: what shows it.
            shown: how it is written there.
            lead: said before it.
            asked_for: whatever the settings say.
            insists: seconds for which the interviewer goes on though somebody talks over it.
        """
        where.show(shown)
        if not self.rehearse.equipment.settings.voice and not asked_for:
            return
        self._saying, self._asked_at, self._talks = where, self.rehearse.equipment.now(), True
        self._sounds = False
        if not asked_for:
            where.hold()
        interviewer = self.rehearse.equipment.interviewer

        def begun() -> None:
            self.post_message(VoiceBegan())

        self.run_job("voice", lambda cancelled: interviewer.speak(text, cancelled, begun, lead=lead, insists=insists))

    def tick_voice(self) -> None:
        """Show what is due of the text."""
        now = self.rehearse.equipment.now()
        if self._saying is not None and now - self._asked_at >= _AT_LATEST:
            self._show_said()
        for text in self.query(PacedText):
            text.tick(now)

    @on(VoiceBegan)
    def _heard(self) -> None:
        self._sounds = True
        self._show_said()

    def _show_said(self) -> None:
        """It is heard, or long in coming: show it."""
        where, self._saying = self._saying, None
        if where is not None:
            where.show()

    @on(JobDone)
    def voice_done(self, done: JobDone) -> None:
        """It was said; or it couldn't be, and is read instead."""
        if done.job == "voice":
            where, self._saying, self._talks = self._saying, None, False
            if done.result is False and where is not None and not where.complete:
                where.pace(self.rehearse.equipment.now())
            elif done.result is False and self._sounds:
                self.notify("The loudspeaker has stopped: what is said stands here to be read.", severity="warning")

    @on(JobFailed)
    def voice_failed(self, failed: JobFailed) -> None:
        """Nothing will be heard of it."""
        if failed.job == "voice":
            self._saying, self._talks = None, False

    def on_key(self, _: events.Key) -> None:
        """Any key interrupts the interviewer, and shows the rest of what is being read; then it does what it does."""
        self._saying, self._talks = None, False
        self.rehearse.equipment.interviewer.hush()
        for text in self.query(PacedText):
            if not text.complete:
                text.show()
