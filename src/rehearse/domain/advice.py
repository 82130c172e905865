"""What would have made one answer better: the one thing that helps most, said in a sentence or two.

Which drill comes next depends on all answers: `history.suggestion`.
"""

from collections.abc import Collection
from dataclasses import replace

from rehearse.domain.answer import SHORTENED, Answer
from rehearse.domain.coverage import Coverage, MistakeState, SectionState
from rehearse.domain.guide import Guide, Scenario, Section
from rehearse.domain.languages import reads_as_english


def advice_on(guide: Guide, answer: Answer, told: Collection[str] = ()) -> str:
    """The one piece of advice: what was missing first, then mistakes, what was only touched or unheard, length.

    `told` are the sections that came up when the interviewer asked about them: none of them needs advice any more.
    """
    marks = answer.marks
    scenario = guide.scenario(answer.scenario_id)
    if marks is None or not marks.judged:
        return _unjudged(answer)
    when_asked = set(told).difference(marks.covered)
    if when_asked:
        marks = _without(guide, marks, when_asked)
    for choose in _CHOICES_WHEN_ASKED if when_asked else _CHOICES:
        if advice := choose(guide, answer, marks, scenario):
            return advice
    if when_asked:
        return "In the end all of it came up. Next time say it before you are asked."
    return "All there: there is nothing to mend in this answer."


def _without(guide: Guide, marks: Coverage, told: Collection[str]) -> Coverage:
    """Without these sections, and the mistakes of leaving them out."""
    mended = {mistake.id for mistake in guide.mistakes if not set(mistake.sections).isdisjoint(told)}
    return replace(
        marks,
        sections=tuple(mark for mark in marks.sections if mark.section_id not in told),
        mistakes=tuple(mark for mark in marks.mistakes if mark.mistake_id not in mended),
    )


def _unjudged(answer: Answer) -> str:
    in_english = "and only English is marked. Say it in English, as you will then."
    if answer.transcript.foreign:
        return f"This didn't sound like English, {in_english}"
    if not answer.transcript.words:
        return "Nothing was heard. Check the microphone, then try again."
    if not reads_as_english(answer.transcript):
        return f"This doesn't read like English, {in_english}"
    wanted = "what was done, and with what" if answer.follow_up_of else "what it was for, then how it got live"
    return f"That was too short to judge. Say a few sentences: {wanted}."


def follow_up_section(guide: Guide, answer: Answer, answered: Collection[str] = ()) -> Section | None:
    """The section an interviewer would ask about now: what was left out, or else only touched. None where all came up,
    nothing was judged, or the answer itself answers a follow-up question. `answered` were asked about already.
    """
    return None if answer.follow_up_of else weakest_section(guide, answer, answered)


def weakest_section(guide: Guide, answer: Answer, answered: Collection[str] = ()) -> Section | None:
    """What an answer left out, or else only touched, the weightiest; without those in `answered`."""
    marks = answer.marks
    if marks is None or not marks.judged:
        return None
    missing = _weightiest(guide, marks, SectionState.MISSING, answered)
    return missing or _weightiest(guide, marks, SectionState.THIN, answered)


def _weightiest(guide: Guide, marks: Coverage, state: SectionState, but: Collection[str] = ()) -> Section | None:
    """Of the sections in a state, the one that should take the largest share of an answer."""
    found = [guide.section(m.section_id) for m in marks.sections if m.state is state and m.section_id not in but]
    return max(found, key=lambda section: section.share[1], default=None)


def _nothing(guide: Guide, answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    """Somebody who speaks of something else is helped by no single section."""
    first = _weightiest(guide, marks, SectionState.MISSING)
    unheard = any(mark.state is SectionState.UNCLEAR for mark in marks.sections)
    if marks.covered or unheard or answer.follow_up_of or first is None:
        return ""
    if touched := _weightiest(guide, marks, SectionState.THIN):
        return f"Nothing came up plainly yet. {touched.title} was touched: begin there. {touched.advice}"
    return (
        f"None of the {len(marks.sections)} sections came up: this doesn't answer the question yet. "
        f"Begin with {first.title}. {first.advice}"
    )


def _absent(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    first = _weightiest(guide, marks, SectionState.MISSING)
    return f"{first.title} didn't come up. {first.advice}" if first else ""


def _mistake(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    for mark in marks.mistakes:
        if mark.state is MistakeState.MADE:
            mistake = guide.mistake(mark.mistake_id)
            return f"{mistake.title}. {mistake.instead}"
    return ""


def _thin(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    first = _weightiest(guide, marks, SectionState.THIN)
    return f"{first.title} was only touched. {first.advice}" if first else ""


def _unheard(guide: Guide, answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    first = _weightiest(guide, marks, SectionState.UNCLEAR)
    if first is None:
        return ""
    mark = marks.section(first.id)
    if mark.unheard and not mark.evidence:
        return f"{first.title} may have come up while the microphone was away: say it again. {first.advice}"
    where, how = (
        ("in what wasn't English", "in English") if answer.transcript.foreign else ("where nothing was heard", "again")
    )
    listen = "listen there, or " if _can_be_heard(answer) else ""
    return f"{first.title} may have come up {where}: {listen}say it {how}. {first.advice}"


def _can_be_heard(answer: Answer) -> bool:
    """There is sound: its recording, or, where an answer is only marked and not kept, the file that it came from."""
    return answer.recording is not None or not answer.id


def _length(_guide: Guide, answer: Answer, _marks: Coverage, scenario: Scenario) -> str:
    if not answer.transcript.timed or answer.follow_up_of or answer.settings.get(SHORTENED):
        return ""
    if answer.duration < scenario.short_seconds:
        return f"Everything in {answer.duration:.0f} s is quick. Give each section one concrete detail more."
    if answer.duration > scenario.answer_seconds:
        return "All there, but over time. Say the context in one sentence and keep the minutes for the main part."
    return ""


_CHOICES_WHEN_ASKED = (_absent, _mistake, _thin, _unheard)
_CHOICES = (_nothing, *_CHOICES_WHEN_ASKED, _length)
