"""What the user says of a word or a mark stays with its words, also where the answer is heard better just then."""

from dataclasses import replace
from pathlib import Path

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.history.answers import AnswerStore
from rehearse.services.corrections import correct, excuse
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.unit.history.support import NOW, marks

GUIDE = small_guide()
SPEECH = (SpeechSpan(0, 4),)
BETTER = "So um it ran, you know, well"


def heard(text: str, start: float = 0.0) -> Transcript:
    """A word every half second."""
    words = tuple(Word(one, start + i / 2, start + i / 2 + 0.4) for i, one in enumerate(text.split()))
    return Transcript((Utterance(words, start, 4),), duration=4)


def kept_answer(store: AnswerStore) -> Answer:
    begun = begun_answer(
        store,
        guide_id="small",
        scenario_id="first",
        question="?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=NOW,
    )
    said = heard("um it ran, you know, well", start=0.5)
    spoken = replace(
        begun,
        status=AnswerStatus.FINISHED,
        transcript=said,
        speech=SPEECH,
        coverage=marks("goal", "lesson", made="no-lesson"),
    )
    return store.complete(replace(spoken, delivery=measure(said, SPEECH, spoken.coverage)))


def test_words_that_were_heard_better_meanwhile_are_excused_where_they_stand_now(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings").database as database:
        store = AnswerStore(database, tmp_path / "recordings")
        shown = kept_answer(store)
        said, covered = heard(BETTER), marks("goal")
        assert store.refine(shown, said, covered, measure(said, SPEECH, covered)) is not None
        excused = excuse(store, shown, (3,))
        assert [said.words[index].text for index in excused.excused] == ["you"]
        assert excused.delivery == measure(said, SPEECH, covered, excused=(4,))
        assert [one.text for one in excused.delivery.fillers] == ["um"]
        assert store.get(shown.id) == excused


def test_words_that_were_heard_better_meanwhile_are_quoted_where_they_stand_now(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings").database as database:
        store = AnswerStore(database, tmp_path / "recordings")
        shown = kept_answer(store)
        said, covered = heard(BETTER), marks("goal", "lesson", made="no-lesson")
        assert store.refine(shown, said, covered, measure(said, SPEECH, covered)) is not None
        corrected = correct(store, GUIDE, shown, Correction("lesson", "covered", shown.transcript.quote(1, 5)))
        assert [one.quote for one in corrected.corrections] == [None, said.quote(2, 6)]
        assert corrected.marks is not None
        assert (corrected.marks.covered, corrected.marks.made) == (("goal", "lesson"), ())
        assert store.get(shown.id) == corrected


def test_words_that_were_not_there_when_it_was_heard_better_are_not_quoted(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings").database as database:
        store = AnswerStore(database, tmp_path / "recordings")
        shown = kept_answer(store)
        said, covered = heard("So um it"), marks("goal", "lesson")
        assert store.refine(shown, said, covered, measure(said, SPEECH, covered)) is not None
        corrected = correct(store, GUIDE, shown, Correction("lesson", "covered", shown.transcript.quote(1, 5)))
        (stored,) = corrected.corrections
        assert (stored.mark_id, stored.state, stored.quote) == ("lesson", "covered", None)
        assert stored.given is not None


def test_what_a_correction_brings_with_it_is_of_the_marks_that_are_kept(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings").database as database:
        store = AnswerStore(database, tmp_path / "recordings")
        shown = kept_answer(store)
        said, covered = heard(BETTER), marks("goal", "lesson")
        assert store.refine(shown, said, covered, measure(said, SPEECH, covered)) is not None
        corrected = correct(store, GUIDE, shown, Correction("lesson", "covered"))
        assert [one.mark_id for one in corrected.corrections] == ["lesson"], "no mistake is judged there any more"
