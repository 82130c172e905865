"""The command palette: every action that works now, on the screen it works on."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider


class RoomCommands(Provider):
    """Offers the active bindings of the screen, and the app's own commands. Impossible ones are left out."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        seen: set[str] = set()
        for key, (node, binding, enabled, _) in self.screen.active_bindings.items():
            if not enabled or not binding.description or binding.action in seen or binding.system:
                continue
            seen.add(binding.action)
            name = binding.tooltip or binding.description
            yield name, f"key {binding.key_display or key}", partial(self.app.run_action, binding.action, node)
        for command in self.app.get_system_commands(self.screen):
            yield command.title, command.help, command.callback

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, help_text, run in self._commands():
            yield DiscoveryHit(name, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, help_text, run in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_text)
