"""Text in colour can be read on every light theme that can be chosen."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from rehearse.ui.app import LIGHT_SECTION_PALETTE, SECTION_PALETTE
from rehearse.ui.light_text import LEAST_CONTRAST, TEXTS, contrast, darkened

LIGHT = [name for name, theme in BUILTIN_THEMES.items() if not theme.dark]
READABLE = 4.5
"""WCAG's AA."""


def test_black_and_white() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#fff"), Color.parse("#fff")) == 1


@pytest.mark.parametrize("name", LIGHT)
def test_every_colour_of_text_is_dark_enough(name: str) -> None:
    given = BUILTIN_THEMES[name].to_color_system().generate()
    variables = darkened(given)
    background = Color.parse(variables["background"])
    for text in TEXTS:
        colour = Color.parse(variables[text])
        if colour.ansi is None:
            assert contrast(colour, background) >= LEAST_CONTRAST
        else:
            assert variables[text] == given[text]
    assert variables.keys() == given.keys()


@pytest.mark.parametrize(
    ("palette", "theme"), [(SECTION_PALETTE, "textual-dark"), (LIGHT_SECTION_PALETTE, "textual-light")]
)
def test_the_sections_colours_can_be_read(palette: tuple[str, ...], theme: str) -> None:
    background = Color.parse(BUILTIN_THEMES[theme].to_color_system().generate()["background"])
    assert all(contrast(Color.parse(colour), background) >= READABLE for colour in palette)
