"""The marks of an answer: which sections came up, which mistakes were made, and the words that earned each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rehearse.domain.transcript import Quote


class SectionState(StrEnum):
    """How a section of the framework fared."""

    COVERED = "covered"
    """Came up with substance: a clause says something a listener could repeat."""
    THIN = "thin"
    """Touched: the word without the thing."""
    MISSING = "missing"
    UNCLEAR = "unclear"
    """Couldn't hear: there was speech without words, words of low probability, or no microphone, where it may have come
    up."""


UNHEARD = "unheard"
"""Kind of the `Match` that says why a section couldn't be heard where there are no words to listen to."""
BLOCKED, ELSEWHERE, NOTHING = "blocked", "elsewhere", "nothing"
"""Kinds of the `Match` that says why words didn't count for a section: what speaks against them, or which section they
tell more of; the last one that there were no such words at all."""


class MistakeState(StrEnum):
    """How a common mistake stands."""

    MADE = "made"
    AVOIDED = "avoided"
    OPEN = "open"
    """Not settled while the answer is going on, or too little was said to judge."""


@dataclass(frozen=True)
class Match:
    """One reason for a mark, so that a person can check it."""

    kind: str
    """`example`, `term`, `cue`, `remembered` (a correction of the user's), or one of `BLOCKED`, `ELSEWHERE`, `NOTHING`
    and `UNHEARD`."""
    text: str
    """The example, term or cue of the guide, a sentence saying what spoke against the clause or hid it, or the title of
    the section that it tells more of."""
    strength: float
    """0..1: cosine similarity of an example, 1 for a term or cue that was said."""


@dataclass(frozen=True)
class SectionMark:
    """The verdict on one section."""

    section_id: str
    state: SectionState
    evidence: tuple[Quote, ...] = ()
    """Best first. Never empty where the state is covered or thin; for unclear, the moments to listen to, if any."""
    confidence: float = 0.0
    """The engine's probability that a listener would tick the section, 0..1."""
    why: tuple[Match, ...] = ()
    """What the first piece of evidence matched, or the nearest words; strongest first."""
    corrected: bool = False
    """The user's word, not the engine's."""
    nearest: Quote | None = None
    """Of one that is missing when the answer is over, the words that came nearest to it; None where none came near."""

    @property
    def unheard(self) -> tuple[str, ...]:
        """Of one that is unclear, why there is nothing to listen to: when the microphone was away."""
        if self.state is not SectionState.UNCLEAR:
            return ()
        return tuple(match.text for match in self.why if match.kind == UNHEARD)


@dataclass(frozen=True)
class MistakeMark:
    """The verdict on one common mistake."""

    mistake_id: str
    state: MistakeState
    reason: str = ""
    """A sentence that a person can check against the answer."""
    evidence: tuple[Quote, ...] = ()
    corrected: bool = False


@dataclass(frozen=True)
class Correction:
    """The user's word against a mark."""

    mark_id: str
    """Id of the section or mistake."""
    state: str
    """Value of a `SectionState` or `MistakeState`."""
    quote: Quote | None = None
    """The words the user points at, if any."""
    given: float | None = None
    """When, in seconds since the epoch; None for those of earlier versions and for what another correction implies."""


@dataclass(frozen=True)
class Coverage:
    """All marks of one answer, in the guide's order."""

    sections: tuple[SectionMark, ...]
    mistakes: tuple[MistakeMark, ...]
    heard: float | None = None
    """Share (0..1) of the detected speech that yielded words worth judging; None for typed answers."""
    judged: bool = True
    """False where fewer than a dozen words were said."""
    final: bool = False
    """The answer is over: absences count."""

    def section(self, section_id: str) -> SectionMark:
        """The mark of one section; raises KeyError if the guide has none of that id."""
        for mark in self.sections:
            if mark.section_id == section_id:
                return mark
        raise KeyError(section_id)

    def mistake(self, mistake_id: str) -> MistakeMark:
        """The mark of one mistake; raises KeyError if the guide has none of that id."""
        for mark in self.mistakes:
            if mark.mistake_id == mistake_id:
                return mark
        raise KeyError(mistake_id)

    @property
    def covered(self) -> tuple[str, ...]:
        """Ids of the covered sections."""
        return tuple(mark.section_id for mark in self.sections if mark.state is SectionState.COVERED)

    @property
    def made(self) -> tuple[str, ...]:
        """Ids of the mistakes made."""
        return tuple(mark.mistake_id for mark in self.mistakes if mark.state is MistakeState.MADE)

    def newly_covered(self, before: "Coverage | None") -> tuple[str, ...]:
        """Ids of sections covered here and not in `before`."""
        known = before.covered if before else ()
        return tuple(section for section in self.covered if section not in known)

    def corrected(self, corrections: Iterable[Correction]) -> "Coverage":
        """These marks with the user's word over the engine's; a later correction of a mark wins."""
        by_id: Mapping[str, Correction] = {correction.mark_id: correction for correction in corrections}
        return replace(
            self,
            sections=tuple(
                replace(
                    mark,
                    state=SectionState(fix.state),
                    evidence=(fix.quote, *mark.evidence) if fix.quote else mark.evidence,
                    corrected=True,
                )
                if (fix := by_id.get(mark.section_id))
                else mark
                for mark in self.sections
            ),
            mistakes=tuple(
                replace(mark, state=MistakeState(fix.state), corrected=True)
                if (fix := by_id.get(mark.mistake_id))
                else mark
                for mark in self.mistakes
            ),
        )
