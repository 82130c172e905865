"""The shipped guides read quickly: the tests have checked them, and eleven of them shouldn't cost a first second."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rehearse.domain.guide import Guide
from rehearse.files import UTF8
from rehearse.guides.loader import validated
from rehearse.guides.positions import MAX_BYTES
from rehearse.reading import read_bytes


def quickly_read(path: Path) -> Guide | None:
    """The guide, without the search for lines, columns and hostile text that takes two thirds of a reading.

    None where anything is wrong with it, for the careful reading to say what.
    """
    import yaml

    with suppress(Exception):
        text = read_bytes(path, MAX_BYTES).decode(UTF8)
        return validated(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    return None
