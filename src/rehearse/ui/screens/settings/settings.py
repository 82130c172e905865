"""Settings: every choice with its present value; each change is kept at once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rehearse.domain.answer import Mode
from rehearse.domain.days import day_text
from rehearse.domain.hands_free import PAUSE_CHOICES
from rehearse.domain.interview import MINUTES, MOST_FOLLOW_UPS
from rehearse.domain.wording import counted
from rehearse.errors import RehearseError
from rehearse.settings import KeepAudio, Settings
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen

if TYPE_CHECKING:
    from rehearse.history.retention import StaleRecording

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
        "auto: the best that comes along and keeps up here; `rehearse model list` compares them.",
        ("auto", "tiny.en", "base"),
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
    Row("hands_free", "Hands-free", "The answer begins when you speak, and ends with your silence.", (False, True)),
    Row(
        "pause_seconds",
        "Silence that ends it",
        "Seconds, hands-free; more if your pauses are longer. “Anything to add?” comes first.",
        PAUSE_CHOICES,
    ),
    Row(
        "interruptions",
        "Interruptions",
        "One exam in three is interrupted by a question.",
        (False, True),
    ),
    Row("time_calls", "Time called out", "At half time and ten seconds before the end.", (False, True)),
    Row(
        "follow_ups",
        "Follow-up questions",
        "The review of an answer offers one, about what was left out.",
        (True, False),
    ),
    Row("interview_minutes", "Interview", "How long one takes.", MINUTES),
    Row(
        "interview_follow_ups",
        "Follow-ups in an interview",
        "Questions after each answer, at most; 0: none.",
        tuple(range(MOST_FOLLOW_UPS + 1)),
    ),
    Row("keep_audio", "Keep recordings", "Transcripts and marks are always kept.", ("always", "30 days", "never")),
    Row(
        "remember_corrections",
        "Learn from corrections",
        "Your corrections become examples for that guide, on this machine only.",
        (True, False),
    ),
    Row(
        "interview_date",
        "Date of the interview",
        "Like Thursday, 3 Dec or 2026-12-03; quiz and next drill plan towards it. Empty: none.",
    ),
    Row("theme", "Theme", "The app's colours, dark or light.", ("textual-dark", "textual-light")),
)


UNITS = {
    "think_seconds": "s",
    "answer_seconds": "s",
    "pause_seconds": "s",
    "interview_minutes": "min",
}


def shown(name: str, value: Any) -> str:
    """A setting's value as people read it."""
    match value:
        case None if name in ("device", "output"):
            return DEFAULT_DEVICE
        case None if name in ("think_seconds", "answer_seconds"):
            return "as the scenario says"
        case None:
            return "–"
        case bool():
            return "on" if value else "off"
        case date():
            return day_text(value)
        case _:
            return f"{value} {UNITS[name]}" if name in UNITS else str(value)


