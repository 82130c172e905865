"""A question of an interview with everything that is still kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.combined import CombinedMark, combined
from rehearse.domain.guide import Guide
from rehearse.domain.interview import Interview, Question


@dataclass(frozen=True)
class Asked:
    """One question."""

    number: int
    """From 1."""
    question: Question
    guide: Guide | None
    """None where it is gone or can't be read: sections and mistakes stand by their ids then."""
    answers: Mapping[str, Answer]
    """By id, those of the interview that are kept, in the trash too."""

    @cached_property
    def first(self) -> Answer | None:
        """The answer to the question itself; None where it wasn't given, or was deleted."""
        return self._finished(self.question.answer_id)

    @cached_property
    def later(self) -> tuple[Answer, ...]:
        """What was said when asked further."""
        found = (self._finished(one.answer_id) for one in self.question.further)
        return tuple(answer for answer in found if answer is not None)

    @cached_property
    def marks(self) -> tuple[CombinedMark, ...]:
        """The sections over all of it; nothing where the answer is gone, or too little was said in it."""
        return combined(self.first, self.later) if self.first is not None else ()

    @property
    def title(self) -> str:
        """Of its scenario; the scenario's id where that is gone."""
        titles = {one.id: one.title for one in self.guide.scenarios} if self.guide else {}
        return titles.get(self.question.scenario_id, self.question.scenario_id)

    @property
    def words(self) -> str:
        """The question as it was asked, or as it would be; "" where neither is known."""
        if self.first is not None and self.first.question:
            return self.first.question
        found = {one.id: one.question for one in self.guide.scenarios} if self.guide else {}
        return found.get(self.question.scenario_id, "")

    def section_title(self, section_id: str) -> str:
        """Of a section of its guide; the id where that is gone."""
        titles = {one.id: one.title for one in self.guide.sections} if self.guide else {}
        return titles.get(section_id, section_id)

    def asked_about(self, section_id: str) -> bool:
        """A follow-up question asked about that section, and was answered."""
        return any(one.section_id == section_id and one.answer_id for one in self.question.further)

    def turns(self) -> Iterator[tuple[str, Answer]]:
        """Its kept answers in the order they were given: "1" is the question's, "1a", "1b" the follow-ups'."""
        if self.first is not None:
            yield str(self.number), self.first
        for index, one in enumerate(self.question.further):
            answer = self._finished(one.answer_id)
            if answer is not None:
                yield f"{self.number}{chr(ord('a') + index)}", answer

    def _finished(self, answer_id: str | None) -> Answer | None:
        answer = self.answers.get(answer_id or "")
        return answer if answer is not None and answer.status is AnswerStatus.FINISHED else None


def asked_in(interview: Interview, answers: Mapping[str, Answer], guides: Mapping[str, Guide]) -> tuple[Asked, ...]:
    """Every question of an interview, in order.

    Args:
        interview: as it is kept.
        answers: by id, what is kept of its answers.
        guides: by id, those that can be read.
    """
    return tuple(
        Asked(number, question, guides.get(question.guide_id), answers)
        for number, question in enumerate(interview.questions, 1)
    )
