"""The line of keys at the bottom."""

from textual.screen import Screen
from textual.widgets import Footer


class KeysFooter(Footer):
    """Textual's footer, drawn anew only when other keys are to be seen.

    Textual tells of changed bindings several times while a screen opens and at every change of focus, and its own
    footer makes all of its widgets anew each time.
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._drawn: tuple[tuple[str, str, bool], ...] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draw the keys, unless the very same are there."""
        keys = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        )
        if keys != self._drawn:
            if screen.app.app_focus and self.is_attached and screen is self.screen:
                self._drawn = keys
            super().bindings_changed(screen)

    async def recompose(self) -> None:
        """Make the keys anew, and let the old ones go: Textual would keep each of them as a watcher of `compact`, and
        looks for those that are gone only when that is set.
        """
        await super().recompose()
        self.mutate_reactive(Footer.compact)
