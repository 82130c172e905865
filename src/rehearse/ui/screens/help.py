"""Help: what a screen is for, and every key that works there. Apart from other dialogs: Markdown loads slowly."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Markdown, Static

from rehearse.ui.widgets.hanging import HangingRows


class HelpDialog(ModalScreen[None]):
    """What a screen is for, and every key that works there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,question_mark,f1", "dismiss", "close")]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about
        self._keys = [
            (binding.key_display or self._readable(binding.key), binding.tooltip)
            for _, binding, enabled, _ in about.active_bindings.values()
            if enabled and binding.tooltip and not binding.system
        ]

    @staticmethod
    def _readable(key: str) -> str:
        return key.replace("question_mark", "?").replace("asterisk", "*").replace("slash", "/")

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog -help"):
            text = getattr(self._about, "help_now", "") or getattr(self._about, "HELP", "")
            if text:
                yield Markdown(text)
            seen = dict.fromkeys(self._keys)
            keys = HangingRows(name="all-keys")
            keys.show((Content.styled(f"{key:>9}  ", "bold $text-accent"), Content(what)) for key, what in seen)
            yield keys
            yield Static(Content.styled("ctrl+p lists everything   q close", "dim"), classes="keys")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
