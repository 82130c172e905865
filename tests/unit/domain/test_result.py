import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import Correction, Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.delivery import Delivery, Filler, Pause
from rehearse.domain.result import read_result, result_json
from rehearse.domain.transcript import Transcript, Utterance, Word
from tests.unit.history.support import answers

TOLD = Transcript(
    (
        Utterance((Word("So", 0.1, 0.3, 0.9312), Word("um,", 1.2, 1.4, 0.5)), 0, 2),
        Utterance((Word("Docker", 3, 3.5),), 3, 4),
    ),
    duration=61.8,
    model="tiny.en",
)
ANSWER = Answer(
    "d001",
    "model-deployment",
    "beginner",
    "q",
    datetime(2026, 1, 1, tzinfo=UTC),
    Source.FILE,
    Mode.COACHED,
    transcript=TOLD,
    coverage=Coverage(
        (
            SectionMark("context", SectionState.THIN, (TOLD.quote(0, 1),)),
            SectionMark("iteration", SectionState.MISSING),
        ),
        (
            MistakeMark("generic", MistakeState.OPEN),
            MistakeMark("vague", MistakeState.MADE, "Why.", (TOLD.quote(2, 3),)),
        ),
    ),
    delivery=Delivery(147.6, (Filler("um", 1.2, 1, 2),), 1, (Pause(9.1, 11.4),), 0.1, 9, (), (), ()),
    corrections=(Correction("context", "covered"),),
)


def test_a_result_has_the_fixed_shape() -> None:
    assert result_json(ANSWER) == {
        "id": "d001",
        "guide": "model-deployment",
        "scenario": "beginner",
        "transcript": {
            "text": "So um, Docker",
            "duration": 61.8,
            "model": "tiny.en",
            "words": [
                {"text": "So", "start": 0.1, "end": 0.3, "probability": 0.931},
                {"text": "um,", "start": 1.2, "end": 1.4, "probability": 0.5},
                {"text": "Docker", "start": 3, "end": 3.5, "probability": 1.0},
            ],
        },
        "sections": [
            {"id": "context", "state": "covered", "evidence": [{"text": "So", "start": 0.1, "end": 0.3}]},
            {"id": "iteration", "state": "missing", "evidence": []},
        ],
        "mistakes": [
            {"id": "generic", "made": False, "reason": "", "evidence": []},
            {"id": "vague", "made": True, "reason": "Why.", "evidence": [{"text": "Docker", "start": 3, "end": 3.5}]},
        ],
        "delivery": {
            "words_per_minute": 148,
            "fillers": [{"text": "um", "start": 1.2}],
            "pauses": [{"start": 9.1, "end": 11.4}],
        },
    }


def test_text_answers_have_null_for_times_and_delivery() -> None:
    typed = Transcript.typed("We ship it")
    result = result_json(
        replace(
            ANSWER,
            transcript=typed,
            coverage=Coverage((SectionMark("context", SectionState.COVERED, (typed.quote(0, 2),)),), ()),
        )
    )
    assert result["delivery"] is None
    assert result["transcript"]["duration"] is None
    assert result["transcript"]["words"][0] == {"text": "We", "start": None, "end": None, "probability": 1.0}
    assert result["sections"][0]["evidence"] == [{"text": "We ship", "start": None, "end": None}]


def test_a_script_can_tell_what_was_not_judged_from_what_was_avoided() -> None:
    open_mistake = MistakeMark("generic", MistakeState.OPEN)
    result = result_json(replace(ANSWER, coverage=Coverage((), (open_mistake,), judged=False)))
    assert result["mistakes"] == [
        {"id": "generic", "made": False, "reason": "Too little was said to judge.", "evidence": []}
    ]
    german = Transcript.typed("Wir haben das Modell in einen Container gepackt, und es läuft jede Nacht. " * 2)
    result = result_json(replace(ANSWER, transcript=german, coverage=Coverage((), (open_mistake,), judged=False)))
    assert [mistake["reason"] for mistake in result["mistakes"]] == ["It doesn't read like English."]


@given(answers)
def test_a_result_read_back_makes_the_same_result(answer: Answer) -> None:
    result = result_json(answer)
    assert result_json(read_result(json.loads(json.dumps(result)))) == result


def test_evidence_and_fillers_find_their_words_again() -> None:
    again = read_result(result_json(ANSWER))
    assert again.coverage is not None
    (quote,) = again.coverage.mistake("vague").evidence
    assert (quote.first_word, quote.end_word) == (2, 3)
    assert again.delivery is not None
    assert again.delivery.fillers == (Filler("um", 1.2, 1, 2),)
    assert read_result({"date": "2026-01-01T00:00:00+00:00", **result_json(ANSWER)}).created_at == ANSWER.created_at


@pytest.mark.parametrize("broken", [{}, {"transcript": 3}, {"id": "x", "transcript": {"duration": 1, "words": [{}]}}])
def test_what_is_no_result_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a result"):
        read_result(broken)
