"""The section drill: rounds of one section side by side, what came in and fell out, and which was best."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote
from rehearse.domain.wording import counted
from rehearse.drills.details import Detail, details, phrases
from rehearse.drills.plans import ROUND_CLOCK

STATE_WORDS = {
    SectionState.COVERED: "covered",
    SectionState.THIN: "thin",
    SectionState.MISSING: "missing",
    SectionState.UNCLEAR: "unheard",
}
NOT_JUDGED = "too short"
_RANKS = {SectionState.COVERED: 3, SectionState.THIN: 2, SectionState.UNCLEAR: 1, SectionState.MISSING: 0}


@dataclass(frozen=True)
class Round:
    """One round, in figures."""

    number: int
    """From 1."""
    answer: Answer
    state: SectionState | None
    """How the section came up; None where too little was said to judge."""
    evidence: Quote | None
    """The words that earned the mark."""
    details: tuple[Detail, ...]

    @property
    def seconds(self) -> float | None:
        """None where it was typed."""
        return self.answer.duration if self.answer.transcript.timed else None

    @property
    def fillers(self) -> int | None:
        """None where it was typed."""
        return len(self.answer.delivery.fillers) if self.answer.delivery else None

    @property
    def words_per_minute(self) -> float | None:
        """None where it was typed, or without words."""
        return self.answer.delivery.words_per_minute or None if self.answer.delivery else None

    @property
    def in_time(self) -> bool:
        """It ended before its time was up, or was typed."""
        return self.seconds is None or self.seconds <= ROUND_CLOCK.answer

    @property
    def said(self) -> int:
        """How many different things were said."""
        return len({detail.key for detail in self.details})

    @property
    def state_word(self) -> str:
        """The mark in a word."""
        return STATE_WORDS[self.state] if self.state else NOT_JUDGED


def state_in(answer: Answer, section_id: str) -> SectionState | None:
    """How a section came up in an answer, the user's word included; None where it wasn't judged."""
    marks = answer.marks
    if marks is None or not marks.judged:
        return None
    return next((mark.state for mark in marks.sections if mark.section_id == section_id), None)


def evidence_in(answer: Answer, section_id: str) -> Quote | None:
    """The first words that earned a section's mark; None where there are none."""
    found = answer.marks.sections if answer.marks else ()
    return next((mark.evidence[0] for mark in found if mark.section_id == section_id and mark.evidence), None)


def rounds(answers: Sequence[Answer], section_id: str, guide: Guide) -> tuple[Round, ...]:
    """The rounds of a drill from its answers, oldest first."""
    return tuple(
        Round(
            number,
            answer,
            state_in(answer, section_id),
            evidence_in(answer, section_id),
            details(answer.transcript, guide),
        )
        for number, answer in enumerate(answers, 1)
    )


@dataclass(frozen=True)
class Difference:
    """What a round says that the one before didn't, and the other way about; in its own words."""

    came_in: tuple[str, ...]
    fell_out: tuple[str, ...]


def difference(before: Round, now: Round) -> Difference:
    """What came in and what fell out."""
    earlier, later = ({detail.key for detail in one.details} for one in (before, now))
    return Difference(
        phrases(now.answer.transcript, [detail for detail in now.details if detail.key not in earlier]),
        phrases(before.answer.transcript, [detail for detail in before.details if detail.key not in later]),
    )


def best(done: Sequence[Round]) -> Round | None:
    """The round in which the section came up best: first its mark, then whether it kept its time, then how much was
    said in it, then how few fillers; of two alike the later. None without rounds.
    """

    def worth(one: Round) -> tuple[int, bool, int, int, int]:
        rank = _RANKS[one.state] if one.state else -1
        return rank, one.in_time, one.said, -(one.fillers or 0), one.number

    return max(done, key=worth, default=None)


def summary_line(done: Sequence[Round]) -> str:
    """Which round was best and why, and the way from the first to the last; "" without rounds."""
    top = best(done)
    if top is None:
        return ""
    why = [top.state_word, counted(top.said, "detail")]
    if top.fillers is not None:
        why.append(counted(top.fillers, "filler"))
    if not top.in_time:
        why.append("over time")
    line = f"Round {top.number} was best: {', '.join(why)}."
    first, last = done[0].state_word, done[-1].state_word
    if len(done) > 1:
        line += f" It began {first} and stayed so." if first == last else f" It went from {first} to {last}."
    return line
