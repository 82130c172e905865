"""The contents of a guide: its chapters, or those that hold what is searched for."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rehearse.guides.chapters import Chapter


class Contents(OptionList):
    """A line a chapter, under the names of their groups."""

    def __init__(self) -> None:
        super().__init__(id="contents")

    def list_chapters(self, found: Sequence[Chapter], here: Chapter | None) -> None:
        """List these, the cursor on `here`."""
        options: list[Option] = []
        group = ""
        for page in found:
            if page.group and page.group != group:
                options.append(Option(Content(page.group), disabled=True))
            group = page.group
            options.append(Option(f"  {page.title}" if page.group else page.title, id=page.id))
        if not found:
            options.append(Option(Content("Nothing of that here."), disabled=True))
        self.set_options(options)
        if here is not None:
            self.highlighted = self.get_option_index(here.id)

    def turn(self, by: int) -> None:
        """To another chapter of those listed; the list begins anew behind its end, a book doesn't."""
        at = self.highlighted
        self.action_cursor_down() if by > 0 else self.action_cursor_up()
        if at is not None and self.highlighted is not None and (self.highlighted - at) * by < 0:
            self.highlighted = at
