"""Small windows over a screen: an error, a question to confirm, a line to type."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from rehearse.errors import RehearseError


class ErrorDialog(ModalScreen[None]):
    """What happened, why, and what to do next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q,space", "dismiss", "close"),
        Binding("c", "copy", "copy"),
    ]

    def __init__(self, error: RehearseError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -error"):
            yield Static(Content.assemble("✘ ", (self._error.what, "bold")), id="what")
            if self._error.why:
                yield Static(Content(self._error.why), id="why")
            if self._error.next_step:
                yield Static(Content.assemble(("→ ", "bold"), self._error.next_step), id="next-step")
            yield Static(Content.styled("enter close   c copy", "dim"), classes="keys")

    def action_copy(self) -> None:
        """Put the whole text on the clipboard."""
        self.app.copy_to_clipboard(str(self._error))
        self.notify("Copied.")


class ConfirmDialog(ModalScreen[bool]):
    """A question that is answered with y or n."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes"),
        Binding("n,enter,escape,q", "answer(False)", "no"),
    ]

    def __init__(self, question: str, detail: str = "") -> None:
        super().__init__()
        self._question, self._detail = question, detail

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._question, "bold"))
            if self._detail:
                yield Static(Content(self._detail))
            yield Static(Content.styled("y yes   n no", "dim"), classes="keys")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)


class LineDialog(ModalScreen[str | None]):
    """One line of text; None when it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "call_off", "cancel")]

    def __init__(self, question: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._question, self._value, self._hint = question, value, hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._question, "bold"))
            yield Input(self._value, placeholder=self._hint)
            yield Static(Content.styled("enter accept   ctrl+g cancel", "dim"), classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the text."""
        self.dismiss(event.value)

    def action_call_off(self) -> None:
        """Close without one."""
        self.dismiss(None)
