"""Common mistakes, each by the detector its guide names, each with a reason that a person can check."""

from collections.abc import Callable, Sequence

from rehearse.coverage import language
from rehearse.coverage.clauses import split
from rehearse.coverage.terms import TermFinder, TermHit
from rehearse.domain.coverage import MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.guide import Guide, Mistake, Scenario
from rehearse.domain.transcript import Quote, Transcript

REASONED_ENOUGH = 0.34
"""Share of named tools whose sentence gives a reason, from which a list is more than a list."""


class MistakeJudge:
    """Judges a finished answer."""

    def __init__(self, guide: Guide) -> None:
        """Index the guide's terms."""
        self._guide = guide
        self._finder = TermFinder(guide)

    def judge(
        self, transcript: Transcript, sections: Sequence[SectionMark], scenario: Scenario
    ) -> tuple[MistakeMark, ...]:
        """All mistakes of the guide, in its order."""
        hits = self._finder.find(transcript.words)
        detectors: dict[str, Callable[[Mistake], MistakeMark]] = {
            "section-missing": lambda mistake: self._section_missing(mistake, sections),
            "unreasoned-list": lambda mistake: self._unreasoned(mistake, transcript, hits, sections),
            "vague": lambda mistake: self._vague(mistake, transcript, hits),
            "over-engineered": lambda mistake: self._over_engineered(mistake, transcript, hits, scenario),
            "examples": lambda mistake: MistakeMark(mistake.id, MistakeState.AVOIDED, "Nothing like it was said."),
        }
        return tuple(detectors[mistake.detector](mistake) for mistake in self._guide.mistakes)

    def _section_missing(self, mistake: Mistake, sections: Sequence[SectionMark]) -> MistakeMark:
        wanted = [mark for mark in sections if mark.section_id in mistake.sections]
        titles = " or ".join(self._guide.section(mark.section_id).title for mark in wanted)
        covered = [mark for mark in wanted if mark.state is SectionState.COVERED]
        if covered:
            return MistakeMark(mistake.id, MistakeState.AVOIDED, f"{titles} came up.", covered[0].evidence[:1])
        if any(mark.state is SectionState.UNCLEAR for mark in wanted):
            return MistakeMark(mistake.id, MistakeState.OPEN, f"{titles} may have come up where nothing was heard.")
        thin = next((mark for mark in wanted if mark.state is SectionState.THIN), None)
        if thin:
            return MistakeMark(mistake.id, MistakeState.MADE, f"{titles} was named and not told.", thin.evidence[:1])
        return MistakeMark(mistake.id, MistakeState.MADE, f"{titles} didn't come up.")

    def _unreasoned(
        self, mistake: Mistake, transcript: Transcript, hits: Sequence[TermHit], sections: Sequence[SectionMark]
    ) -> MistakeMark:
        named = [hit for hit in hits if hit.term.named]
        sentences, _ = split(transcript)
        reasoned = 0
        listed = 0
        for sentence in sentences:
            inside = [hit for hit in named if sentence.first_word <= hit.first_word < sentence.end_word]
            if not inside:
                continue
            # Names that follow one another with hardly a word between are a list: one reason doesn't serve them all.
            density = len(inside) / max(1, sentence.end_word - sentence.first_word)
            listed += len(inside)
            if language.gives_reason(sentence.text) or (language.figures(sentence.text) and density < 0.2):
                reasoned += min(len(inside), 2) if density > 0.2 else len(inside)
        covered = sum(mark.state is SectionState.COVERED for mark in sections)
        quotes = _quotes(transcript, named[:1])
        words = max(1, len(transcript.words))
        reasons = sum(language.gives_reason(sentence.text) for sentence in sentences)
        if listed >= mistake.at_least:
            share = reasoned / listed
            if share < REASONED_ENOUGH:
                return MistakeMark(
                    mistake.id, MistakeState.MADE, f"{listed} tools named, {reasoned} with a reason.", quotes
                )
            return MistakeMark(mistake.id, MistakeState.AVOIDED, f"{reasoned} of {listed} tools come with a reason.")
        if covered <= 2 and reasons * 60 < words:
            return MistakeMark(mistake.id, MistakeState.MADE, "Steps are named, hardly any with a reason.", quotes)
        return MistakeMark(mistake.id, MistakeState.AVOIDED, "What was named is told, not listed.")

    def _vague(self, mistake: Mistake, transcript: Transcript, hits: Sequence[TermHit]) -> MistakeMark:
        names = list(dict.fromkeys(hit.term.name for hit in hits if hit.term.named))
        names += [name for name in _proper_names(transcript) if name not in names]
        numbers = language.figures(transcript.text)
        concrete = len(names) + min(1, numbers)
        if concrete >= mistake.at_least and names:
            said = ", ".join(names[:3]) + (" and a figure" if numbers else "")
            return MistakeMark(mistake.id, MistakeState.AVOIDED, f"Concrete: {said}.")
        found = f"only {names[0]}" if names else "no technology by name"
        return MistakeMark(mistake.id, MistakeState.MADE, f"The answer names {found}.")

    def _over_engineered(
        self, mistake: Mistake, transcript: Transcript, hits: Sequence[TermHit], scenario: Scenario
    ) -> MistakeMark:
        top = max(one.level for one in self._guide.scenarios)
        heavy = {
            hit.term.name: hit for hit in reversed(hits) if hit.term.level > scenario.level and hit.term.level == top
        }
        if scenario.level < top and len(heavy) >= mistake.at_least + (scenario.level - 1):
            names = ", ".join(sorted(heavy))
            return MistakeMark(
                mistake.id,
                MistakeState.MADE,
                f"More than this scenario asks for: {names}.",
                _quotes(transcript, sorted(heavy.values(), key=lambda hit: hit.first_word)[:2]),
            )
        return MistakeMark(mistake.id, MistakeState.AVOIDED, "The means fit the question.")


def _quotes(transcript: Transcript, hits: Sequence[TermHit]) -> tuple[Quote, ...]:
    return tuple(
        transcript.quote(max(0, hit.first_word - 3), min(len(transcript.words), hit.end_word + 6)) for hit in hits
    )


def _proper_names(transcript: Transcript) -> list[str]:
    """Capitalised words inside sentences: names of things that the guide doesn't list."""
    found: list[str] = []
    for before, word in zip(transcript.words, transcript.words[1:], strict=False):
        text = word.text.strip(".,;:!?\"'“”()")
        if before.text[-1:] in ".!?:" or len(text) < 3 or not text[0].isupper() or text.split("'")[0] == "I":
            continue
        if text.lower() not in _CAPITALISED and text not in found:
            found.append(text)
    return found


_CAPITALISED = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "german",
        "french",
        "spanish",
        "portuguese",
        "brazil",
        "europe",
    ]
)
