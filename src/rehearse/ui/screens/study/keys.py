"""The keys of the study screen, and where each is offered."""

from textual.binding import Binding, BindingType

from rehearse.guides.chapters import Chapter
from rehearse.ui.screens.room import COMMON_KEYS

KEYS: list[BindingType] = [
    Binding("right,n", "turn(1)", "next", key_display="→", tooltip="Next chapter", id="study.next"),
    Binding(
        "left,b", "turn(-1)", "previous", key_display="←", tooltip="Chapter before", id="study.previous", show=False
    ),
    Binding("c", "contents", "contents", tooltip="Contents, where the window is narrow", id="study.contents"),
    Binding("slash", "search", "search", key_display="/", tooltip="Search in this guide", id="study.search"),
    Binding("v,space", "hear", "hear it", key_display="v", tooltip="Hear the sample answer, or pause", id="study.hear"),
    Binding("comma", "jump(-5)", "5 s back", show=False, key_display=",", tooltip="Five seconds back"),
    Binding("full_stop", "jump(5)", "5 s on", show=False, key_display=".", tooltip="Five seconds on"),
    Binding("minus", "speed(-1)", "slower", show=False, key_display="-", tooltip="Slower"),
    Binding("plus,equals_sign", "speed(1)", "faster", show=False, key_display="+", tooltip="Faster"),
    Binding("d", "drill", "drill", tooltip="Answer this aloud", id="study.drill"),
    Binding("t", "type", "type", tooltip="Answer this by typing", id="study.type"),
    Binding("k", "quiz", "quiz", tooltip="Quiz cards about this section, or of this guide", id="study.quiz"),
    # Before the contents get them: a chapter is longer than the window, and every entry is reached by an arrow.
    Binding("pagedown", "page(1)", show=False, priority=True, tooltip="Scroll the chapter"),
    Binding("pageup", "page(-1)", show=False, priority=True, tooltip="Scroll back"),
    *COMMON_KEYS,
]


def offered(action: str, chapter: Chapter, *, single: bool) -> bool:
    """Whether it is possible on this chapter; `single`: contents and page don't stand side by side."""
    kind = chapter.id.partition(":")[0]
    match action:
        case "hear" | "jump" | "speed":
            return kind == "scenario"
        case "contents":
            return single
        case "quiz":  # no card is about one sample answer or mistake alone
            return kind not in ("scenario", "mistake")
        case _:
            return True
