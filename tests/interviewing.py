"""An interview as it would be kept: three questions, one follow-up, spoken with pauses and fillers, or typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from rehearse.audio.recording import RecordingWriter
from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.interview import Interview
from rehearse.domain.sound import SAMPLE_RATE, SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.services.interview_turns import Turn
from rehearse.services.interviews import Interviews
from rehearse.services.kept_interview import KeptInterview
from rehearse.services.studio import Studio
from tests.fakes import KeywordAssessor, ask_from, mark_by_keyword, small_guide

BEGUN = datetime(2024, 3, 1, 12, tzinfo=UTC)
FIRST = (
    "So the goal was fewer wrong orders in the kitchen, which cost us money every day.",
    "Um, then the steps were, uh, simple, um, I packed it in a box and it ran every night.",
)
LESSON = ("The lesson was that a box needs a label, and that somebody has to read it before it goes out at night.",)
SECOND = (
    "We had some stuff that didn't work very well and so we did some things about it.",
    "And the steps, well, we used a few tools and then it was fine for everybody there.",
)
PAUSE = 6.0
"""Seconds between what is said before and after a pause."""


def interview_guide() -> Guide:
    """The small guide with three scenarios."""
    guide = small_guide()
    first = guide.scenarios[0]
    others = (
        replace(first, id="second", title="Something large", question="And the large thing you shipped?", level=2),
        replace(first, id="third", title="Something that failed", question="What went wrong once?", level=3),
    )
    return replace(guide, scenarios=(first, *others))


def planned(
    interviews: Interviews, guide_ids: Sequence[str] | None, minutes: int, most_follow_ups: int, now: datetime
) -> Interview:
    """An interview as the plan's screen makes it, of the usual guides where none are given."""
    choices = interviews.choices(now)
    made = choices.planned(guide_ids or choices.usual, minutes, most_follow_ups)
    assert made is not None
    return made


def with_interview_guide(studio: Studio) -> Studio:
    """The same studio, asking from that guide."""
    guide = interview_guide()
    ask_from(studio.equipment, guide)
    mark_by_keyword(studio.equipment, guide)
    return studio


def said(parts: Sequence[str], pace: float = 0.4) -> Transcript:
    """An utterance for each part, six seconds of silence between them."""
    transcript, at = Transcript(model="tiny.en"), 0.5
    for part in parts:
        words = part.split()
        made = tuple(Word(one, at + i * pace, at + (i + 0.9) * pace, 0.9) for i, one in enumerate(words))
        end = at + len(words) * pace
        transcript, at = transcript.with_utterance(Utterance(made, at, end)), end + PAUSE
    return transcript.with_duration(transcript.duration + 1.0)


def give(
    studio: Studio,
    turn: Turn,
    parts: Sequence[str],
    *,
    typed: bool = False,
    sound: bool = True,
    vague: tuple[int, int] | None = None,
) -> Answer:
    """Answer a turn; kept as a rehearsal would keep it. `vague` are the words that show that mistake."""
    plan = turn.plan
    assert plan is not None
    guide = interview_guide()
    store = studio.equipment.store
    answer = store.draft(
        guide_id=guide.id,
        scenario_id=plan.scenario.id,
        question=plan.question,
        source=Source.TYPED if typed else Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={"answer_seconds": plan.clock.answer},
        now=turn.kept.begun_at + timedelta(seconds=60 * sum(1 for _ in turn.kept.interview.answer_ids())),
        follow_up_of=plan.follow_up_of,
        follow_up_section=plan.follow_up_section,
        series_id=plan.series_id,
    )
    transcript = Transcript.typed(" ".join(parts)) if typed else said(parts)
    speech = () if typed else tuple(SpeechSpan(one.start, one.end) for one in transcript.utterances)
    coverage = KeywordAssessor(guide).assess(transcript, plan.scenario, final=True)
    if vague:
        coverage = _vague(coverage, transcript, vague)
    coverage = follow_up_marks(coverage, plan.follow_up_section)
    if typed or not sound:
        answer = replace(answer, recording=None)
    if answer.recording is not None:
        hum = np.random.default_rng(5).standard_normal(round(transcript.duration * SAMPLE_RATE)) * 0.05
        with RecordingWriter(answer.recording) as recorder:
            recorder.append(hum.astype(np.float32))
    answer = replace(
        answer,
        status=AnswerStatus.FINISHED,
        transcript=transcript,
        coverage=coverage,
        delivery=None if typed else measure(transcript, speech, coverage),
        speech=speech,
    )
    return store.complete(answer)


def _vague(coverage: Coverage, transcript: Transcript, words: tuple[int, int]) -> Coverage:
    """Steps only touched, and that mistake made."""
    sections = tuple(
        replace(mark, state=SectionState.THIN, confidence=0.4) if mark.section_id == "steps" else mark
        for mark in coverage.sections
    )
    made = MistakeMark("vague", MistakeState.MADE, "Two things are named in it.", (transcript.quote(*words),))
    mistakes = tuple(made if mark.mistake_id == "vague" else mark for mark in coverage.mistakes)
    return replace(coverage, sections=sections, mistakes=mistakes)


def whole_interview(
    studio: Studio, *, typed: bool = False, sound: bool = True, broken_off: bool = False
) -> KeptInterview:
    """Two questions answered, the first asked further; the third skipped, or not asked yet."""
    with_interview_guide(studio)
    interviews = studio.interviews
    plan = planned(interviews, [interview_guide().id], 10, 1, BEGUN)
    kept = interviews.begin(plan, BEGUN)
    for parts, vague in ((FIRST, None), (LESSON, None), (SECOND, (3, 11))):
        turn = interviews.next_turn(kept)
        answer = give(studio, turn, parts, typed=typed, sound=sound, vague=vague)
        kept = interviews.answered(turn, answer, 45.0)
    kept = interviews.skipped(interviews.next_turn(kept), 5.0)  # no further question to the second
    if broken_off:
        return kept
    kept = interviews.skipped(interviews.next_turn(kept), 5.0)
    return interviews.ended(kept, BEGUN + timedelta(minutes=4))
