from hypothesis import given
from hypothesis import strategies as st

from rehearse.delivery.pauses import (
    PAUSE_SECONDS,
    find_pauses,
    longest_run,
    merged,
    runs,
    silence_within,
    time_to_first_word,
)
from rehearse.domain.delivery import Pause
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word

SPEECH = (SpeechSpan(1.5, 4.0), SpeechSpan(4.5, 9.0), SpeechSpan(12.5, 14.0), SpeechSpan(16.0, 17.0))
spans = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 10)).map(lambda pair: SpeechSpan(pair[0], pair[0] + pair[1])), max_size=12
)


def test_only_silences_over_two_seconds_between_speech_are_pauses() -> None:
    assert find_pauses(SPEECH) == (Pause(9.0, 12.5),)  # 0.5 s is breath, 2.0 s isn't over 2 s


def test_the_longest_run_lies_between_pauses() -> None:
    assert longest_run(SPEECH) == 7.5
    assert longest_run(()) == 0


def test_silence_within_counts_gaps_of_any_length_but_not_the_wait_before_the_first_word() -> None:
    assert silence_within(SPEECH, 7.5, 12.5) == 3.5
    assert silence_within(SPEECH, 0.0, 5.0) == 0.5
    assert silence_within((), 0.0, 5.0) == 0


def test_a_cough_is_not_the_first_word_and_word_times_are_not_believed() -> None:
    cough = Utterance((), 0.4, 0.6)
    spoken = Utterance((Word("So", 0.7, 3.2),), 3.0, 4.0)
    speech = (SpeechSpan(0.4, 0.6), SpeechSpan(3.0, 4.0))
    assert time_to_first_word(Transcript((cough, spoken)), speech) == 3.0
    assert time_to_first_word(Transcript((cough,)), speech) == 0.4
    assert time_to_first_word(Transcript((spoken,)), ()) == 3.0
    assert time_to_first_word(Transcript(), ()) == 0


@given(spans)
def test_runs_and_pauses_alternate_and_fill_the_answer(speech: list[SpeechSpan]) -> None:
    voiced, between = runs(speech), find_pauses(speech)
    assert len(between) == max(0, len(voiced) - 1)
    assert all(pause.end - pause.start > PAUSE_SECONDS for pause in between)
    total = sum(run.end - run.start for run in voiced) + sum(pause.end - pause.start for pause in between)
    joined = merged(speech)
    assert not joined or abs(total - (joined[-1].end - joined[0].start)) < 1e-6
