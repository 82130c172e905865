"""The line that names the drill that comes next."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from rehearse.errors import RehearseError
from rehearse.services.next_drill import NEXT, NextDrill

if TYPE_CHECKING:
    from rehearse.services.studio import Studio


class NextLine(Static):
    """One line, the same as on the home screen, with the key that starts the drill; no line where there is none."""

    drill: reactive[NextDrill | None] = reactive(None, layout=True)

    def __init__(self, key: str) -> None:
        super().__init__(id="next-drill")
        self._key = f"  ({key})"
        self.display = False

    @work(exclusive=True)
    async def look(self, studio: Studio) -> None:
        """Choose anew, off the UI thread; what can't be read proposes nothing."""
        try:
            self.drill = await asyncio.to_thread(studio.next_drill, datetime.now(UTC))
        except RehearseError:
            self.drill = None

    def watch_drill(self, drill: NextDrill | None) -> None:
        """Show it, and offer its key."""
        self.display = drill is not None
        self.screen.refresh_bindings()

    def render(self) -> Content:
        """The title is cut where there is no room for all of it."""
        if self.drill is None:
            return Content("")
        title, reason = self.drill.parts(self.content_size.width - len(self._key))
        return Content.assemble((NEXT, "bold $text-accent"), (title, "bold"), reason, (self._key, "bold"))
