"""Said anew: a second take in other words. What was kept against what was only repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.domain.wording import counted, percent
from rehearse.drills.rounds import state_in
from rehearse.drills.wording import Repeated, content, repeated

FEW, MANY = 0.1, 0.3
"""Share of repeated wording up to which an answer is said anew, and from which it is said by heart. Ours, and no law:
retelling the same story brings a few of the same phrases along; nearly a third of them is recitation."""
BORROWED = 0.1
"""Share of the sample answer's wording that is worth a word."""


@dataclass(frozen=True)
class Retake:
    """A take beside the one before."""

    before: Answer
    now: Answer
    kept: tuple[str, ...]
    """Ids of sections that came up in both, in the guide's order."""
    lost: tuple[str, ...]
    """Ids of sections that came up before and not now."""
    gained: tuple[str, ...]
    from_last: Repeated
    """What of this take stands in the last one."""
    from_sample: Repeated
    """What of it stands in the scenario's sample answer."""
    judged: bool
    """Enough was said in both takes."""


def retake(before: Answer, now: Answer, guide: Guide) -> Retake:
    """The later of two answers to one question against the earlier."""
    scenario = guide.scenario(now.scenario_id)
    ids = [section.id for section in guide.sections]
    earlier, later = ([_came_up(answer, section_id) for section_id in ids] for answer in (before, now))
    both = list(zip(ids, earlier, later, strict=True))
    said = content(now.transcript, guide, scenario.question)
    return Retake(
        before,
        now,
        tuple(one for one, was, is_now in both if was and is_now),
        tuple(one for one, was, is_now in both if was and not is_now),
        tuple(one for one, was, is_now in both if is_now and not was),
        repeated(said, content(before.transcript, guide, scenario.question)),
        repeated(said, content(Transcript.typed(scenario.sample_text), guide, scenario.question)),
        all(answer.marks is not None and answer.marks.judged for answer in (before, now)),
    )


def _came_up(answer: Answer, section_id: str) -> bool:
    return state_in(answer, section_id) is SectionState.COVERED


def verdict(one: Retake, guide: Guide) -> str:
    """What the two say together, in a sentence or two."""
    if not one.judged:
        return "One of the two takes was too short to judge: say a few sentences."
    held = _held(one, guide)
    share = percent(one.from_last.share)
    if one.from_last.share <= FEW:
        said = f"{held}, in other words: you know it, and don't recite it." if not one.lost else f"{held}."
        if one.lost:
            said += " The words are new; what they carried mustn't get lost with the old ones."
    elif one.from_last.share < MANY:
        said = f"{held}; {share} of the wording is the last take's."
    else:
        said = f"{held}, but {share} of the wording is the last take's: that is by heart."
    if one.from_sample.share > BORROWED:
        said += (
            f" {percent(one.from_sample.share)} is the sample answer's wording: put a project of your own in its place."
        )
    return said


def _held(one: Retake, guide: Guide) -> str:
    before = len(one.kept) + len(one.lost)
    if not before:
        return f"Nothing had come up before; now {counted(len(one.gained), 'section')} did"
    if not one.lost:
        which = {1: "The one section", 2: "Both sections"}.get(before, f"All {before} sections")
        return f"{which} came up again"
    titles = ", ".join(guide.section(section_id).title for section_id in one.lost)
    return f"{len(one.kept)} of {before} sections came up again, without {titles}"


def takes(first: Answer | None, later: Sequence[Answer]) -> tuple[Answer, ...]:
    """All takes, oldest first; the first may have been deleted meanwhile."""
    return (*([first] if first else []), *(one for one in later if first is None or one.id != first.id))
