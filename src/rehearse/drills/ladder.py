"""The compression ladder: which sections survive as the time shrinks, and which are best left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide, Scenario, Section
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.transcript import Quote
from rehearse.domain.wording import percent
from rehearse.drills.plans import RUNGS
from rehearse.drills.rounds import evidence_in, state_in

RUNG_SECONDS = "answer_seconds"
"""Name in `Answer.settings`: the time there was, by which an answer finds its rung."""


FEW = 2
"""Sections up to which those that are missing are named."""


@dataclass(frozen=True)
class Cell:
    """One section on one rung."""

    state: SectionState | None
    """None where the rung wasn't climbed, or too little was said to judge."""
    evidence: Quote | None = None

    @property
    def survives(self) -> bool:
        """It came up with substance."""
        return self.state is SectionState.COVERED


@dataclass(frozen=True)
class Rung:
    """One rung."""

    seconds: int
    answer: Answer | None
    """The last answer given on it; None where it wasn't climbed yet."""
    cells: Mapping[str, Cell]
    """By section id, in the guide's order."""

    @property
    def survivors(self) -> tuple[str, ...]:
        """Ids of the sections that came up with substance."""
        return tuple(section_id for section_id, cell in self.cells.items() if cell.survives)

    @property
    def judged(self) -> bool:
        """It was climbed, and enough was said."""
        return self.answer is not None and self.answer.marks is not None and self.answer.marks.judged


def rungs(answers: Sequence[Answer], guide: Guide) -> tuple[Rung, ...]:
    """The ladder from its answers, oldest first: sections by rungs."""
    latest = {seconds: answer for answer in answers if (seconds := answer.settings.get(RUNG_SECONDS)) in RUNGS}
    return tuple(_rung(seconds, latest.get(seconds), guide) for seconds in RUNGS)


def _rung(seconds: int, answer: Answer | None, guide: Guide) -> Rung:
    cells = {
        section.id: Cell(state_in(answer, section.id), evidence_in(answer, section.id)) if answer else Cell(None)
        for section in guide.sections
    }
    return Rung(seconds, answer, cells)


def next_rung(ladder: Sequence[Rung]) -> int | None:
    """Seconds of the first rung that wasn't climbed; None on top of it all."""
    return next((rung.seconds for rung in ladder if rung.answer is None), None)


def fell(ladder: Sequence[Rung]) -> dict[str, int]:
    """For each section that came up on an earlier rung and not on the last that was judged: the seconds of the rung
    on which it was missed first and for good.
    """
    judged = [rung for rung in ladder if rung.judged]
    lost: dict[str, int] = {}
    for section_id in judged[0].cells if judged else ():
        kept = [rung.cells[section_id].survives for rung in judged]
        if any(kept) and not kept[-1]:
            lost[section_id] = judged[len(kept) - kept[::-1].index(True)].seconds
    return lost


def expendable(guide: Guide) -> tuple[Section, ...]:
    """The sections, those that can best be left out at first: on which no mistake of the guide hangs alone, and of
    these the one that should take the least of an answer.
    """
    needed = {mistake.sections[0] for mistake in guide.mistakes if len(mistake.sections) == 1}
    return tuple(sorted(guide.sections, key=lambda one: (one.id in needed, one.share[1], one.share[0])))


def leave_out_line(ladder: Sequence[Rung], guide: Guide, scenario: Scenario) -> str:
    """What to leave out on the shortest rung that was judged, against what was left out there; "" before the first."""
    last = next((rung for rung in reversed(ladder) if rung.judged), None)
    if last is None:
        return ""
    time, dropped = clock_text(last.seconds), [one for one in guide.sections if one.id not in last.survivors]
    if not dropped:
        return f"All {len(guide.sections)} sections survive {time}: nothing has to go."
    if last.seconds >= scenario.answer_seconds:
        few = len(dropped) <= FEW
        named = _titles(dropped) if few else f"{len(dropped)} of {len(guide.sections)} sections"
        return f"{time} is time enough for all of it, and {named} didn't come up."
    best = expendable(guide)[: len(dropped)]
    needlessly = [one for one in dropped if one not in best]
    if not needlessly:
        return f"At {time} you left out what can go best: {_titles(best)}."
    weightiest = max(needlessly, key=expendable(guide).index)  # one swap is enough to remember
    instead = next(one for one in best if one.id in last.survivors)
    return f"At {time} better leave out {instead.title} than {weightiest.title}{_because(instead, guide)}."


def _because(section: Section, guide: Guide) -> str:
    if any(mistake.sections == (section.id,) for mistake in guide.mistakes):
        return ""
    return f": {section.title} should take at most {percent(section.share[1])} of an answer, and no mistake hangs on it"


def _titles(sections: Sequence[Section]) -> str:
    names = [section.title for section in sections]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def fell_lines(ladder: Sequence[Rung], guide: Guide) -> tuple[str, ...]:
    """On which rung which sections fell, a sentence each, the longest rung first."""
    lost = fell(ladder)
    return tuple(
        f"Fell at {clock_text(seconds)}: {', '.join(guide.section(one).title for one in lost if lost[one] == seconds)}."
        for seconds in sorted(set(lost.values()), reverse=True)
    )
