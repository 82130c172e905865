"""The keys of a rehearsal, and in which phase each is offered."""

from textual.binding import Binding, BindingType

from rehearse.domain.rehearsal import Phase
from rehearse.ui.screens.room import HELP_KEY

KEYS: list[BindingType] = [
    Binding("enter", "begin_answer", "start answering", tooltip="Start answering", id="rehearsal.begin"),
    Binding("enter", "end_answer", "finish", tooltip="Finish the answer", id="rehearsal.end"),
    Binding("t", "type", "type", tooltip="Type the answer: there is no microphone", id="rehearsal.type"),
    Binding("p,space", "pause", "pause", key_display="p", tooltip="Pause and go on", id="rehearsal.pause"),
    Binding("c", "toggle_panel", "panel", tooltip="Show or hide the coverage panel", id="rehearsal.panel"),
    Binding("v", "speak", "hear question", tooltip="Hear the question again", id="rehearsal.voice"),
    Binding("x", "discard", "discard", tooltip="Discard this take; it can be brought back", id="rehearsal.discard"),
    Binding("escape,q", "leave", "back", key_display="q", show=False, tooltip="Back, before the answer has begun"),
    Binding("escape,q", "leave_unbegun", "back", key_display="q", tooltip="Back to where you came from"),
    HELP_KEY,
]

_PHASES = {
    "begin_answer": Phase.THINKING,
    "speak": Phase.THINKING,
    "end_answer": Phase.SPEAKING,
    "pause": Phase.SPEAKING,
    "discard": Phase.SPEAKING,
    "toggle_panel": Phase.SPEAKING,
}


def offered(action: str, phase: Phase) -> bool:
    """Whether the action is possible in that phase."""
    return _PHASES.get(action, phase) is phase
