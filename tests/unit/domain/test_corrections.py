from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.corrections import implied_corrections, same_quote, same_words, sentence_around, turned_around
from rehearse.domain.coverage import Correction, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.transcript import Transcript, Utterance, Word
from tests.fakes import KeywordAssessor, small_guide

GUIDE = small_guide()
SAID = Transcript.typed("So the goal was fewer wrong orders and then the steps were really very simple.")
ANSWER = Answer(
    "a",
    GUIDE.id,
    "first",
    "?",
    datetime(2026, 1, 1, tzinfo=UTC),
    Source.TYPED,
    Mode.COACHED,
    transcript=SAID,
    coverage=KeywordAssessor(GUIDE).assess(SAID, GUIDE.scenarios[0], final=True),
)


def test_a_section_that_came_up_takes_its_mistake_with_it() -> None:
    assert implied_corrections(GUIDE, ANSWER, Correction("lesson", "covered")) == (Correction("no-lesson", "avoided"),)


def test_a_section_that_did_not_come_up_brings_its_mistake() -> None:
    there = replace(ANSWER, corrections=(Correction("lesson", "covered"),))
    assert implied_corrections(GUIDE, there, Correction("lesson", "missing")) == (Correction("no-lesson", "made"),)


def test_other_sections_and_mistakes_imply_nothing() -> None:
    assert implied_corrections(GUIDE, ANSWER, Correction("goal", "missing")) == ()
    assert implied_corrections(GUIDE, ANSWER, Correction("vague", "made")) == ()


SENTENCES = Transcript.typed("We shipped it. I look at the board every day. It was hard.")


def test_a_covered_section_turns_missing() -> None:
    mark = SectionMark("steps", SectionState.COVERED, (SENTENCES.quote(0, 3),))
    assert turned_around(mark, SENTENCES, 5) == Correction("steps", "missing")


def test_a_missing_section_turns_covered_with_the_sentence_pointed_at() -> None:
    correction = turned_around(SectionMark("steps", SectionState.MISSING), SENTENCES, 5)
    assert correction.state == "covered"
    assert correction.quote is not None
    assert correction.quote.text == "I look at the board every day."


def test_a_thin_section_keeps_its_own_words_unless_others_are_pointed_at() -> None:
    mark = SectionMark("steps", SectionState.THIN, (SENTENCES.quote(0, 3),))
    assert turned_around(mark, SENTENCES) == Correction("steps", "covered")
    assert turned_around(mark, SENTENCES, 5) == Correction("steps", "covered", SENTENCES.quote(3, 10))


def test_words_that_were_pointed_at_once_come_back_with_the_tick() -> None:
    earlier = (
        Correction("steps", "covered", SENTENCES.quote(3, 10)),
        Correction("goal", "covered", SENTENCES.quote(0, 3)),
        Correction("steps", "missing"),
    )
    mark = SectionMark("steps", SectionState.MISSING)
    assert turned_around(mark, SENTENCES, None, earlier) == Correction("steps", "covered", SENTENCES.quote(3, 10))
    assert turned_around(mark, SENTENCES, 0, earlier).quote == SENTENCES.quote(0, 3)


@pytest.mark.parametrize(("state", "turned"), [(MistakeState.MADE, "avoided"), (MistakeState.AVOIDED, "made")])
def test_a_mistake_turns_around(state: MistakeState, turned: str) -> None:
    assert turned_around(MistakeMark("vague", state), SENTENCES) == Correction("vague", turned)


@given(st.lists(st.sampled_from(["we", "ran.", "it", "why?"]), min_size=1, max_size=60), st.data())
def test_the_sentence_around_a_word_holds_it(words: list[str], data: st.DataObject) -> None:
    transcript = Transcript.typed(" ".join(words))
    word = data.draw(st.integers(0, len(words) - 1))
    first, end = sentence_around(transcript, word)
    assert 0 <= first <= word < end <= len(words)
    assert not any(text[-1] in ".?" for text in words[first : end - 1])


def heard(*words: tuple[str, float]) -> Transcript:
    return Transcript((Utterance(tuple(Word(text, start, start + 0.3) for text, start in words), 0, 9),), duration=9)


def test_words_are_found_again_where_they_were_heard_better() -> None:
    before = heard(("like", 0.1), ("it", 0.5), ("was,", 1.0), ("like,", 1.4), ("good", 2.0), ("um", 2.5))
    now = heard(("And", 0.0), ("like", 0.2), ("it", 0.5), ("was", 0.9), ("Like", 1.6), ("good.", 2.1))
    assert same_words([0], before, now) == (1,)
    assert same_words([3, 0], before, now) == (1, 4)
    assert same_words([5], before, now) == ()
    assert same_words([5, 1], before, before) == (5, 1)
    assert same_words([6, 0, -1], before, now) == (1,), "there is no word 6"
    assert same_words([6, 5, -1], before, before) == (5,)


def test_the_same_word_long_after_is_another_one() -> None:
    assert same_words([0], heard(("like", 1.0)), heard(("like", 2.5))) == ()


def test_words_that_were_quoted_are_quoted_as_they_were_heard_better() -> None:
    before = heard(("um", 0.2), ("we", 0.5), ("ran", 1.0), ("it", 1.4), ("well", 2.0))
    now = heard(("So", 0.0), ("um,", 0.2), ("We", 0.5), ("ran", 1.0), ("all", 1.2), ("it.", 1.5), ("Bell", 2.0))
    assert same_quote(before.quote(1, 4), before, now) == now.quote(2, 6)
    assert same_quote(before.quote(2, 3), before, now) == now.quote(3, 4)
    assert same_quote(before.quote(1, 5), before, now) is None, "its end isn't there any more"
    assert same_quote(before.quote(4, 5), before, now) is None
    assert same_quote(before.quote(1, 5), before, before) == before.quote(1, 5)


def test_a_quote_whose_end_is_heard_before_its_beginning_is_none() -> None:
    before, now = heard(("ran", 1.0), ("it", 1.4)), heard(("it", 1.0), ("ran", 1.4))
    assert same_quote(before.quote(0, 2), before, now) is None
