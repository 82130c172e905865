"""Tables in Markdown, and the machine they were made on."""

import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

_BEGUN = time.monotonic()


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table, its first column to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(name), *(len(row[at]) for row in cells), 4) for at, name in enumerate(columns)]

    def line(texts: Sequence[str]) -> str:
        padded = [
            text.ljust(width) if at == 0 else text.rjust(width)
            for at, (text, width) in enumerate(zip(texts, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    print(f"\n### {title}\n")
    print(line(columns))
    print(line(["-" * width if at == 0 else "-" * (width - 1) + ":" for at, width in enumerate(widths)]))
    for row in cells:
        print(line(row))
    sys.stdout.flush()


def note(text: str) -> None:
    """Print a remark under a table."""
    print(f"\n{text}", flush=True)


def progress(text: str = "") -> None:
    """Say on standard error what is being measured, with the time since the start; without a text, be silent again."""
    elapsed = time.monotonic() - _BEGUN
    line = f"[{elapsed // 60:.0f}:{elapsed % 60:02.0f}] {text}" if text else ""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
    elif line:
        print(line, file=sys.stderr, flush=True)


def verdict(value: float, limit: float) -> str:
    """Whether a target was met."""
    return "yes" if value <= limit else "NO"


def machine() -> str:
    """Date, cores, processor, Python, and how busy it was with other things."""
    busy = f", {os.getloadavg()[0]:.1f} processes running besides" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {_processor()}, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}{busy}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
