"""One thing to do next after an answer: the most useful, said in a sentence or two."""

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Coverage, MistakeState, SectionState
from rehearse.domain.guide import Guide, Scenario


def next_step(guide: Guide, answer: Answer) -> str:
    """The one piece of advice: what was missing first, then mistakes, then length, then the next scenario."""
    marks = answer.marks
    scenario = guide.scenario(answer.scenario_id)
    if marks is None or not marks.judged:
        if not answer.transcript.words:
            return "Nothing was heard. Check the microphone from the home screen (m), then try again (r)."
        return "That was too short to judge. Say a few sentences: what it was for, then how it got live. (r)"
    for choose in (_absent, _mistake, _thin, _length):
        if advice := choose(guide, answer, marks, scenario):
            return advice
    return _all_there(guide, scenario)


def _absent(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    missing = [guide.section(m.section_id) for m in marks.sections if m.state is SectionState.MISSING]
    if not missing:
        return ""
    first = max(missing, key=lambda section: section.share[1])
    return f"{first.title} didn't come up. {first.advice}"


def _mistake(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    for mark in marks.mistakes:
        if mark.state is MistakeState.MADE:
            mistake = guide.mistake(mark.mistake_id)
            return f"{mistake.title}. {mistake.instead}"
    return ""


def _thin(guide: Guide, _answer: Answer, marks: Coverage, _scenario: Scenario) -> str:
    for mark in marks.sections:
        if mark.state is SectionState.THIN:
            section = guide.section(mark.section_id)
            return f"{section.title} was only touched. {section.advice}"
    return ""


def _length(_guide: Guide, answer: Answer, _marks: Coverage, scenario: Scenario) -> str:
    if not answer.transcript.timed or answer.follow_up_of:
        return ""
    if answer.duration < scenario.short_seconds:
        return f"Everything in {answer.duration:.0f} s is quick. Give each section one concrete detail more."
    if answer.duration > scenario.answer_seconds:
        return "All there, but over time. Say the context in one sentence and keep the minutes for the main part."
    return ""


def _all_there(guide: Guide, scenario: Scenario) -> str:
    later = [s for s in guide.scenarios if s.level > scenario.level]
    if later:
        return f"All there. Next: {later[0].title}."
    return "All there. Do it once more tomorrow: what you can say twice you'll have on the day."
