"""Settings: every choice with its present value; each change is kept at once."""

from dataclasses import dataclass
from datetime import date
from threading import Event
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rehearse.domain.answer import Mode
from rehearse.errors import RehearseError, SettingsError
from rehearse.settings import Settings, settings_from
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.base import COMMON_KEYS, Heading, RoomScreen

DEFAULT_DEVICE = "the system's default"


@dataclass(frozen=True)
class Row:
    """One setting: how it is called, its values in turn, and what it means."""

    name: str
    title: str
    help: str
    values: tuple[Any, ...] = ()
    """Stepped through with enter and the arrow keys; empty: typed in."""


ROWS = (
    Row("device", "Microphone", "Which input is recorded.", (None,)),
    Row("output", "Loudspeaker", "Where the interviewer and the replay are heard.", (None,)),
    Row(
        "model",
        "Speech model",
        "Larger ones make fewer errors and take longer; `rehearse model list` compares them.",
        ("tiny.en",),
    ),
    Row(
        "mode",
        "Drill",
        "Coached: the panel lights up while you speak. Exam: you guess first.",
        (Mode.COACHED, Mode.EXAM),
    ),
    Row("think_seconds", "Time to think", "Seconds; empty: as the scenario says."),
    Row("answer_seconds", "Time to answer", "Seconds; empty: as the scenario says."),
    Row("voice", "Interviewer's voice", "The question is spoken aloud.", (True, False)),
    Row("hands_free", "Hands-free", "Falling silent for four seconds ends the answer.", (False, True)),
    Row("follow_ups", "Follow-up questions", "The interviewer asks about what was left out.", (True, False)),
    Row("keep_audio", "Keep recordings", "Transcripts and marks are always kept.", ("always", "30 days", "never")),
    Row(
        "remember_corrections",
        "Learn from corrections",
        "Your corrections become examples for that guide, on this machine only.",
        (True, False),
    ),
    Row("interview_date", "Date of the interview", "Like 2026-12-03; the quiz plans towards it. Empty: none."),
)


def shown(value: Any) -> str:
    """A value as people read it."""
    match value:
        case None:
            return "–"
        case True:
            return "on"
        case False:
            return "off"
        case _:
            return str(value)