class SettingsList(OptionList):
    """The rows, with their keys: those of a list that scrolls would hide the screen's from the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.step(1)", "change", key_display="←/→", tooltip="The next value; left: the one before"),
        Binding("left", "screen.step(-1)", "previous", show=False),
        Binding("enter", "select", "edit", tooltip="Type a time or a date; of other settings, the next value"),
    ]


@dataclass(frozen=True)
class _Preview:
    """What a choice of how long recordings are kept would delete."""

    policy: KeepAudio
    stale: "list[StaleRecording]"

    def question(self) -> str:
        megabytes = sum(one.size for one in self.stale) / 2**20
        return f"Delete {counted(len(self.stale), 'recording')} ({megabytes:.1f} MiB) now?"

    def detail(self) -> str:
        starred = sum(one.answer.starred for one in self.stale)
        stars = f"{starred} of them starred" if starred else "None of them is starred"
        return f"{stars}. Transcripts and marks stay. This can't be undone; with no, nothing changes."


class SettingsScreen(RoomScreen[None]):
    """A list of settings."""

    HELP = (
        "**right** takes the next value, **left** the one before; **enter** edits times and dates, and takes the next "
        "value of the rest. Changes are kept at once."
    )
    BINDINGS: ClassVar[list[BindingType]] = COMMON_KEYS

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, tuple[Any, ...]] = {row.name: row.values for row in ROWS}
        self._remarks: dict[str, str] = {}
        """What there is to say of a row beside its help."""
        self._at_first = Settings()

    def compose_room(self) -> ComposeResult:
        yield Heading("Settings", str(self.rehearse.equipment.places.config))
        yield SettingsList(id="settings")
        yield Static(id="meaning", classes="lead")

    def on_mount(self) -> None:
        self._at_first = self.rehearse.equipment.settings
        self._choices["theme"] = tuple(sorted(self.app.available_themes))
        self._fill()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._fill())  # the palette changes it too
        self.query_one(OptionList).focus()
        self.run_job("devices", lambda _: self._look_for_choices())

    def _look_for_choices(self) -> dict[str, tuple[Any, ...]]:
        """Devices and models of this machine; none where PortAudio is missing."""
        from rehearse.audio.devices import input_devices, output_devices
        from rehearse.speech.models import AUTO, list_models

        found: dict[str, tuple[Any, ...]] = {}
        try:
            found["device"] = (None, *(device.name for device in input_devices()))
            found["output"] = (None, *(device.name for device in output_devices()))
        except RehearseError:
            pass
        places = self.rehearse.equipment.places
        known = list_models(places.models, cache=places.cache)
        models = [AUTO, *(model.name for model in known if model.installed)]
        found["model"] = tuple(dict.fromkeys([*models, self.rehearse.equipment.settings.model]))
        return found

    @on(JobDone)
    def take_result(self, done: JobDone) -> None:
        """Something that was looked for is known."""
        match done.job, done.result:
            case "devices", dict() as choices:
                self._choices.update(choices)
            case "speed", str() as said:
                self._remark("model", said)
            case "policy", _Preview() as preview:
                self._offer(preview)
            case "delete", int() as number:
                self._remark("keep_audio", f"{counted(number, 'recording')} deleted.")

    @on(JobFailed)
    def keep_known_choices(self, failed: JobFailed) -> None:
        """What can't be found out is said; the choices stay."""
        self.query_one("#meaning", Static).update(Content.styled(str(failed.error), "$text-warning"))

    def _fill(self) -> None:
        listing = self.query_one(OptionList)
        here = listing.highlighted or 0
        settings = self.rehearse.equipment.settings
        listing.set_options(Option(self._line(row, settings), id=row.name) for row in ROWS)
        listing.highlighted = here

    def _line(self, row: Row, settings: Settings) -> Content:
        return Content.assemble((f"{row.title:<28}", ""), (shown(row.name, getattr(settings, row.name)), "bold"))

    def _values(self, name: str) -> tuple[Any, ...]:
        """What a setting may be; what it is, and was when one came here, stays among them: a microphone that isn't
        plugged in just now, say.
        """
        kept = (getattr(settings, name) for settings in (self._at_first, self.rehearse.equipment.settings))
        return tuple(dict.fromkeys((*self._choices[name], *kept)))

    @property
    def _row(self) -> Row:
        return ROWS[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def explain(self) -> None:
        """What the setting means, and what was found out about it."""
        remark = self._remarks.get(self._row.name, "")
        meaning = Content.styled(self._row.help, "dim")
        self.query_one("#meaning", Static).update(Content.assemble(meaning, "\n", remark) if remark else meaning)

    def _remark(self, name: str, text: str) -> None:
        self._remarks[name] = text
        self.explain()

    @on(OptionList.OptionSelected)
    def change(self) -> None:
        """The next value, or a line to type."""
        if self._row.values:
            self.action_step(1)
            return
        from rehearse.ui.screens.settings.line import SettingLine, typed_value

        row = self._row
        value = getattr(self.rehearse.equipment.settings, row.name)

        def check(text: str) -> Any:
            return typed_value(row.name, row.title, text, date.today())

        def take(text: str | None) -> None:
            if text is not None:
                self.rehearse.change_settings(**{row.name: check(text)})
                self._fill()

        self.app.push_screen(SettingLine(row.title, "" if value is None else str(value), row.help, check), take)

    def action_step(self, by: int) -> None:
        """Another value."""
        row = self._row
        if not row.values:
            self.change()
            return
        values = self._values(row.name)
        now = getattr(self.rehearse.equipment.settings, row.name)
        chosen = values[(values.index(now) + by) % len(values)]
        if row.name == "keep_audio" and chosen != "always":
            self._preview(chosen)  # taken once it is known that nothing is deleted unasked
            return
        if chosen != now:
            self.rehearse.change_settings(**{row.name: chosen})
            self._fill()
        if row.name == "theme" and chosen in self.app.available_themes:
            self.app.theme = chosen
        if row.name == "model":
            self._look_at_speed(chosen)
        elif chosen == now:
            self._remark(row.name, "There is no other to choose here.")

    def _look_at_speed(self, model: str) -> None:
        """Say before the drill whether the model can follow; measured at its first choice."""
        places = self.rehearse.equipment.places
        others = "" if len(self._choices["model"]) > 1 else " `rehearse model download` fetches others."
        self._remark("model", f"Measuring how fast {model} is here …{others}")

        def measure(_: Event) -> str:
            from rehearse.services.model_choice import measure_model, speed_of
            from rehearse.speech.model_speeds import said_speed
            from rehearse.speech.models import chosen_model

            chosen = chosen_model(model, live=True, models=places.models, cache=places.cache)
            factor = speed_of(places, chosen)
            return f"{chosen}: {said_speed(measure_model(places, chosen) if factor is None else factor)}.{others}"

        self.run_job("speed", measure)

    def _preview(self, policy: KeepAudio) -> None:
        """Look for the recordings that are there already and wouldn't be kept."""
        studio = self.rehearse.studio
        self.run_job(
            "policy", lambda _: _Preview(policy, studio.equipment.store.audio_to_remove(policy, datetime.now(UTC)))
        )

    def _offer(self, preview: _Preview) -> None:
        """Ask before recordings are deleted; without a yes all stays as it was."""
        from rehearse.ui.screens.dialogs import ConfirmDialog

        studio = self.rehearse.studio

        def take(yes: bool | None) -> None:
            if not yes:
                return
            self.rehearse.change_settings(keep_audio=preview.policy)
            self._fill()
            if preview.stale:
                self.run_job("delete", lambda _: studio.equipment.store.remove_audio(preview.policy, datetime.now(UTC)))

        if preview.stale:
            self.app.push_screen(ConfirmDialog(preview.question(), preview.detail()), take)
        else:
            take(True)
