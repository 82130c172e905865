"""The coverage panel as plain text."""

from collections.abc import Collection, Iterator
from contextlib import suppress

from rehearse.domain.advice import advice_on
from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.languages import why_unjudged
from rehearse.domain.missing import missing_line
from rehearse.domain.opinions import labels_on
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted, percent
from rehearse.errors import InputError
from rehearse.guides.library import GuideLibrary

_GLYPHS = {
    SectionState.COVERED: "✔",
    SectionState.THIN: "◐",
    SectionState.MISSING: "·",
    SectionState.UNCLEAR: "?",
    MistakeState.MADE: "✘",
    MistakeState.AVOIDED: "✔",
    MistakeState.OPEN: "·",
}


def panel_text(guide: Guide, answer: Answer, told: Collection[str] = ()) -> str:
    """The final panel of an answer, for terminals, pipes and logs; `told` are sections that came up when asked."""
    return "\n".join(_lines(guide, answer, told))


def kept_panel(library: GuideLibrary, answer: Answer, told: Collection[str] = ()) -> str:
    """The same of a kept answer; where the guide is gone, or no longer has what was marked, the marks by their ids."""
    with suppress(InputError, KeyError):
        if answer.marks is not None:
            return panel_text(library.load(answer.guide_id), answer, told)
    lines = [f"{answer.guide_id}: {answer.scenario_id}", f"“{answer.question}”", ""]
    if answer.marks is None:
        return "\n".join([*lines, "It has no marks."])
    lines += [f"Its guide {answer.guide_id} is gone or has changed; the marks by their ids:"]
    if answer.marks.judged:
        for section in answer.marks.sections:
            lines += [f"  {section.section_id}: {section.state.value}"]
            lines += friend_lines(answer, section.section_id, section.state)
        for mistake in answer.marks.mistakes:
            lines += [f"  mistake {mistake.mistake_id}: {mistake.state.value}"]
            lines += friend_lines(answer, mistake.mistake_id, mistake.state)
    else:
        lines += [f"  {why_unjudged(answer.transcript)}"]
    if missing := missing_line(answer):
        lines += [missing]
    return "\n".join(lines)


def _lines(guide: Guide, answer: Answer, told: Collection[str]) -> Iterator[str]:
    marks = answer.marks
    assert marks is not None
    scenario = guide.scenario(answer.scenario_id)
    yield f"{guide.title}: {scenario.title}"
    yield f"“{answer.question}”"
    yield ""
    unjudged = "" if marks.judged else f" ({why_unjudged(answer.transcript)})"
    yield f"Coverage {len(marks.covered)}/{len(guide.sections)}{unjudged}"
    for mark in marks.sections:
        at = ""
        if mark.evidence and mark.evidence[0].start is not None:
            at = clock_text(mark.evidence[0].start)
        yield f"  {_GLYPHS[mark.state]} {guide.section(mark.section_id).title:<34}{at:>6}"
        if mark.evidence:
            yield f"      “{mark.evidence[0].text}”"
        yield from (f"      {reason}" for reason in mark.unheard)
        yield from friend_lines(answer, mark.section_id, mark.state)
    yield "Mistakes"
    for mistake in marks.mistakes:
        yield f"  {_GLYPHS[mistake.state]} {guide.mistake(mistake.mistake_id).title}: {mistake.state.value}"
        if mistake.reason:
            yield f"      {mistake.reason}"
        yield from friend_lines(answer, mistake.mistake_id, mistake.state)
    for opinion in answer.opinions:
        if opinion.comment:
            yield f"{opinion.friend} on the whole: {opinion.comment}"
    if marks.heard is not None:
        yield f"Heard {percent(marks.heard)} of the speech."
    if missing := missing_line(answer):
        yield missing
    if answer.delivery:
        yield (
            f"{clock_text(answer.duration)} long, {answer.delivery.words_per_minute:.0f} words a minute, "
            f"{counted(len(answer.delivery.fillers), 'filler')}, "
            f"{counted(len(answer.delivery.pauses), 'pause')} over 2 s."
        )
    yield f"Advice: {advice_on(guide, answer, told)}"
    if titles := [section.title for section in guide.sections if section.id in told]:
        yield f"Told when asked: {', '.join(titles)}."


def friend_lines(answer: Answer, mark_id: str, state: str) -> Iterator[str]:
    """What friends think of a mark, a line each."""
    for friend, label in labels_on(answer.opinions, mark_id):
        yield f"      {label.whole(friend, state)}"
