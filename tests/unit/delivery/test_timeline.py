from rehearse.delivery.fillers import find_fillers
from rehearse.delivery.timeline import REACH, find_hesitations, make_timeline, word_labels
from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.delivery import Filler, Hesitation, Stretch
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Quote, Transcript, Utterance, Word


def utterance(text: str, start: float) -> Utterance:
    """A word a second."""
    words = text.split()
    return Utterance(tuple(Word(w, start + i, start + i + 0.9) for i, w in enumerate(words)), start, start + len(words))


def mark(transcript: Transcript, section: str, *ranges: tuple[int, int], state: str = "covered") -> SectionMark:
    return SectionMark(section, SectionState(state), tuple(transcript.quote(a, b) for a, b in ranges))


def marks(*sections: SectionMark) -> Coverage:
    return Coverage(sections, ())


def letters(labels: list[str | None]) -> str:
    return "".join((label or "-")[0] for label in labels)


def test_a_sentence_goes_as_a_whole_to_its_evidence() -> None:
    told = Transcript((utterance("So we built a score. Then we shipped it daily.", 0),))
    coverage = marks(mark(told, "context", (2, 5)), mark(told, "deployment", (7, 10)))
    assert letters(word_labels(told, coverage)) == "cccccddddd"


def test_a_sentence_with_evidence_of_two_is_cut_between_them() -> None:
    told = Transcript((utterance("the goal was clear and so then we put it live", 0),))
    coverage = marks(mark(told, "context", (0, 4)), mark(told, "deployment", (8, 11)))
    assert letters(word_labels(told, coverage)) == "ccccccddddd"


def test_a_sentence_without_evidence_goes_to_the_nearest_and_stays_with_the_earlier() -> None:
    told = Transcript((utterance("aa. bb. cc. dd. ee.", 0),))
    coverage = marks(mark(told, "context", (0, 1)), mark(told, "monitoring", (4, 5)))
    assert letters(word_labels(told, coverage)) == "cccmm"


def test_the_shortest_evidence_wins_where_two_overlap() -> None:
    told = Transcript((utterance("we tuned it and we watch it every day", 0),))
    coverage = marks(mark(told, "deployment", (0, 9)), mark(told, "monitoring", (4, 7)))
    assert letters(word_labels(told, coverage)) == "ddddmmmdd"


def test_the_same_words_of_two_go_to_the_one_that_has_no_others() -> None:
    told = Transcript((utterance("we tuned it and we watch it every day", 0),))
    coverage = marks(
        mark(told, "deployment", (3, 9), (0, 3)), mark(told, "monitoring", (3, 9)), mark(told, "context", (0, 2))
    )
    assert letters(word_labels(told, coverage)) == "ccdmmmmmm"


def test_the_same_words_of_two_that_have_no_others_are_shared_out() -> None:
    told = Transcript((utterance("we tuned it and we watch it every day now", 0),))
    coverage = marks(mark(told, "development", (0, 10)), mark(told, "monitoring", (0, 10)))
    assert letters(word_labels(told, coverage)) == "dddddmmmmm"


def test_the_same_words_of_two_that_have_others_go_to_the_first() -> None:
    told = Transcript((utterance("we tuned it. and we watch it. every day now.", 0),))
    coverage = marks(mark(told, "development", (3, 7), (0, 3)), mark(told, "monitoring", (3, 7), (7, 10)))
    assert letters(word_labels(told, coverage)) == "dddddddmmm"


def test_far_from_all_evidence_is_no_section_and_unheard_or_missing_ones_do_not_count() -> None:
    told = Transcript((utterance("one. " + "word " * (REACH + 1) + "stop. end.", 0),))
    assert word_labels(told, marks(mark(told, "context", (0, 1))))[-1] is None
    assert set(word_labels(told, marks(mark(told, "context", (0, 1), state="unclear")))) == {None}
    assert set(word_labels(told, None)) == {None}


def test_evidence_outside_the_transcript_is_passed_over() -> None:
    told = Transcript((utterance("a b", 0),))
    assert word_labels(told, marks(SectionMark("x", SectionState.COVERED, (Quote("?", 0, 1, 5, 9),)))) == [None, None]


