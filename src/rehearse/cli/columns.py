"""Rows in columns: in a terminal each fits into a line, anywhere else nothing is cut."""

import shutil
import sys
from collections.abc import Callable, Sequence

from rehearse.domain.shown import shown_line

BETWEEN = "  "
LEAST_FLEXIBLE = 18
"""Cells that the column which gives way keeps."""
LEAST_TAIL = 6
"""Characters of an id, counted from its end, that are seldom those of another one."""


def terminal_width() -> int | None:
    """Cells of a line on standard output; None where that isn't a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with an ellipsis where its end is left out."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else f"{set_cell_size(text, max(0, width - 1)).rstrip()}…"


def tails(ids: Sequence[str]) -> list[str]:
    """The ends of ids by which they can be told from each other: commands take those for the whole."""
    length = LEAST_TAIL
    while len({one[-length:] for one in ids}) < len(set(ids)):
        length += 1
    return [one[-length:] for one in ids]


def in_columns(
    rows: Sequence[Sequence[str]],
    width: int | None,
    *,
    right: Sequence[int] = (),
    flexible: int | None = None,
    shorten: Callable[[str, int], str] = cut,
) -> list[str]:
    """A line for each row, its cells under each other.

    Args:
        rows: their cells, as many in each row.
        width: cells of a line, which the end of a longer one is cut to; None: nothing is cut.
        right: indices of the columns that are flush right.
        flexible: index of the column that gives way first.
        shorten: cuts a text of that column to a number of cells.
    """
    from rich.cells import cell_len

    table = [[shown_line(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    if width is not None and flexible is not None:
        over = sum(widths) + len(BETWEEN) * (sum(map(bool, widths)) - 1) - width
        if over > 0:
            widths[flexible] = min(widths[flexible], max(LEAST_FLEXIBLE, widths[flexible] - over))
            for row in table:
                row[flexible] = shorten(row[flexible], widths[flexible])

    def padded(index: int, cell: str) -> str:
        room = " " * (widths[index] - cell_len(cell))
        return room + cell if index in right else cell + room

    lines = (BETWEEN.join(padded(n, cell) for n, cell in enumerate(row) if widths[n]).rstrip() for row in table)
    return [line if width is None else cut(line, width) for line in lines]