class SettingsScreen(RoomScreen[None]):
    """A list of settings."""

    HELP = (
        "**enter** or **right** takes the next value, **left** the one before; times and dates are typed. "
        "Changes are kept at once."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "next value", tooltip="The next value"),
        Binding("left", "step(-1)", "previous", tooltip="The value before"),
        *COMMON_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, tuple[Any, ...]] = {row.name: row.values for row in ROWS}

    def compose_room(self) -> ComposeResult:
        yield Heading("Settings", str(self.rehearse.studio.places.config))
        yield OptionList(id="settings")
        yield Static(id="meaning", classes="lead")

    def on_mount(self) -> None:
        self._fill()
        self.query_one(OptionList).focus()
        self.run_job("devices", lambda _: self._look_for_choices())

    def _look_for_choices(self) -> dict[str, tuple[Any, ...]]:
        """Devices and models of this machine; none where PortAudio is missing."""
        from rehearse.audio.devices import input_devices, output_devices
        from rehearse.speech.models import list_models

        found: dict[str, tuple[Any, ...]] = {}
        try:
            found["device"] = (None, *(device.name for device in input_devices()))
            found["output"] = (None, *(device.name for device in output_devices()))
        except RehearseError:
            pass
        models = [model.name for model in list_models(self.rehearse.studio.places.models) if model.installed]
        found["model"] = tuple(dict.fromkeys([*models, self.rehearse.studio.settings.model]))
        return found

    @on(JobDone)
    def show_choices(self, done: JobDone) -> None:
        """More values to step through."""
        if isinstance(done.result, dict):
            self._choices.update(done.result)

    @on(JobFailed)
    def keep_known_choices(self, failed: JobFailed) -> None:
        """Devices can't be listed: the present ones stay."""
        self.query_one("#meaning", Static).update(Content.styled(str(failed.error), "$text-warning"))

    def _fill(self) -> None:
        listing = self.query_one(OptionList)
        here = listing.highlighted or 0
        settings = self.rehearse.studio.settings
        listing.set_options(Option(self._line(row, settings), id=row.name) for row in ROWS)
        listing.highlighted = here

    def _line(self, row: Row, settings: Settings) -> Content:
        value = getattr(settings, row.name)
        text = DEFAULT_DEVICE if row.name in ("device", "output") and value is None else shown(value)
        if row.name in ("think_seconds", "answer_seconds") and value is None:
            text = "as the scenario says"
        return Content.assemble((f"{row.title:<26}", ""), (text, "bold"))

    @property
    def _row(self) -> Row:
        return ROWS[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def explain(self) -> None:
        """What the setting means."""
        self.query_one("#meaning", Static).update(Content.styled(self._row.help, "dim"))

    @on(OptionList.OptionSelected)
    def change(self) -> None:
        """The next value, or a line to type."""
        if self._row.values:
            self.action_step(1)
            return
        from rehearse.ui.screens.dialogs import LineDialog

        row = self._row
        value = getattr(self.rehearse.studio.settings, row.name)
        self.app.push_screen(
            LineDialog(row.title, "" if value is None else str(value), row.help), lambda text: self._type(row, text)
        )

    def _type(self, row: Row, text: str | None) -> None:
        if text is None:
            return
        value: Any = text.strip() or None
        if value and row.name.endswith("seconds"):
            value = int(value) if value.isdigit() else value
        try:
            checked: date | int | None = getattr(settings_from({row.name: value}, row.title), row.name)
        except SettingsError as error:
            self.show_error(error)
            return
        self.rehearse.change_settings(**{row.name: checked})
        self._fill()

    def action_step(self, by: int) -> None:
        """Another value."""
        row = self._row
        values = self._choices[row.name]
        if not values:
            self.change()
            return
        now = getattr(self.rehearse.studio.settings, row.name)
        here = values.index(now) if now in values else 0
        chosen = values[(here + by) % len(values)]
        self.rehearse.change_settings(**{row.name: chosen})
        self._fill()
        if row.name == "keep_audio":
            self._preview_policy()
        if row.name == "model":
            self._look_at_speed(chosen)
        if len(values) == 1:
            self.notify("There is no other to choose here.")

    def _look_at_speed(self, model: str) -> None:
        """Say before the drill whether the model can follow; measured at its first choice."""
        places = self.rehearse.studio.places
        self.notify(f"Measuring how fast {model} is here …", markup=False)

        def measure(_: Event) -> str:
            from rehearse.live.model_speed import measure_model, speed_of
            from rehearse.speech.speeds import said_speed

            factor = speed_of(places, model)
            return f"{model}: {said_speed(measure_model(places, model) if factor is None else factor)}"

        self.run_job("speed", measure)

    @on(JobDone)
    def say_speed(self, done: JobDone) -> None:
        """The model was measured."""
        if done.job == "speed":
            self.notify(str(done.result), markup=False)

    def _preview_policy(self) -> None:
        policy, studio = self.rehearse.studio.settings.keep_audio, self.rehearse.studio
        if policy == "always":
            return

        def preview(_: Event) -> int:
            from datetime import UTC, datetime

            return len(studio.store.audio_to_remove(policy, datetime.now(UTC)))

        self.run_job("policy", preview)

    @on(JobDone)
    def offer_policy(self, done: JobDone) -> None:
        """Ask before recordings that are already there are deleted."""
        if done.job != "policy" or not done.result:
            return
        from datetime import UTC, datetime

        from rehearse.ui.screens.dialogs import ConfirmDialog

        studio = self.rehearse.studio

        def apply(yes: bool | None) -> None:
            if yes:
                studio.store.remove_audio(studio.settings.keep_audio, datetime.now(UTC))

        self.app.push_screen(
            ConfirmDialog(f"Delete {done.result} recordings now?", "Transcripts and marks stay. This can't be undone."),
            apply,
        )
