"""`rehearse guide check`: how well a guide marks the labelled answers beside it."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rehearse.cli.output import redraw
from rehearse.domain.agreement import macro_f1
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.settings import find_places

if TYPE_CHECKING:
    from rehearse.domain.guide import Guide
    from rehearse.guides.labelled import LabelledAnswer
    from rehearse.services.guide_marks import GuideMarks

TITLES = 34
"""Columns for the titles of sections, at least."""


def print_marks(guide: "Guide", answers: "Sequence[LabelledAnswer]") -> None:
    """Mark the answers, and print how far marks and labels agree."""
    from rehearse.coverage.engine import load_engine
    from rehearse.services.guide_marks import compare_with_labels

    with telling(f"Marking {counted(len(answers), 'labelled answer')}"):
        engine = load_engine(guide, cache=find_places().create().cache)
        marks = compare_with_labels(
            guide, engine, answers, lambda done, of: retell(f"marking labelled answer {done + 1} of {of}")
        )
    print(f"Marks of the {counted(len(answers), 'labelled answer')} beside it:")
    for line in _lines(guide, marks):
        print(f"  {shown_line(line)}")


def _lines(guide: "Guide", marks: "GuideMarks") -> Iterator[str]:
    width = max(TITLES, *(len(section.title) + 1 for section in guide.sections))
    yield f"{'':<{width}}{'F1':>6}{'precision':>11}{'recall':>8}{'labelled':>10}"
    for section, row in zip(guide.sections, marks.sections, strict=True):
        yield f"{section.title:<{width}}{row.f1:>6.2f}{row.precision:>11.2f}{row.recall:>8.2f}{row.labelled:>10}"
    yield f"{'mean of the sections':<{width}}{macro_f1(marks.sections):>6.2f}"
    if marks.mistakes:
        yield f"{'mean of the mistakes':<{width}}{macro_f1(marks.mistakes):>6.2f}"
    for one in marks.differences:
        parts = (("too many", one.too_many), ("missed", one.missed))
        yield f"{one.answer_id} differs: " + "; ".join(f"{what} {', '.join(ids)}" for what, ids in parts if ids)


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say on standard error what takes a while: on a terminal it is wiped afterwards."""
    if sys.stderr.isatty():
        redraw(f"{what} ... ")
    else:
        print(f"{what} ...", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if sys.stderr.isatty():
            redraw()


def retell(what: str) -> None:
    """How far it is; on a terminal alone."""
    if sys.stderr.isatty():
        redraw(f"{what} ... ")