def test_labels_of_the_engine_come_before_evidence() -> None:
    told = Transcript((utterance("a b c d", 0),))
    coverage = marks(mark(told, "context", (0, 4)))
    assert word_labels(told, coverage, [(1, 3, "monitoring")]) == [None, "monitoring", "monitoring", None]


def test_stretches_leave_pauses_out_and_begin_with_the_voice() -> None:
    # The recogniser dates "then" five seconds early, as it does after a silence.
    late = Utterance((Word("then", 5.0, 10.3), Word("shipped", 11.0, 11.9)), 10.0, 12.0)
    told = Transcript((utterance("a b c d", 0.5), late))
    speech = (SpeechSpan(0.5, 2.5), SpeechSpan(3.0, 4.5), SpeechSpan(10.0, 12.0))
    timeline = make_timeline(told, speech, ["context", "context", None, None, "deployment", "deployment"])
    assert timeline == (
        Stretch("context", 0.5, 2.5),
        Stretch(None, 2.5, 4.5),
        Stretch("deployment", 10.0, 12.0),
    )


def test_a_timeline_without_words_or_speech() -> None:
    assert make_timeline(Transcript(), (SpeechSpan(1, 2),), []) == (Stretch(None, 1, 2),)
    assert make_timeline(Transcript(), (), []) == ()


def test_hesitations_say_what_came_before_each_section() -> None:
    late = Utterance((Word("um", 5.0, 10.3), Word("we", 10.6, 10.8), Word("monitor", 11.0, 11.9)), 10.0, 12.0)
    told = Transcript((utterance("a b c d", 2.0), late))
    speech = (SpeechSpan(2.0, 6.0), SpeechSpan(10.0, 12.0))
    coverage = marks(mark(told, "monitoring", (5, 7)), mark(told, "context", (2, 3), (0, 2)))
    fillers = (Filler("um", 10.0, 4, 5),)
    context, monitoring = find_hesitations(told, speech, coverage, fillers)
    assert context == Hesitation("context", 2.0, 0.0, 0)
    assert (monitoring.section_id, monitoring.at, monitoring.fillers) == ("monitoring", 10.6, 1)
    assert round(monitoring.pause, 6) == 4.0


def test_fillers_at_the_beginning_of_the_evidence_are_hesitation_and_not_the_section() -> None:
    hums = Utterance((Word("Um.", 10.0, 10.3), Word("Uh.", 10.5, 10.8), Word("Er.", 11.0, 11.3)), 10.0, 11.5)
    late = Utterance((Word("Monitoring", 12.0, 15.9), Word("is", 16.0, 16.2), Word("done", 16.2, 16.5)), 15.3, 17.0)
    told = Transcript((hums, late))
    speech = (SpeechSpan(2.0, 8.0), SpeechSpan(10.0, 11.5), SpeechSpan(15.3, 17.0))
    (monitoring,) = find_hesitations(told, speech, marks(mark(told, "monitoring", (0, 6))), find_fillers(told))
    assert (monitoring.at, monitoring.fillers) == (15.3, 2)  # the first "um" lies more than five seconds back
    assert round(monitoring.pause, 6) == 3.8


def test_evidence_that_is_nothing_but_fillers_begins_with_them() -> None:
    told = Transcript((utterance("um uh", 3.0),))
    (found,) = find_hesitations(told, (), marks(mark(told, "context", (0, 2))), find_fillers(told))
    assert (found.at, found.fillers) == (3.0, 0)


def test_a_section_whose_first_word_is_dated_across_the_silence_begins_behind_it() -> None:
    one = Utterance((Word("Um.", 2.0, 2.4), Word("Monitoring", 2.4, 7.9), Word("is", 8.0, 8.2)), 2.0, 9.0)
    speech = (SpeechSpan(2.0, 2.5), SpeechSpan(7.3, 9.0))
    told = Transcript((one,))
    (monitoring,) = find_hesitations(told, speech, marks(mark(told, "monitoring", (0, 3))), find_fillers(told))
    assert monitoring.at == 7.3
    assert round(monitoring.pause, 6) == 4.8
