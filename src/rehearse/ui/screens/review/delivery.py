"""How an answer was spoken: its figures, the time each section got, and every moment that can be heard again."""

from collections import Counter
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rehearse.delivery import PACE_SOURCE, USUAL_PACE, hesitation_note, section_shares
from rehearse.delivery.moments import moments
from rehearse.delivery.shares import ShareVerdict
from rehearse.domain.delivery import Delivery
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import percent
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.hanging import HangingRows, Row
from rehearse.ui.widgets.recording_bar import time_bar

BAR = 16
VERDICTS = {ShareVerdict.LESS: "▼ less", ShareVerdict.RIGHT: "", ShareVerdict.MORE: "▲ more"}


class DeliveryScreen(RoomScreen[float | None]):
    """Closes with the second to play from, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hear", "hear", tooltip="Play from this moment", id="delivery.hear", priority=True),
        *COMMON_KEYS,
    ]

    def __init__(self, guide: Guide, delivery: Delivery, *, audible: bool) -> None:
        """`audible`: there is a recording, in which the moments can be heard."""
        super().__init__()
        self.guide = guide
        self.delivery = delivery
        self._audible = audible
        self._moments = moments(delivery, guide)

    @property
    def help_now(self) -> str:
        """It depends on whether there is sound."""
        plays = "**enter** plays the moment under the cursor. " if self._audible else ""
        return f"{plays}In the transcript, **i** excuses a word that is no filler."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to hear a moment where there is sound."""
        return self._audible if action == "hear" else super().check_action(action, parameters)

    def compose_room(self) -> ComposeResult:
        yield Heading("Delivery", "how it was spoken")
        yield HangingRows(name="figures")
        yield Static(self._shares(), id="shares")
        yield OptionList(
            *(Option(_hanging(f"{clock_text(one.start):>6}  {one.kind.value:<12}", one.text)) for one in self._moments),
            id="moments",
        )

    def on_mount(self) -> None:
        self.query_one(HangingRows).show(self._figures())
        self.query_one(OptionList).focus()

    def _figures(self) -> list[Row]:
        figures = self.delivery
        low, high = USUAL_PACE
        counts = Counter(filler.text.lower() for filler in figures.fillers)
        listed = ", ".join(f"{text} {number}" for text, number in counts.most_common(6)) or "none"
        note = hesitation_note(figures, self.guide)
        pace = f"{figures.words_per_minute:.0f} words a minute; usual is {low} to {high} ({PACE_SOURCE})"
        first = f"after {figures.time_to_first_word:.1f} s; longest stretch without a pause {figures.longest_run:.0f} s"
        rows: list[Row] = [
            (Content("Pace          "), Content(pace)),
            (Content("Fillers       "), Content(f"{figures.fillers_per_minute:.1f} a minute: {listed}")),
            (Content("First word    "), Content(first)),
        ]
        return [*rows, (Content(""), Content.styled(note, "$text-warning"))] if note else rows

    def _shares(self) -> Content:
        lines = [Content.styled("Time by section, beside what the guide suggests", "bold")]
        for share in section_shares(self.delivery, self.guide):
            section = self.guide.section(share.section_id)
            done, rest = time_bar(share.share, BAR)
            verdict = VERDICTS[share.verdict]
            lines.append(
                Content.assemble(
                    f"{section.title:<28}",
                    (done, "$accent"),
                    (rest, "dim"),
                    f" {percent(share.share):>5}",
                    (f"  guide {round(100 * share.low)} to {percent(share.high)}  ", "dim"),
                    (verdict, "$text-warning"),
                )
            )
        return Content("\n").join(lines)

    def action_hear(self) -> None:
        """Back to the answer, playing from here."""
        here = self.query_one(OptionList).highlighted
        self.dismiss(None if here is None else max(0.0, self._moments[here].start - 1.0))


def _hanging(front: str, text: str) -> Table:
    """An entry whose further lines begin under its text."""
    row = Table.grid(expand=True)
    row.add_column(width=len(front), no_wrap=True)
    row.add_column(ratio=1)
    row.add_row(Text(front), Text(text))
    return row
