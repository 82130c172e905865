"""Rows that were lit while somebody speaks stay lit."""

from dataclasses import replace

from rehearse.domain.coverage import Coverage, SectionMark, SectionState


def still_lit(coverage: Coverage, before: Coverage | None) -> Coverage:
    """The marks, where each section stands at least as well as a moment ago: nothing goes dark while speaking."""
    if before is None:
        return coverage
    known = {mark.section_id: mark for mark in before.sections}
    return replace(
        coverage,
        sections=tuple(_better(mark, known.get(mark.section_id, mark)) for mark in coverage.sections),
    )


_BRIGHTNESS = (SectionState.THIN, SectionState.COVERED)


def _better(now: SectionMark, before: SectionMark) -> SectionMark:
    bright = [_BRIGHTNESS.index(mark.state) if mark.state in _BRIGHTNESS else -1 for mark in (now, before)]
    return now if bright[0] >= bright[1] else before
