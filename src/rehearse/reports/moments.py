"""The moments of an interview worth hearing again: the two best and the two weakest, each with the reason.

**Best**: the covered section whose mark is the surest; then the surest of another question, or else of another answer,
of another section where there is one.

**Weakest**, in this order, until there are two: the section left out, or else only touched, that should take the
largest share of an answer; the first mistake that has words to show for it, of another answer where there is one
(that a section was left out is no mistake of its own here); the
longest pause or the densest cluster of fillers, whichever weighs more; further sections, then further mistakes. A
section that was left out has no moment: its place is the question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from rehearse.domain.answer import Answer
from rehearse.domain.combined import CombinedMark
from rehearse.domain.coverage import Match, MistakeMark, MistakeState, SectionState
from rehearse.domain.delivery import Filler, Pause
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.transcript import Quote, Transcript
from rehearse.domain.wording import sureness
from rehearse.reports.asked import Asked

EACH = 2
"""How many of the best, and of the weakest."""
LEAST_PAUSE = 4.0
"""Seconds of silence that are worth pointing at; shorter ones are thought."""
CLUSTER_SECONDS, CLUSTER_FILLERS = 10.0, 3
"""So many fillers within so many seconds make a cluster. A filler weighs as much as a second of silence, as in
`delivery.shares`."""
AROUND = 8
"""Words that are shown before and after a pause."""


class MomentKind(StrEnum):
    """What happens at a moment."""

    COVERED = "covered"
    MISSING = "missing"
    THIN = "thin"
    MISTAKE = "mistake"
    PAUSE = "pause"
    FILLERS = "fillers"


@dataclass(frozen=True)
class Moment:
    """A place in an answer, or a question where something is missing."""

    kind: MomentKind
    number: int
    """Of the question it belongs to, from 1."""
    answer_id: str
    about: str
    """Id of the section or mistake; "" for a pause or fillers."""
    title: str
    """What it is, a few words."""
    why: str
    """Why it is here, in sentences."""
    words: str = ""
    """What was said there; "" where it is about what wasn't."""
    asked: str = ""
    """The question that was being answered."""
    start: float | None = None
    """Seconds of the answer; None where nothing was said, or it was typed."""
    end: float | None = None
    first_word: int | None = None
    """Index into the words of the answer; None where nothing was said."""

    @property
    def good(self) -> bool:
        """One of the best."""
        return self.kind is MomentKind.COVERED

    @property
    def place(self) -> str:
        """Where it is: `question 2, 0:14 to 0:19`."""
        if self.start is None:
            return f"question {self.number}"
        return f"question {self.number}, {clock_text(self.start)} to {clock_text(self.end or self.start)}"

    @property
    def playable(self) -> bool:
        """It has a place in a recording, if that is kept."""
        return self.start is not None


def best_moments(asked: Sequence[Asked]) -> tuple[Moment, ...]:
    """At most two, the surest first."""
    left = sorted(
        ((one, mark) for one in asked for mark in one.marks if mark.state is SectionState.COVERED and _evidence(mark)),
        key=lambda found: -found[1].mark.confidence,
    )
    chosen: list[tuple[Asked, CombinedMark]] = []
    while left and len(chosen) < EACH:
        numbers, answers = {one.number for one, _ in chosen}, {mark.answer_id for _, mark in chosen}
        sections = {(one.question.guide_id, mark.mark.section_id) for one, mark in chosen}
        # `min` takes the first of equals, and they are sorted by how sure they are.
        found = min(
            left,
            key=lambda new: (
                new[0].number in numbers,
                new[1].answer_id in answers,
                (new[0].question.guide_id, new[1].mark.section_id) in sections,
            ),
        )
        left.remove(found)
        chosen.append(found)
    return tuple(_covered(one, mark) for one, mark in chosen)


