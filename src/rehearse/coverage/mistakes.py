"""Common mistakes, each by the detector its guide names, each with a reason that a person can check."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.coverage import language
from rehearse.coverage.clauses import split
from rehearse.coverage.mistake_examples import MistakeExamples
from rehearse.coverage.proper_names import names_put_to_use
from rehearse.coverage.terms import TermFinder, TermHit
from rehearse.domain.coverage import MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.guide import Guide, Mistake, Scenario
from rehearse.domain.transcript import Quote, Transcript
from rehearse.domain.wording import counted

QUOTES = 2
"""Pieces of evidence a mistake shows at most."""
LIST_GAP = 4
"""Words between two names up to which they are read out like a list."""
REASON_SERVES = 3
"""Tools that one reason can serve; with fewer reasons a list stays a list."""

BEFORE, AFTER = 3, 6
"""Words that are quoted around a name."""


@dataclass(frozen=True)
class FinishedAnswer:
    """What a detector may look at."""

    transcript: Transcript
    hits: Sequence[TermHit]
    """The guide's terms in it."""
    sections: Sequence[SectionMark]
    scenario: Scenario


class MistakeJudge:
    """Judges a finished answer."""

    def __init__(self, guide: Guide, examples: MistakeExamples | None = None) -> None:
        """Index the guide's terms; `examples` knows the mistakes that are told by examples."""
        self._guide = guide
        self._examples = examples
        self._finder = TermFinder(guide)
        asked = (guide.title, guide.question, *(scenario.question for scenario in guide.scenarios))
        self._asked = {word.strip("“”.,?!").lower() for text in asked for word in text.split()}
        """Words of the questions: who repeats them names nothing of their own."""

    def judge(
        self, transcript: Transcript, sections: Sequence[SectionMark], scenario: Scenario
    ) -> tuple[MistakeMark, ...]:
        """All mistakes of the guide, in its order."""
        answer = FinishedAnswer(transcript, self._finder.find(transcript.words), sections, scenario)
        return tuple(DETECTORS[mistake.detector](self, mistake, answer) for mistake in self._guide.mistakes)

    def section_missing(self, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        """None of the mistake's sections is ticked."""
        wanted = [mark for mark in answer.sections if mark.section_id in mistake.sections]
        titles = " or ".join(self._guide.section(mark.section_id).title for mark in wanted)
        covered = [mark for mark in wanted if mark.state is SectionState.COVERED]
        if covered:
            return MistakeMark(mistake.id, MistakeState.AVOIDED, f"{titles} came up.", covered[0].evidence[:1])
        if unclear := [mark for mark in wanted if mark.state is SectionState.UNCLEAR]:
            where = "where nothing was heard" if unclear[0].evidence else "while the microphone was away"
            return MistakeMark(mistake.id, MistakeState.OPEN, f"{titles} may have come up {where}.")
        thin = next((mark for mark in wanted if mark.state is SectionState.THIN), None)
        if thin:
            return MistakeMark(mistake.id, MistakeState.MADE, f"{titles} was named and not told.", thin.evidence[:1])
        return MistakeMark(mistake.id, MistakeState.MADE, f"{titles} didn't come up.")

    def alike(self, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        """A clause resembles the mistake's examples more than its near misses."""
        quotes = self._examples.find(mistake.id, answer.transcript) if self._examples else ()
        if not quotes:
            return MistakeMark(mistake.id, MistakeState.AVOIDED, "Nothing like it was said.")
        return MistakeMark(mistake.id, MistakeState.MADE, f"“{quotes[0].text}”", quotes[:QUOTES])

    def unreasoned_list(self, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        """Tools or steps are listed, and hardly any has a reason."""
        transcript = answer.transcript
        named = [hit for hit in answer.hits if hit.term.named]
        sentences, _ = split(transcript)
        reasons = sum(language.gives_reason(sentence.text) for sentence in sentences)
        listed = _listed(named)
        if len(listed) >= mistake.at_least and reasons * REASON_SERVES < len(named):
            reason = f"{len(named)} tools named, most of them one after another, and {counted(reasons, 'reason')}."
            return MistakeMark(mistake.id, MistakeState.MADE, reason, _quotes(transcript, listed[:2]))
        covered = sum(mark.state is SectionState.COVERED for mark in answer.sections)
        if covered <= 1 and len(named) <= 1:
            quotes = (transcript.quote(sentences[0].first_word, sentences[0].end_word),) if sentences else ()
            sections, tools = "One section" if covered else "No section", "one tool" if named else "no tool"
            return MistakeMark(mistake.id, MistakeState.MADE, f"{sections} came up, {tools} is named.", quotes)
        if named and reasons:
            told = f"{counted(len(named), 'tool')} named, {counted(reasons, 'reason')} given."
            return MistakeMark(mistake.id, MistakeState.AVOIDED, told)
        return MistakeMark(mistake.id, MistakeState.AVOIDED, "What was named is told, not listed.")

    def vague(self, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        """Too few named terms and figures."""
        transcript = answer.transcript
        names = list(dict.fromkeys(hit.term.name for hit in answer.hits if hit.term.named))
        known = {term.name.lower() for term in self._guide.terms} | self._asked
        within = {word for name in names for word in name.split()}
        names += [
            name
            for name in names_put_to_use(transcript)
            if within.isdisjoint(name.split()) and not {*name.lower().split()} <= known and name.lower() not in known
        ]
        numbers = language.figures(transcript.text)
        concrete = len(names) + min(1, numbers)
        # Where one concrete thing is enough a figure may be it; otherwise something must be named.
        if concrete >= mistake.at_least and (names or mistake.at_least < 2):
            said = " and ".join(filter(None, [", ".join(names[:3]), "a figure" if numbers else ""]))
            return MistakeMark(mistake.id, MistakeState.AVOIDED, f"Concrete: {said}.")
        if not names and numbers:
            return MistakeMark(
                mistake.id, MistakeState.MADE, "There are figures, but nothing that was used has a name."
            )
        found = f"only {names[0]}" if names else "nothing in particular"
        return MistakeMark(mistake.id, MistakeState.MADE, f"The answer names {found}.")

    def over_engineered(self, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        """Terms above the scenario's level."""
        scenario = answer.scenario
        top = max(one.level for one in self._guide.scenarios)
        heavy = {
            hit.term.name: hit
            for hit in reversed(answer.hits)
            if hit.term.level > scenario.level and hit.term.level == top
        }
        if scenario.level < top and len(heavy) >= mistake.at_least + (scenario.level - 1):
            names = ", ".join(sorted(heavy))
            return MistakeMark(
                mistake.id,
                MistakeState.MADE,
                f"More than this scenario asks for: {names}.",
                _quotes(answer.transcript, sorted(heavy.values(), key=lambda hit: hit.first_word)[:2]),
            )
        return MistakeMark(mistake.id, MistakeState.AVOIDED, "The means fit the question.")


Detector = Callable[[MistakeJudge, Mistake, FinishedAnswer], MistakeMark]

DETECTORS: dict[str, Detector] = {
    "section-missing": MistakeJudge.section_missing,
    "unreasoned-list": MistakeJudge.unreasoned_list,
    "vague": MistakeJudge.vague,
    "over-engineered": MistakeJudge.over_engineered,
    "examples": MistakeJudge.alike,
}
"""By the name that a guide gives."""


def _quotes(transcript: Transcript, hits: Sequence[TermHit]) -> tuple[Quote, ...]:
    """Each name with some words around it, of its own sentence: a quote over a full stop is nobody's sentence."""
    sentences, _ = split(transcript)
    quotes = []
    for hit in hits:
        own = next((one for one in sentences if one.first_word <= hit.first_word < one.end_word), None)
        first, end = (own.first_word, max(own.end_word, hit.end_word)) if own else (0, len(transcript.words))
        quotes.append(transcript.quote(max(first, hit.first_word - BEFORE), min(end, hit.end_word + AFTER)))
    return tuple(quotes)


def _listed(named: Sequence[TermHit]) -> list[TermHit]:
    """The names that stand in a run of at least three with hardly a word between them."""
    runs: list[list[TermHit]] = []
    for hit in named:
        if runs and hit.first_word - runs[-1][-1].end_word <= LIST_GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [hit for run in runs if len(run) >= 3 for hit in run]
