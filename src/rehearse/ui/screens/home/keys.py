"""The keys of the first screen, and of the line in which one searches there."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from rehearse.ui.screens.room import HELP_KEY

# Those that stand in the footer fit into 80 columns together; the line about kept answers names `h`.
KEYS: list[BindingType] = [
    Binding("enter", "start", "start", priority=True, tooltip="Rehearse this scenario aloud", id="home.start"),
    Binding("d", "demo", "demo", tooltip="Watch a rehearsal with a synthesised candidate", id="home.demo", show=False),
    Binding("f", "file", "file", tooltip="Mark a sound file", id="home.file", show=False),
    Binding("t", "type", "type", tooltip="Mark a typed answer", id="home.type", show=False),
    Binding("l", "ladder", "ladder", show=False, tooltip="This question in less and less time", id="home.ladder"),
    Binding("e", "toggle_mode", "exam", show=False, tooltip="Switch between coached and exam", id="home.mode"),
    Binding("i", "interview", "interview", tooltip="Several questions in a row, with follow-ups", id="home.interview"),
    Binding("k", "quiz", "quiz", tooltip="Quick quiz, keyboard only", id="home.quiz"),
    Binding("g", "study", "guide", tooltip="Read the guide: framework, sample answers, mistakes", id="home.study"),
    Binding("h", "history", "history", tooltip="Past answers", id="home.history", show=False),
    Binding("p", "progress", "progress", tooltip="How it goes over time", id="home.progress", show=False),
    Binding("m", "microphone", "mic", tooltip="Check the microphone", id="home.microphone", show=False),
    Binding("s", "settings", "settings", tooltip="Settings", id="home.settings"),
    Binding("u", "unfinished", "rescue", tooltip="Mark the answer that was cut off", id="home.unfinished"),
    Binding("U", "restore", "undo", tooltip="Bring the discarded take back", id="home.restore"),
    Binding(
        "R",
        "tidy",
        "tidy",
        tooltip="Delete the recordings that the settings don't keep",
        id="home.tidy",
        show=False,
    ),
    Binding("slash", "search", "find", key_display="/", tooltip="Find a guide by words", id="home.search", show=False),
    Binding("right", "unfold(True)", show=False, tooltip="List this guide's scenarios"),
    Binding("left", "unfold(False)", show=False, tooltip="Fold this guide up"),
    Binding("escape", "escape", show=False),
    Binding("q", "quit_app", "quit", tooltip="Quit", id="home.quit"),
    HELP_KEY,
]


class SearchLine(Input):
    """Words to search by. Its own keys are told here: the screen's are letters while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "submit", "to what was found", key_display="⏎/↓", tooltip="On to what was found"),
        Binding("escape", "screen.escape", "end search", tooltip="End the search and list everything"),
    ]