def weakest_moments(asked: Sequence[Asked]) -> tuple[Moment, ...]:
    """At most two, what weighs most first."""
    sections, mistakes, spoken = list(_weak_sections(asked)), list(_mistakes(asked)), _worst_spoken(asked)
    taken = {section.answer_id for section in sections[:1]}
    mistakes.sort(key=lambda one: one.answer_id in taken)
    ordered = chain(sections[:1], mistakes[:1], [spoken] if spoken else [], sections[1:], mistakes[1:])
    return tuple(moment for _, moment in zip(range(EACH), ordered, strict=False))


# -- what came up, and what didn't ------------------------------------------------------------------------------------


def _covered(one: Asked, mark: CombinedMark) -> Moment:
    title = one.section_title(mark.mark.section_id)
    when = ", when you were asked" if mark.when_asked else ""
    why = f"{title} came up{when}. {_reason(mark)}".rstrip()
    return _said(
        one,
        mark.mark.evidence[0],
        kind=MomentKind.COVERED,
        answer_id=mark.answer_id,
        about=mark.mark.section_id,
        title=title,
        why=why,
    )


def _reason(mark: CombinedMark) -> str:
    if mark.mark.corrected:
        return "That is your own word."
    sure = f"The mark is {sureness(mark.mark.confidence)} sure"
    because = _matched(mark.mark.why[0]) if mark.mark.why else ""
    return f"{sure}: {because}." if because else f"{sure}."


def _matched(match: Match) -> str:
    text = match.text.rstrip(".")
    match match.kind:
        case "example":
            return f"it comes close to “{text}”"
        case "term":
            return f"it names {text}"
        case "cue":
            return f"it says “{text}”"
        case "remembered":
            return "you ticked such words before"
        case _:
            return ""


def _weak_sections(asked: Sequence[Asked]) -> Iterator[Moment]:
    """Left out ones before touched ones, the largest share first."""
    found = [
        (mark.state is SectionState.THIN, -_share(one, mark.mark.section_id), one, mark)
        for one in asked
        for mark in one.marks
        if mark.state is SectionState.MISSING or (mark.state is SectionState.THIN and _evidence(mark))
    ]
    for _, _, one, mark in sorted(found, key=lambda weak: weak[:2]):
        section_id = mark.mark.section_id
        title = one.section_title(section_id)
        advice = f" {one.guide.section(section_id).advice}" if _known(one, section_id) and one.guide else ""
        even = ", not even when you were asked" if one.asked_about(section_id) else ""
        if mark.state is SectionState.MISSING:
            why = f"{title} didn't come up{even}.{advice}"
            yield Moment(
                MomentKind.MISSING, one.number, mark.answer_id, section_id, f"{title} left out", why, asked=one.words
            )
        else:
            why = f"{title} was only touched.{advice}"
            yield _said(
                one,
                mark.mark.evidence[0],
                kind=MomentKind.THIN,
                answer_id=mark.answer_id,
                about=section_id,
                title=f"{title} only touched",
                why=why,
            )


def _known(one: Asked, section_id: str) -> bool:
    return one.guide is not None and any(section.id == section_id for section in one.guide.sections)


def _share(one: Asked, section_id: str) -> float:
    return one.guide.section(section_id).share[1] if one.guide and _known(one, section_id) else 0.0


def _evidence(mark: CombinedMark) -> bool:
    return bool(mark.mark.evidence)


def _mistakes(asked: Sequence[Asked]) -> Iterator[Moment]:
    """Those made that have words to show, in the order of the questions; that a section was left out is told above."""
    for one in asked:
        known = {mistake.id: mistake for mistake in one.guide.mistakes} if one.guide else {}
        for mark in made_mistakes(one):
            mistake = known.get(mark.mistake_id)
            about_absence = mistake is not None and mistake.detector == "section-missing"
            if not mark.evidence or one.first is None or about_absence:
                continue
            yield _said(
                one,
                mark.evidence[0],
                kind=MomentKind.MISTAKE,
                answer_id=one.first.id,
                about=mark.mistake_id,
                title=mistake.title if mistake else mark.mistake_id,
                why=" ".join(filter(None, (mark.reason, mistake.instead if mistake else ""))),
            )


