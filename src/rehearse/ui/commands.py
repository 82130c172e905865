"""The command palette: every action of ours that works now, on the screen it works on."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

LEFT_OUT = ("Quit", "Keys", "Maximize", "Minimize")
"""Textual's own commands that ours say better, or that do nothing for screens that are laid out whole."""

MOVING = ("up", "down")
"""Keys that only move the cursor; in the palette they move its own."""


class RoomCommands(Provider):
    """Offers the active bindings of the screen, and the app's own commands. Impossible ones are left out.

    A binding of ours says in its tooltip what it is for; scrolling, focus, editing of text and the like have none,
    and would bury the rest. It goes by the word of the footer, and the tooltip and the key are said under it.
    """

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        seen: set[str] = set()
        named: set[str] = set()
        for key, (node, binding, enabled, _) in self.screen.active_bindings.items():
            if not enabled or not binding.tooltip or binding.action in seen or binding.system or key in MOVING:
                continue
            if binding.action == "command_palette":
                continue
            seen.add(binding.action)
            shown = (binding.key_display or key).replace("^", "ctrl+")
            word = binding.description[:1].upper() + binding.description[1:]
            name = binding.tooltip if not word or word in named else word
            named.add(name)
            yield name, f"{binding.tooltip} (key {shown})", partial(self.app.run_action, binding.action, node)
        for command in self.app.get_system_commands(self.screen):
            if command.title not in LEFT_OUT:
                yield command.title, command.help, command.callback

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, help_text, run in self._commands():
            yield DiscoveryHit(name, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches by its name or by what it is for."""
        matcher = self.matcher(query)
        for name, help_text, run in self._commands():
            if (score := max(matcher.match(name), matcher.match(help_text))) > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_text)
