"""Microphone check: a meter, three seconds recorded, and what was heard."""

from enum import Enum, auto
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from rehearse.errors import Cancelled, RehearseError
from rehearse.live.microphone_check import Heard, MicrophoneCheck
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.destinations import ChangeSettings
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.recording_bar import Meter

SECONDS = 3.0


class Step(Enum):
    """Where the check stands."""

    OPENING = auto()
    LISTENING = auto()
    RECORDING = auto()
    DECODING = auto()
    DONE = auto()
    FAILED = auto()


class MicrophoneScreen(RoomScreen[bool]):
    """True when one goes on to rehearse."""

    HELP = (
        "Speak, and watch the meter. **space** records three seconds and says what was heard. "
        "**s** chooses another device."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "record",
            "record 3 s",
            tooltip="Record three seconds and hear what was understood",
            id="microphone.record",
        ),
        Binding("space", "retry", "try again", tooltip="Open the microphone again", id="microphone.retry"),
        Binding("enter", "go", "go on", tooltip="Go on", id="microphone.go"),
        Binding("s", "settings", "device", tooltip="Choose another device", id="microphone.device"),
        *COMMON_KEYS,
    ]

    def __init__(self, *, first_time: bool = False) -> None:
        super().__init__()
        self._first_time = first_time
        self._check: MicrophoneCheck | None = None
        self._ended = Event()
        """The three seconds are over, and are decoded."""
        self._opened = False
        """It worked, on this visit."""
        self.step = Step.OPENING
        self._troubled = False
        """What is wrong with the microphone is on the screen."""

    @property
    def _device(self) -> str:
        return self.rehearse.equipment.settings.device or "the system's default device"

    def compose_room(self) -> ComposeResult:
        yield Heading("Microphone check", self._device)
        yield Static(id="lead", classes="lead")
        yield Meter(width=60, id="meter")
        yield Static(id="result", classes="lead")

    def on_mount(self) -> None:
        welcome = "Before your first rehearsal, see that you can be heard.\n\n" if self._first_time else ""
        self.query_one("#lead", Static).update(
            Content(f"{welcome}Say something: the bars should move. Then press space and say “I exported it to ONNX”.")
        )
        self.set_interval(1 / 15, self._tick)
        self._open()

    def _open(self) -> None:
        self._close()
        self._turn(Step.OPENING)
        self.query_one(Heading).show(right=self._device)
        self._say("Opening the microphone …")
        equipment = self.rehearse.equipment
        check = MicrophoneCheck(equipment.microphone, equipment.any_transcriber)
        self._check = check  # before it is opened: who leaves meanwhile closes it

        def open_check(_: Event) -> MicrophoneCheck:
            check.open()
            return check

        self.run_job("open", open_check)

    def _turn(self, step: Step) -> None:
        self.step = step
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where it couldn't be opened, there is nothing to record with."""
        failed = self.step is Step.FAILED
        return {"record": not failed, "retry": failed}.get(action, super().check_action(action, parameters))

    def _say(self, text: str, style: str = "") -> None:
        self.query_one("#result", Static).update(Content.styled(text, style))

    def _tick(self) -> None:
        check = self._check
        if check is None or self.step in (Step.OPENING, Step.FAILED):
            return
        self.query_one(Meter).push(check.level)
        if self.step is Step.LISTENING:
            self._listen(check.trouble)
        if self.step is Step.RECORDING and self._ended.is_set():
            self._turn(Step.DECODING)
            self._say("◌ working out what you said … The first time takes some seconds.", "bold")
        elif self.step is Step.RECORDING:
            left = SECONDS - check.recorded
            self._say(f"● recording, {max(0.0, left):.0f} s left. Speak now.", "bold")

    def _listen(self, trouble: RehearseError | None) -> None:
        """Say what is wrong with the microphone, and when nothing is any more."""
        if trouble:
            self._say(f"{trouble.what}. {trouble.next_step}", "$text-warning")
        elif self._troubled:
            self._say("The microphone is open.")
        self._troubled = trouble is not None

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The microphone is open, or three seconds were decoded."""
        if isinstance(done.result, MicrophoneCheck):
            if done.result is self._check:
                self._opened = True
                self._turn(Step.LISTENING)
                self._say("The microphone is open.")
        elif isinstance(done.result, Heard) and self._is_hearing:
            self._turn(Step.DONE)
            self._show(done.result)

    @property
    def _is_hearing(self) -> bool:
        return self.step in (Step.RECORDING, Step.DECODING)

    def _show(self, heard: Heard) -> None:
        if heard.text:
            loud = "" if heard.peak > -30 else "  It was rather quiet: move closer or raise the input level."
            self._say(f"I heard: “{heard.text}”{loud}\n\nenter goes on, space tries again.", "bold")
        elif heard.peak < -60:
            self._say("Nothing came in. Is the microphone muted? s chooses another device.", "$text-warning")
        else:
            self._say(
                "There was sound, but I made out no words. Closer, or louder? space tries again.", "$text-warning"
            )

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """It can't be opened, or what was said can't be decoded: say why, and what works without."""
        if isinstance(failed.error, Cancelled):
            return
        if failed.job == "record":
            if self._is_hearing:
                self._turn(Step.DONE)
                self._say(
                    f"✘ {failed.error}\n\nThe microphone itself works: enter goes on, space tries again.", "$text-error"
                )
            return
        self._turn(Step.FAILED)
        self._say(
            f"✘ {failed.error}\n\nspace tries again. Without a microphone: d on the home screen shows a demo, f marks "
            "a sound file, t marks a typed answer.",
            "$text-error",
        )

    def action_record(self) -> None:
        """Record three seconds and decode them."""
        check = self._check
        if check is None or self.step not in (Step.LISTENING, Step.DONE):
            return
        self._ended = ended = Event()
        self._turn(Step.RECORDING)

        def record(cancelled: Event) -> Heard:
            return check.hear(SECONDS, cancelled, ended=ended)

        self.run_job("record", record)

    def action_retry(self) -> None:
        """Open it again: it may have been plugged in, or set free, meanwhile."""
        self._open()

    def action_settings(self) -> None:
        """Choose a device, then open it."""
        self._close()
        self._turn(Step.OPENING)
        self.rehearse.visit(ChangeSettings(), lambda _: self._open())

    def action_go(self) -> None:
        """Done; where it didn't work, the check is offered again the next time."""
        if self._opened:
            self.rehearse.change_settings(checked_microphone=True)
        self.dismiss(True)

    def action_leave(self) -> None:
        """Back without going on; the check is offered again only if it wasn't seen."""
        self.dismiss(False)

    def _close(self) -> None:
        if self._check is not None:
            self._check.close()
            self._check = None

    def on_unmount(self) -> None:
        """Close the microphone."""
        self._close()
