"""The line in which a setting is typed: what can't be is said under it, and the typing stays to be mended."""

from collections.abc import Callable
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from rehearse.domain.days import LIKE, day_text, day_typed
from rehearse.errors import SettingsError
from rehearse.settings import LEAST_SECONDS, MOST_SECONDS, settings_from
from rehearse.ui.screens.dialogs import LineDialog


def typed_value(name: str, title: str, text: str, today: date) -> Any:
    """What was typed as a setting's value; None for nothing.

    Args:
        name: the setting.
        title: as the screen calls it.
        text: as typed.
        today: an interview can't be before it.

    Raises:
        SettingsError: it can't be that; `what` is the whole sentence.
    """
    given = text.strip()
    if not given:
        return None
    value: Any = given
    wanted = LIKE
    if name.endswith("seconds"):
        wanted = f"between {LEAST_SECONDS} and {MOST_SECONDS} seconds"
        value = int(given) if given.isdecimal() else given
    elif name == "interview_date":
        value = day_typed(given, today) or given
    try:
        value = getattr(settings_from({name: value}, title), name)
    except SettingsError:
        raise SettingsError(f"{title}: {wanted}, not {given}") from None
    if isinstance(value, date) and value < today:
        raise SettingsError(f"{title}: {given} is past; give a day to come, or nothing")
    return value


class SettingLine(LineDialog):
    """Asks until the text is one that `check` lets through."""

    def __init__(self, question: str, value: str, hint: str, check: Callable[[str], object]) -> None:
        """`check` raises SettingsError for a text that can't be."""
        super().__init__(question, value, hint)
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._question, "bold"))
            yield Input(self._value, placeholder=self._hint)
            yield Static(id="wrong")
            yield Static(Content.styled("enter accept   ctrl+g cancel", "dim"), classes="keys")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which day is meant, while it is typed; what is wrong is said once it is entered."""
        try:
            value = self._check(event.value)
        except SettingsError:
            value = None
        said = Content.styled(f"→ {day_text(value)}", "dim") if isinstance(value, date) else ""
        self.query_one("#wrong", Static).update(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the text, or say what is wrong with it."""
        event.prevent_default()
        try:
            self._check(event.value)
        except SettingsError as error:
            self.query_one("#wrong", Static).update(Content.styled(f"✘ {error}", "$text-error"))
            return
        self.dismiss(event.value)
