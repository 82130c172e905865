from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.delivery import measure
from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word


def test_a_minute_of_known_speech() -> None:
    """120 words in 60 s from 3 s on, with a pause of 4 s and three fillers."""
    early = tuple(Word("um," if i in (10, 20) else f"a{i}", 3 + i * 0.5, 3.4 + i * 0.5) for i in range(60))
    late = tuple(Word("uh" if i == 0 else f"b{i}", 37 + i * 0.4, 37.3 + i * 0.4) for i in range(60))
    told = Transcript((Utterance(early, 3, 33), Utterance(late, 37, 63)), duration=65, model="tiny.en")
    speech = (SpeechSpan(3, 20), SpeechSpan(20.4, 33), SpeechSpan(37, 63))
    coverage = Coverage((SectionMark("context", SectionState.COVERED, (told.quote(0, 5),)),), ())
    figures = measure(told, speech, coverage)
    assert figures.words_per_minute == pytest.approx(120)
    assert figures.fillers_per_minute == pytest.approx(3)
    assert [round(f.start, 2) for f in figures.fillers] == [8.0, 13.0, 37.0]
    assert [(p.start, p.end) for p in figures.pauses] == [(33, 37)]
    assert figures.time_to_first_word == 3
    assert figures.longest_run == 30
    assert figures.repetitions == ()
    assert [h.section_id for h in figures.hesitations] == ["context"]


def test_excused_words_leave_the_rate() -> None:
    told = Transcript((Utterance((Word("Um", 0, 1), Word("yes", 1, 2)), 0, 60),))
    assert measure(told, (SpeechSpan(0, 60),), None).fillers_per_minute == 1
    assert measure(told, (SpeechSpan(0, 60),), None, excused=[0]).fillers_per_minute == 0


def test_what_was_spoken_in_another_language_has_no_words_and_no_pace() -> None:
    """60 words in 30 s, around 40 s of German; and a last remark in German, after a pause."""
    early = tuple(Word("um" if i == 1 else f"a{i}", i * 0.5, i * 0.5 + 0.4) for i in range(40))
    late = tuple(Word(f"b{i}", 60 + i * 0.5, 60.4 + i * 0.5) for i in range(20))
    told = Transcript(
        (
            Utterance(early, 0, 20),
            Utterance((), 20, 35, "de"),
            Utterance((), 38, 60, "de"),
            Utterance(late, 60, 70),
            Utterance((), 78, 90, "de"),
        ),
        duration=90,
    )
    speech = (SpeechSpan(0, 35), SpeechSpan(38, 70), SpeechSpan(78, 90))
    figures = measure(told, speech, None)
    assert figures.words_per_minute == pytest.approx(120)
    assert figures.fillers_per_minute == pytest.approx(2)
    assert measure(told, (), None).words_per_minute == pytest.approx(120), "without voice activity too"
    german = Transcript((Utterance((), 0, 20, "de"),), duration=20)
    assert measure(german, (SpeechSpan(0, 20),), None).words_per_minute == 0


def test_without_voice_activity_the_utterances_stand_in() -> None:
    told = Transcript((Utterance((Word("a", 0, 1),), 0, 10), Utterance((Word("b", 15, 16),), 15, 30)))
    figures = measure(told, (), None)
    assert figures.words_per_minute == 4
    assert [(p.start, p.end) for p in figures.pauses] == [(10, 15)]


def test_silence_has_figures_and_a_typed_answer_has_none() -> None:
    assert measure(Transcript(), (), None).words_per_minute == 0
    with pytest.raises(ValueError, match="typed"):
        measure(Transcript.typed("a b c"), (), None)


times = st.floats(0, 60).map(lambda value: round(value, 2))
words = st.builds(Word, st.sampled_from(["um", "like,", "the", "the.", "you", "know", "—", "I", "mean"]), times, times)


@given(
    st.lists(st.tuples(st.lists(words, max_size=8), times, times), max_size=5),
    st.lists(st.tuples(times, times), max_size=6),
)
def test_the_timeline_never_overlaps_nor_leaves_the_speech(
    utterances: list[tuple[list[Word], float, float]], speech: list[tuple[float, float]]
) -> None:
    told = Transcript(tuple(Utterance(tuple(w), a, b) for w, a, b in sorted(utterances, key=lambda u: u[1])))
    count = len(told.words)
    evidence = (told.quote(0, 1),) if count else ()
    coverage = Coverage((SectionMark("x", SectionState.COVERED, evidence),), ())
    figures = measure(told, [SpeechSpan(*span) for span in speech], coverage)
    timeline = figures.timeline
    assert all(stretch.start < stretch.end for stretch in timeline)
    assert all(one.end <= other.start for one, other in pairwise(timeline))
