"""Symbols of marks. Each state has its own shape, so that nothing rests on colour."""

from rehearse.domain.coverage import MistakeState, SectionState

SECTION_GLYPHS = {
    SectionState.COVERED: "✔",
    SectionState.THIN: "◐",
    SectionState.MISSING: "·",
    SectionState.UNCLEAR: "?",
}
SECTION_WORDS = {
    SectionState.COVERED: "covered",
    SectionState.THIN: "thin: the word without the thing",
    SectionState.MISSING: "missing",
    SectionState.UNCLEAR: "couldn't hear",
}
MISTAKE_GLYPHS = {MistakeState.MADE: "✘", MistakeState.AVOIDED: "✔", MistakeState.OPEN: "·"}
MISTAKE_WORDS = {MistakeState.MADE: "made", MistakeState.AVOIDED: "avoided", MistakeState.OPEN: "still open"}

SECTION_COLOURS = 8
"""Number of `section-N` classes in the stylesheet; a guide with more sections starts again."""


def section_class(index: int) -> str:
    """Name of the stylesheet's class for a guide's section number `index` (from 0)."""
    return f"section-{index % SECTION_COLOURS}"


def shortened(text: str, width: int) -> str:
    """`text` cut to `width` cells at a word, with an ellipsis where something is left out."""
    if len(text) <= width:
        return text
    cut = text[: max(1, width - 1)]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > width // 2 else cut).rstrip(" ,.;:") + "…"
