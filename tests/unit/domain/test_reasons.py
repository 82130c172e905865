"""Every mark says why it stands as it does, and what would be ticked."""

import pytest

from rehearse.domain.coverage import BLOCKED, ELSEWHERE, NOTHING, Match, SectionMark, SectionState
from rehearse.domain.reasons import reason
from rehearse.domain.transcript import Quote

BELONGS = "Drift, alerts, retraining."
WORDS = Quote("we don't track it,", None, None, 4, 8)
EXAMPLE = Match("example", "Every night a job compares the scores.", 0.4)


def mark(
    state: SectionState, *why: Match, nearest: Quote | None = None, evidence: tuple[Quote, ...] = ()
) -> SectionMark:
    return SectionMark("monitoring", state, evidence, 0.2, why, nearest=nearest)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (mark(SectionState.MISSING), "It didn't come up: nothing that was said counts for it."),
        (
            mark(SectionState.MISSING, Match(NOTHING, "no words were found that come near it", 1.0)),
            "It didn't come up: no words were found that come near it.",
        ),
        (  # as earlier versions kept it
            mark(SectionState.MISSING, Match(BLOCKED, "it is said to be missing", 1.0), EXAMPLE),
            "It didn't come up: it is said to be missing.",
        ),
        (
            mark(SectionState.MISSING, EXAMPLE, nearest=WORDS),
            "The nearest words were “we don't track it”: they tell too little of it for a tick.",
        ),
        (
            mark(SectionState.MISSING, Match(BLOCKED, "somebody else did it", 1.0), EXAMPLE, nearest=WORDS),
            "The nearest words were “we don't track it”: somebody else did it.",
        ),
        (
            mark(SectionState.MISSING, Match(ELSEWHERE, "Deployment", 1.0), EXAMPLE, nearest=WORDS),
            "The nearest words were “we don't track it”, and they tell more of “Deployment”.",
        ),
        (
            mark(SectionState.THIN, EXAMPLE, evidence=(WORDS,)),
            "Only touched: too little is told of it for a tick.",
        ),
        (
            mark(SectionState.THIN, Match(BLOCKED, "names are listed", 1.0), evidence=(WORDS,)),
            "Only touched: names are listed.",
        ),
    ],
)
def test_what_wasnt_ticked_says_why_and_what_would_be(one: SectionMark, said: str) -> None:
    assert reason(one, BELONGS) == f"{said} What belongs here: {BELONGS}"


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ((WORDS,), "What was said there couldn't be made out: if you told it, c puts your word over the mark."),
        ((), "There was no microphone then: if you told it, c puts your word over the mark."),
    ],
)
def test_what_couldnt_be_heard_says_what_one_can_do(evidence: tuple[Quote, ...], said: str) -> None:
    assert reason(mark(SectionState.UNCLEAR, evidence=evidence), BELONGS) == said


def test_words_that_earned_a_tick_speak_for_themselves() -> None:
    assert reason(mark(SectionState.COVERED, EXAMPLE, evidence=(WORDS,)), BELONGS) == ""
