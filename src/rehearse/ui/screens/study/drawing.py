"""A guide's chapters as what the study screen draws."""

import re

from textual.content import Content

from rehearse.domain.guide import Guide, Scenario
from rehearse.guides.chapters import Chapter, Paragraph, Part, Points, Sample
from rehearse.ui.glyphs import section_class
from rehearse.ui.widgets.transcript_view import Highlight


def page_rows(chapter: Chapter, guide: Guide, section_progress: str, searched: str) -> list[tuple[Content, Content]]:
    """Rows with a hanging indent: what stands in front, and the text; what was searched for is marked."""
    rows = [(Content(""), Content.styled(chapter.title, "bold underline")), _gap()]
    if section_progress:
        rows += [(Content("▸ "), Content.styled(section_progress, "$text-accent")), _gap()]
    for part in chapter.parts:
        rows += _rows(part, chapter, guide)
    return [(front, _marked(text, searched)) for front, text in rows]


def _rows(part: Part, chapter: Chapter, guide: Guide) -> list[tuple[Content, Content]]:
    match part:
        case Paragraph(text, heading):
            said = Content.assemble((f"{heading}  ", "bold"), text) if heading else Content(text)
            return [(Content(""), said), _gap()]
        case Points(heading, items, said):
            rows = [(Content(""), Content.styled(heading, "bold"))]
            for index, item in enumerate(items):
                lettered = chapter.id == "framework" and index < len(guide.sections)
                colour = f"${section_class(index)}" if lettered else ""
                front = Content.styled("  ▌ " if lettered else "  · ", colour)
                rows.append((front, Content(f"“{item}”" if said else item)))
            return [*rows, _gap()]
        case Sample(heading):
            return [(Content(""), Content.styled(heading, "bold"))]


def _gap() -> tuple[Content, Content]:
    return Content(""), Content("")


def _marked(text: Content, searched: str) -> Content:
    for word in searched.split():
        for found in re.finditer(re.escape(word), text.plain, re.IGNORECASE):
            text = text.stylize("reverse", found.start(), found.end())
    return text


def sample_highlights(scenario: Scenario, guide: Guide) -> tuple[Highlight, ...]:
    """The words of a sample answer in the colours and letters of the sections that they serve."""
    order = {section.id: index for index, section in enumerate(guide.sections)}
    found: list[Highlight] = []
    at = 0
    for sentence in scenario.sample:
        end = at + len(sentence.text.split())
        if sentence.section is not None:
            letter = guide.section(sentence.section).letter
            found.append(Highlight(at, end, section_class(order[sentence.section]), letter))
        at = end
    return tuple(found)
