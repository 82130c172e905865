"""Answers of an interview, made by hand, to the small guide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Coverage, Match, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.delivery import Delivery, Filler, Pause
from rehearse.domain.guide import Guide
from rehearse.domain.interview import AskedFurther, Interview, Question
from rehearse.domain.transcript import Transcript
from rehearse.reports.asked import Asked, asked_in
from rehearse.reports.report import InterviewReport, build_report
from tests.fakes import small_guide
from tests.unit.history.support import spoken

BEGUN = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
GUIDE = small_guide()
OTHER = replace(GUIDE, id="other", title="Another guide")
GUIDES = {GUIDE.id: GUIDE, OTHER.id: OTHER}
SAID = "The goal was fewer wrong orders. Then I packed it in a box, and it ran every night. Nobody told me why."
"""22 words: 0 to 6 serve the goal, 6 to 18 the steps, 18 to 22 the lesson."""
PLACES = {"goal": (0, 6), "steps": (6, 18), "lesson": (18, 22)}


def answer(
    name: str,
    sections: Mapping[str, SectionState],
    *,
    sure: float = 0.9,
    mistakes: tuple[MistakeMark, ...] = (),
    said: Transcript | None = None,
    delivery: Delivery | None = None,
    follow_up: str | None = None,
    guide: Guide = GUIDE,
    judged: bool = True,
) -> Answer:
    """Marked as given; what came up or was touched has the words that serve it."""
    transcript = spoken(SAID) if said is None else said
    marks = tuple(
        SectionMark(
            key,
            state,
            (transcript.quote(*PLACES[key]),) if state in (SectionState.COVERED, SectionState.THIN) else (),
            sure,
            (Match("example", "It ran every night.", 0.8),) if state is SectionState.COVERED else (),
        )
        for key, state in sections.items()
    )
    return Answer(
        id=name,
        guide_id=guide.id,
        scenario_id="first",
        question="And the lesson?" if follow_up else "What did you ship?",
        created_at=BEGUN + timedelta(minutes=1),
        source=Source.MICROPHONE if transcript.timed else Source.TYPED,
        mode=Mode.COACHED,
        status=AnswerStatus.FINISHED,
        transcript=transcript,
        coverage=Coverage(marks, mistakes, 1.0, judged=judged, final=True),
        delivery=delivery,
        follow_up_of=follow_up,
        follow_up_section="lesson" if follow_up else None,
        series_id="s",
        recording=Path(f"{name}.wav") if transcript.timed else None,
    )


C, T, M = SectionState.COVERED, SectionState.THIN, SectionState.MISSING


def all_three(goal: SectionState = C, steps: SectionState = C, lesson: SectionState = C) -> dict[str, SectionState]:
    return {"goal": goal, "steps": steps, "lesson": lesson}


def question(answer_id: str | None, *later: str | None, guide: Guide = GUIDE, skipped: bool = False) -> Question:
    further = tuple(AskedFurther(f"w/{one}", "missing", "lesson", one) for one in later)
    over = skipped or answer_id is not None
    return Question(guide.id, "first", 90, "", answer_id, skipped, further, over)


def interview(*questions: Question) -> Interview:
    return Interview(10, 2, questions, spent=312.0)


def asked(questions: list[Question], answers: list[Answer]) -> tuple[Asked, ...]:
    return asked_in(interview(*questions), {one.id: one for one in answers}, GUIDES)


def report(questions: list[Question], answers: list[Answer], *, ended: bool = True) -> InterviewReport:
    return build_report(
        "20261123T142000000000-9827ca",
        interview(*questions),
        {one.id: one for one in answers},
        GUIDES,
        begun_at=BEGUN,
        ended_at=BEGUN + timedelta(minutes=6) if ended else None,
    )


def vague(quote: tuple[int, int] = (6, 10)) -> MistakeMark:
    return MistakeMark("vague", MistakeState.MADE, "Hardly anything is named.", (spoken(SAID).quote(*quote),))


NO_LESSON = MistakeMark("no-lesson", MistakeState.MADE, "Nothing was said about it.")


def figures(
    *, pace: float = 150.0, fillers: tuple[float, ...] = (), rate: float | None = None, pauses: tuple[Pause, ...] = ()
) -> Delivery:
    """`fillers` are the seconds at which "um" was said, as the word that lies there."""
    made = tuple(Filler("um", at, min(21, int(at / 0.4)), min(22, int(at / 0.4) + 1)) for at in fillers)
    return Delivery(pace, made, len(made) if rate is None else rate, pauses, 0.5, 10.0, (), (), ())
