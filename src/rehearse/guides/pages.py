"""A guide's chapters as Markdown, as plain lines, and as JSON."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.guides.chapters import Chapter, Paragraph, Part, Points, Sample

WIDTH = 80
"""Columns of plain text, at most."""
_LEAST_WIDTH = 20


def as_markdown(guide: Guide, pages: Sequence[Chapter]) -> str:
    """One document, a heading for each chapter."""
    lines = [f"# {guide.title}", ""]
    group = ""
    for page in pages:
        if page.group and page.group != group:
            lines += [f"## {page.group}", ""]
        group = page.group
        lines += [f"{'###' if page.group else '##'} {page.title}", ""]
        for part in page.parts:
            lines += [*_markdown(guide, part), ""]
    return "\n".join(lines).rstrip()


def _markdown(guide: Guide, part: Part) -> Iterator[str]:
    match part:
        case Paragraph(text, heading):
            yield f"**{heading}.** {text}" if heading else text
        case Points(heading, items, said):
            yield f"**{heading}**"
            yield ""
            yield from (f"- “{item}”" if said else f"- {item}" for item in items)
        case Sample(heading, scenario_id):
            yield f"**{heading}**"
            for sentence in guide.scenario(scenario_id).sample:
                where = guide.section(sentence.section).title if sentence.section else ""
                yield ""
                yield f"> {f'*{where}:* ' if where else ''}{sentence.text}"


def as_plain(guide: Guide, pages: Sequence[Chapter], *, width: int | None = None) -> str:
    """Lines for a terminal or a screen reader: headings in capitals, nothing drawn.

    Args:
        guide: the guide.
        pages: its chapters.
        width: columns, of which no more than `WIDTH` are used; without it each paragraph is one line.
    """
    columns = sys.maxsize if width is None else max(_LEAST_WIDTH, min(width, WIDTH))
    lines: list[str] = []
    for page in pages:
        lines += [page.title.upper(), ""]
        for part in page.parts:
            lines += [*_plain(guide, part, columns), ""]
    return "\n".join(lines).rstrip()


def _plain(guide: Guide, part: Part, width: int) -> Iterator[str]:
    match part:
        case Paragraph(text, heading):
            yield from textwrap.wrap(f"{heading}: {text}" if heading else text, width)
        case Points(heading, items, said):
            yield f"{heading}:"
            for item in items:
                text = f"“{item}”" if said else item
                yield from textwrap.wrap(text, width, initial_indent="- ", subsequent_indent="  ")
        case Sample(heading, scenario_id):
            yield f"{heading}:"
            for sentence in guide.scenario(scenario_id).sample:
                where = guide.section(sentence.section).title if sentence.section else ""
                text = f"[{where}] {sentence.text}" if where else sentence.text
                yield from textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")


def as_json(guide: Guide, pages: Sequence[Chapter]) -> dict[str, Any]:
    """Plain values; a sample answer's sentences stand in its part."""

    def part(one: Part) -> dict[str, Any]:
        if not isinstance(one, Sample):
            return asdict(one)
        return asdict(one) | {"sentences": [asdict(sentence) for sentence in guide.scenario(one.scenario_id).sample]}

    return {
        "id": guide.id,
        "title": guide.title,
        "question": guide.question,
        "chapters": [
            {"id": page.id, "title": page.title, "group": page.group, "parts": [part(one) for one in page.parts]}
            for page in pages
        ],
    }