def made_mistakes(one: Asked) -> tuple[MistakeMark, ...]:
    """Of the answer to a question itself: follow-up questions aren't held to them."""
    marks = one.first.marks if one.first is not None else None
    if marks is None or not marks.judged:
        return ()
    return tuple(mark for mark in marks.mistakes if mark.state is MistakeState.MADE)


def _said(one: Asked, quote: Quote, *, kind: MomentKind, answer_id: str, about: str, title: str, why: str) -> Moment:
    question = one.answers[answer_id].question or one.words
    return Moment(
        kind,
        one.number,
        answer_id,
        about,
        title,
        why,
        quote.text,
        question,
        quote.start,
        quote.end,
        quote.first_word if quote.end_word > quote.first_word else None,
    )


# -- how it was spoken ------------------------------------------------------------------------------------------------


def _worst_spoken(asked: Sequence[Asked]) -> Moment | None:
    """The longest pause or the densest cluster of fillers of all answers; None where there is nothing to speak of."""
    found: list[tuple[float, Moment]] = []
    for one in asked:
        for _, answer in one.turns():
            if answer.delivery is None or not answer.transcript.words:
                continue
            found += [
                (pause.end - pause.start, _pause(one, answer, pause))
                for pause in answer.delivery.pauses
                if pause.end - pause.start >= LEAST_PAUSE
            ]
            found += [(float(len(close)), _fillers(one, answer, close)) for close in clusters(answer.delivery.fillers)]
    return max(found, key=lambda worst: worst[0])[1] if found else None


def clusters(fillers: Sequence[Filler]) -> Iterator[Sequence[Filler]]:
    """Fillers close together: from each, those that follow within ten seconds, where they are three or more."""
    for index, filler in enumerate(fillers):
        close = [other for other in fillers[index:] if other.start - filler.start <= CLUSTER_SECONDS]
        if len(close) >= CLUSTER_FILLERS:
            yield close


def _pause(one: Asked, answer: Answer, pause: Pause) -> Moment:
    assert answer.delivery is not None
    middle = (pause.start + pause.end) / 2
    words = answer.transcript.words
    after = next((index for index, word in enumerate(words) if word.end > middle), len(words))
    before = " ".join(word.text for word in words[max(0, after - AROUND) : after])
    behind = " ".join(word.text for word in words[after : after + AROUND])
    entered = [
        one.section_title(entry.section_id)
        for entry in answer.delivery.hesitations
        if pause.end - 1.0 <= entry.at <= pause.end + 3.0
    ]
    length = f"{pause.end - pause.start:.0f} seconds of silence"
    why = f"The longest pause of the interview{f', just before {entered[0]}' if entered else ''}."
    return Moment(
        MomentKind.PAUSE,
        one.number,
        answer.id,
        "",
        length,
        why,
        f"{before} … {behind}".strip(),
        answer.question or one.words,
        pause.start,
        pause.end,
        max(0, after - 1),
    )


def _fillers(one: Asked, answer: Answer, close: Sequence[Filler]) -> Moment:
    first, last = close[0], close[-1]
    transcript: Transcript = answer.transcript
    end = max(first.first_word + 1, min(len(transcript.words), last.end_word))
    seconds = max(1.0, last.start - first.start)
    listed = ", ".join(f"“{filler.text}”" for filler in close)
    return Moment(
        MomentKind.FILLERS,
        one.number,
        answer.id,
        "",
        f"{len(close)} fillers in a row",
        f"Within {seconds:.0f} seconds: {listed}. A short silence says the same, and sounds calmer.",
        " ".join(word.text for word in transcript.words[first.first_word : end]),
        answer.question or one.words,
        first.start,
        transcript.words[end - 1].end if end <= len(transcript.words) else last.start + 1.0,
        first.first_word,
    )
