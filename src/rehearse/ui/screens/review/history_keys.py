"""The keys of the list of answers, and which of them do something now."""

from textual.binding import Binding, BindingType

from rehearse.history.view import View
from rehearse.ui.screens.room import COMMON_KEYS

KEYS: list[BindingType] = [
    Binding("enter", "open", "open", tooltip="Open this answer", id="history.open"),
    Binding("slash", "search", "search", key_display="/", tooltip="Search all transcripts", id="history.search"),
    Binding("s", "sort", "sort", tooltip="Sort by something else", id="history.sort"),
    Binding("f", "narrow", "only", tooltip="One scenario only; then the next", id="history.filter"),
    Binding(
        "asterisk", "starred", "starred", key_display="*", tooltip="Starred only", id="history.starred", show=False
    ),
    Binding("space", "pick", "pick", tooltip="Pick for comparing, exporting or deleting", id="history.pick"),
    Binding("v", "compare", "compare", tooltip="Compare the two picked answers", id="history.compare"),
    Binding("x", "export", "export", tooltip="Export this answer, or the picked ones", id="history.export", show=False),
    Binding(
        "delete,d",
        "delete",
        "delete",
        key_display="d",
        tooltip="Move this answer, or the picked ones, to the trash",
        id="history.delete",
    ),
    Binding("U", "restore", "undelete", tooltip="Bring back what was deleted last", id="history.restore", show=False),
    Binding("T", "trash", "trash", tooltip="What is in the trash", id="history.trash", show=False),
    Binding(
        "P", "purge", "empty trash", tooltip="Delete what is in the trash for good", id="history.purge", show=False
    ),
    Binding("p", "progress", "progress", tooltip="How it goes over time", id="history.progress", show=False),
    *COMMON_KEYS,
]


def offered(action: str, view: View, *, listed: bool) -> bool:
    """What is possible where `view` is seen; `listed`: with an answer in it."""
    match action:
        case "delete":
            return listed and not view.in_trash
        case "open" | "pick" | "compare" | "export" | "sort":
            return listed
        case "search":
            return listed or view.searching
        case "narrow" | "starred":
            return listed or bool(view.wanted.scenario_id or view.wanted.starred)
        case _:
            return True
