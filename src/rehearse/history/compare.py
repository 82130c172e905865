"""Two attempts side by side: what was gained and lost. A guide's sample answer can be one side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.guide_versions import section_versions


@dataclass(frozen=True)
class Passage:
    """A stretch of text and the section it serves, None for none."""

    text: str
    section_id: str | None


@dataclass(frozen=True)
class Side:
    """One of two answers that are compared."""

    sections: Mapping[str, SectionState]
    mistakes: frozenset[str]
    """Ids of the mistakes made."""
    words: int
    duration: float | None
    """Seconds; None for typed and sample answers."""
    words_per_minute: float | None
    fillers_per_minute: float | None
    shares: Mapping[str, float]
    """Section id to its share (0..1) of the time; of the words for a sample answer; empty for typed answers."""
    passages: tuple[Passage, ...] = ()
    """A sample answer, annotated by section; empty for others, whose evidence says the same."""
    pauses: int | None = None
    """How many over two seconds; None for typed and sample answers."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Digest of each section's text that it was marked against; empty where that isn't known."""
    avoided: frozenset[str] = frozenset()
    """Ids of the mistakes judged and not made; one neither made nor avoided wasn't judged."""


def hindrance(left: Answer, right: Answer, guides: Mapping[str, Guide]) -> str:
    """Why two answers can't stand side by side, as a sentence; "" where they can."""
    if left.guide_id != right.guide_id:
        return "These answers belong to different guides."
    guide = guides.get(right.guide_id)
    if guide is None or not guide.has_scenario(right.scenario_id):
        return f"The guide “{right.guide_id}” is gone or has changed; without it there is nothing to compare."
    return ""


def answer_side(answer: Answer) -> Side:
    """A kept answer, the user's corrections applied."""
    marks, delivery = answer.marks, answer.delivery
    if marks and not marks.judged:
        marks = None
    seconds = delivery.seconds_by_section if delivery else {}
    total = sum(seconds.values())
    return Side(
        {mark.section_id: mark.state for mark in marks.sections} if marks else {},
        frozenset(marks.made) if marks else frozenset(),
        len(answer.transcript.words),
        answer.duration if answer.transcript.timed else None,
        delivery.words_per_minute if delivery else None,
        delivery.fillers_per_minute if delivery else None,
        {name: time / total for name, time in seconds.items() if name is not None and total},
        pauses=len(delivery.pauses) if delivery else None,
        versions=section_versions(answer.settings),
        avoided=frozenset(mark.mistake_id for mark in marks.mistakes if mark.state is MistakeState.AVOIDED)
        if marks
        else frozenset(),
    )


def sample_side(guide: Guide, scenario: Scenario) -> Side:
    """A scenario's sample answer: what it serves is covered, and it makes no mistakes."""
    words: dict[str | None, int] = {}
    for sentence in scenario.sample:
        words[sentence.section] = words.get(sentence.section, 0) + len(sentence.text.split())
    total = sum(words.values())
    return Side(
        {
            section.id: SectionState.COVERED if section.id in words else SectionState.MISSING
            for section in guide.sections
        },
        frozenset(),
        total,
        None,
        None,
        None,
        {name: count / total for name, count in words.items() if name is not None and total},
        tuple(Passage(sentence.text, sentence.section) for sentence in scenario.sample),
        avoided=frozenset(mistake.id for mistake in guide.mistakes),
    )


class Change(Enum):
    """How a section fares on the right against the left."""

    GAINED = "gained"
    LOST = "lost"
    SAME = "same"


@dataclass(frozen=True)
class SectionChange:
    """One section on both sides; None where a side wasn't judged on it."""

    section_id: str
    left: SectionState | None
    right: SectionState | None
    left_share: float | None
    """Share (0..1) of the time; None where the side has no times."""
    right_share: float | None

    @property
    def change(self) -> Change:
        """Gained or lost: covered on one side alone. A side that wasn't judged, or heard, changes nothing."""
        if not {self.left, self.right}.isdisjoint({None, SectionState.UNCLEAR}):
            return Change.SAME
        covered = (self.left is SectionState.COVERED, self.right is SectionState.COVERED)
        return {(False, True): Change.GAINED, (True, False): Change.LOST}.get(covered, Change.SAME)


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two answers."""

    left: Side
    right: Side
    sections: tuple[SectionChange, ...]
    """In the guide's order."""
    mistakes_came: tuple[str, ...]
    """Ids of mistakes made on the right and avoided on the left, in the guide's order."""
    mistakes_went: tuple[str, ...]
    """Ids of mistakes made on the left and avoided on the right."""
    mistakes_stayed: tuple[str, ...]
    mistakes_unsure: tuple[str, ...] = ()
    """Ids of mistakes made on one side and not judged on the other: neither gone nor new."""
    mistakes_judged: bool = True
    """Some mistake was judged on both sides, or the guide has none."""
    changed: tuple[str, ...] = ()
    """Ids of sections whose text in the guide was another for the left than for the right."""
    gone: tuple[str, ...] = ()
    """Ids of sections that a side was marked on and that the guide has no more."""

    @property
    def gained(self) -> tuple[str, ...]:
        """Ids of sections covered on the right alone."""
        return tuple(one.section_id for one in self.sections if one.change is Change.GAINED)

    @property
    def lost(self) -> tuple[str, ...]:
        """Ids of sections covered on the left alone."""
        return tuple(one.section_id for one in self.sections if one.change is Change.LOST)


def compare(left: Side, right: Side, guide: Guide) -> Comparison:
    """The right against the left; put the earlier answer, or the sample, on the left."""
    mistakes = [mistake.id for mistake in guide.mistakes]
    # One that wasn't judged on a side can't have gone there, nor have come since.
    on_both = [one for one in mistakes if all(one in side.mistakes | side.avoided for side in (left, right))]
    return Comparison(
        left,
        right,
        tuple(
            SectionChange(
                section.id,
                left.sections.get(section.id),
                right.sections.get(section.id),
                left.shares.get(section.id, 0.0) if left.shares else None,
                right.shares.get(section.id, 0.0) if right.shares else None,
            )
            for section in guide.sections
        ),
        tuple(one for one in on_both if one in right.mistakes - left.mistakes),
        tuple(one for one in on_both if one in left.mistakes - right.mistakes),
        tuple(one for one in on_both if one in left.mistakes & right.mistakes),
        tuple(one for one in mistakes if one not in on_both and one in left.mistakes | right.mistakes),
        bool(on_both) or not mistakes,
        changed=tuple(
            section.id
            for section in guide.sections
            if left.versions and right.versions and left.versions.get(section.id) != right.versions.get(section.id)
        ),
        gone=tuple(sorted({*left.sections, *right.sections} - {section.id for section in guide.sections})),
    )


def edited_lines(comparison: Comparison, guide: Guide) -> tuple[str, ...]:
    """What an edit of the guide between the two answers means for the comparison, a sentence each."""
    lines = []
    if comparison.changed:
        titles = ", ".join(guide.section(section_id).title for section_id in comparison.changed)
        lines.append(f"Changed in the guide between the two: {titles}. Their marks were made by different examples.")
    if comparison.gone:
        lines.append(f"No longer in the guide: {', '.join(comparison.gone)}.")
    return tuple(lines)
