"""Coloured text on light themes: Textual derives it for dark ones, and on a light background it is too pale."""

from collections.abc import Mapping

from textual.color import Color

TEXTS = (
    "text-success",
    "text-warning",
    "text-error",
    "text-accent",
    "text-primary",
    "text-secondary",
    "footer-key-foreground",
)
LEAST_CONTRAST = 7.0
"""To the background, as WCAG counts it; dim text keeps about half of that."""
_STEP = 0.02


def contrast(one: Color, other: Color) -> float:
    """Between two colours: 1 for the same, 21 for black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def darkened(variables: Mapping[str, str]) -> dict[str, str]:
    """A light theme's variables, with text in colour as dark as it needs to be; the terminal's own colours stay."""
    background = Color.parse(variables["background"])
    changed = {}
    for name in TEXTS:
        colour = Color.parse(variables[name])
        if colour.ansi is not None or background.ansi is not None:
            continue
        while contrast(colour, background) < LEAST_CONTRAST and colour.brightness > 0:
            colour = colour.darken(_STEP)
        changed[name] = colour.hex
    return {**variables, **changed}


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
