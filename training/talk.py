"""Labelled talk: how people tell of a system when nobody has taught them to, written for training, line by line.

It lies in seven folders, by how words and labels came together:

- `invented`: written without a model of talk, by letters that were wanted.
- `mirrored`: follows real turns in interviews and podcasts, their course or at least their manner, in other words and
  about other things.
- `meant`: written so as to serve a section or to miss it narrowly.
- `episodes`: podcasts imagined without a thought of sections; somebody else labelled each turn afterwards, listening.
- `retold`: guests' turns from transcripts of podcasts and interviews, told anew, a sentence for a sentence, in other
  words and about other systems, as vague as they were; somebody else labelled them.
- `at-length`: as `retold`, but stretches of 8 to 18 sentences that a guest spoke uninterrupted, taken as they came, so
  that a third of them and more earn nothing.
- `beside`: life told like a project, and systems of which much is only denied, wished for, or others' doing.

`kept-apart` isn't taught from: talk like that of `at-length`, `retold` and `episodes`, to see how it goes on what
wasn't learnt.

A passage begins with `## id scenario | note`; its lines are `letters | words`: the letters of the sections of the guide
“Deploying a model” that the words serve, `-` for none, a small letter for one that is only touched.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from rehearse.guides.stock import read_stock

TALK = Path(__file__).parent / "talk"
TURNS = ("episodes", "retold")
"""Folders whose passages are turns of one talk after another."""
_ROW = re.compile(r"([A-Za-z]+|-)\s*\|\s*(.+)")


@dataclass(frozen=True)
class Line:
    """A stretch of talk, a sentence or a part of a long one."""

    text: str
    letters: frozenset[str]
    """Capital letters of the sections that it serves."""
    touched: frozenset[str] = frozenset()
    """Capital letters of those that it is near to without serving them."""


def passages(path: Path) -> list[list[Line]]:
    """The passages of a file; raises ValueError for a line that is none."""
    found: list[list[Line]] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if row.startswith("##"):
            found.append([])
        elif row.strip():
            line = _ROW.fullmatch(row.strip())
            if line is None or not found:
                raise ValueError(f"{path.name}:{number}: this isn't `letters | words`")
            served = frozenset(mark for mark in line[1] if mark.isupper())
            touched = frozenset(mark.upper() for mark in line[1] if mark.islower()) - served
            found[-1].append(Line(line[2], served, touched))
    return found


def ordinary() -> list[str]:
    """Talk that serves no section of any guide, a line each."""
    return list(read_stock("talk").small_talk)
